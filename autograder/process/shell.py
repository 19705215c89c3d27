"""The IPython shell of a student's process: runs a cell, gives back what a notebook would show."""

import contextlib
import functools
import io
import json
import os
import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.checks.raised import text_of

Output = dict[str, Any]


class Outputs:
    """What a cell has shown so far, as nbformat writes it; at the most `most` bytes of JSON, in which it crosses."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.start()

    def start(self) -> None:
        self._list: list[Output] = []
        self._size = 0

    def taken(self) -> list[Output]:
        taken = self._list
        self.start()
        return taken

    def stream(self, name: str, text: str) -> None:
        if not text or self._size >= self._most:
            return
        last = self._list[-1] if self._list else {}
        if last.get("output_type") != "stream" or last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": ""}
            self._size += _bytes(last)
            self._list.append(last)
        last["text"] += self._cut(text)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        lines: list[str] = []
        output = {"output_type": "error", "ename": self._cut(name), "evalue": self._cut(value), "traceback": lines}
        self._list.append(output)
        for line in traceback:
            if self._size >= self._most:
                break
            self._size += _bytes(["", ""]) - _bytes([""])
            lines.append(self._cut(line.rstrip("\n")))

    def data(self, kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any], **more: Any) -> None:
        kept = {mime: content for mime, content in data.items() if isinstance(content, str)}
        output = {"output_type": kind, "data": kept, "metadata": dict(metadata) if _is_json(metadata) else {}, **more}
        size = _bytes(output)
        if self._size + size <= self._most:
            self._size += size
            self._list.append(output)
        else:
            self.stream("stderr", "…")
            self._size = self._most

    def _cut(self, text: str) -> str:
        """The text, cut off where there is no more room."""
        room = max(0, self._most - self._size)
        begin = text[:room]  # no character takes less than a byte
        if begin == text and (taken := _bytes(text) - _bytes("")) <= room:
            self._size += taken
            return text
        self._size = self._most
        fits = range(1, len(begin) + 1)
        return begin[: bisect_right(fits, room, key=lambda length: _bytes(begin[:length]) - _bytes(""))]


def _bytes(value: Any) -> int:
    """How long a value is as JSON, in which a Cyrillic letter is six bytes."""
    return len(json.dumps(value))


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


class _Results(DisplayHook):
    """The value of a cell's last line."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        """The notebook shows the number itself."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        self.outputs.data("execute_result", format_dict, md_dict or {}, execution_count=self.prompt_count)


class _Displays(DisplayPublisher):
    """What a cell displays."""

    outputs: Outputs

    def publish(
        self, data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None, *_more: Any, **_named: Any
    ) -> None:
        self.outputs.data("display_data", data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.start()


class _Stream(io.TextIOBase):
    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def write(self, text: str) -> int:
        self._outputs.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


class _NotebookShell(InteractiveShell):
    displayhook_class = Type(_Results)
    display_pub_class = Type(_Displays)
    outputs: Outputs

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.error(etype.__name__, text_of(evalue), stb)

    def ask_exit(self) -> None:
        """What `exit()` calls; a cell ends by it as by `sys.exit()`."""
        raise SystemExit

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to draw in."""

    def system(self, cmd: str) -> None:
        self.system_piped(cmd)


class Shell:
    """One IPython with its namespace."""

    def __init__(self, output_bytes: int) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # it would keep a thread, and a thread forbids forking
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Plain"
        self._outputs = Outputs(output_bytes)
        self._shell = _NotebookShell.instance(config=config)
        for part in (self._shell, self._shell.displayhook, self._shell.display_pub):
            part.outputs = self._outputs

    def enable_matplotlib(self) -> None:
        """Show figures as a notebook does; who imports Matplotlib later has that by the environment."""
        from matplotlib import pyplot  # which few courses need
        from matplotlib.backends import backend_agg
        from matplotlib.mathtext import MathTextParser

        if remembered := vars(MathTextParser).get("_parse_cached"):
            # A parser remembers the formulas that it has read, and each figure would have two of its own.
            vars(backend_agg)["MathTextParser"] = functools.cache(MathTextParser)
            os.register_at_fork(after_in_child=remembered.cache_clear)  # with their fonts, to be opened anew
        self._shell.enable_matplotlib("inline")
        # Behind what shows figures at a cell's end and closes them, or each is drawn twice.
        pyplot.uninstall_repl_displayhook()
        pyplot.install_repl_displayhook()

    @property
    def namespace(self) -> dict[str, Any]:
        return self._shell.user_ns

    def run(self, source: str) -> list[Output]:
        """Runs a cell as a notebook does, and gives what it shows."""
        self._outputs.start()
        stdout, stderr = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(self._outputs, "stdout"), _Stream(self._outputs, "stderr")
        try:
            self._shell.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = stdout, stderr
        return self._outputs.taken()

    def run_test(self, source: str) -> list[Output]:
        """Runs a cell of the course's whose text is not left in the history, where a later cell would find it."""
        shown = self.run(source)
        with contextlib.suppress(Exception):  # a student may have changed any of it
            history: Any = self._shell.history_manager
            history.input_hist_parsed[-1] = history.input_hist_raw[-1] = history._i00 = ""
            self.namespace[f"_i{self._shell.execution_count - 1}"] = ""
        return shown

    def run_aside(self, sources: Sequence[str]) -> list[list[Output]]:
        """Runs cells that are none of the notebook's: the number of cells and what IPython keeps of them stay."""
        history: Any = self._shell.history_manager
        count, results = self._shell.execution_count, dict(history.output_hist)
        last = {name: getattr(history, name) for name in ("_i", "_ii", "_iii", "_i00")}
        own = {name: value for name, value in self.namespace.items() if str(name).startswith("_")}
        shown = [self.run(each) for each in sources]
        with contextlib.suppress(Exception):  # as above
            del history.input_hist_parsed[count:], history.input_hist_raw[count:]
            for name, value in last.items():
                setattr(history, name, value)
            for name in [name for name in self.namespace if str(name).startswith("_")]:
                del self.namespace[name]
            self.namespace.update(own)
            history.output_hist.clear()
            history.output_hist.update(results)
            self._shell.execution_count = count
        return shown

    def forget(self) -> None:
        """Begin anew, as if no cell had run."""
        history: Any = self._shell.history_manager
        history.input_hist_parsed[1:] = history.input_hist_raw[1:] = []
        history._i00 = history._i = history._ii = history._iii = ""
        self._shell.reset(new_session=False)
        self._shell.execution_count = 1
