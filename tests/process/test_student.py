"""A student's process: what its cells show, what it answers, and what becomes of it when it breaks its limits."""

import itertools
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from IPython.core.pylabtools import print_figure

from autograder.checks import Failure
from autograder.checks.handles import Handle, HandleMisuse
from autograder.checks.inputs import Inputs, Normal
from autograder.checks.losses import Interrupted, Lost
from autograder.checks.subject import Observed, observe_network
from autograder.process.asking import Asking
from autograder.process.limits import Limits
from autograder.process.student import StudentProcess
from autograder.process.warm import FORK, Zygote
from autograder.process.watch import Usage, exceeded

LIMITS = Limits(cpu_seconds=3.0, memory_mb=1000, processes=12, output_bytes=100_000)
HASTY = replace(LIMITS, cpu_seconds=0.4, wall_seconds_per_cpu_second=20.0)  # where cells hang, and do little else


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(LIMITS, modules=("autograder.checks",)) as zygote:
        yield zygote


@pytest.fixture
def student(zygote: Zygote) -> Iterator[StudentProcess]:
    with StudentProcess(zygote, LIMITS, {"data/numbers.txt": b"1 2 3"}) as student:
        yield student


@pytest.fixture
def hasty(zygote: Zygote) -> Iterator[StudentProcess]:
    with StudentProcess(zygote, HASTY) as student:
        yield student


def kinds(shown: list) -> list[str]:
    return [output.output_type for output in shown]


def test_a_cell_shows_what_a_notebook_would(student):
    shown = student.run("import sys\nprint('out'); print('err', file=sys.stderr)\n%time x = 1\n6 * 7")

    assert kinds(shown)[:2] == ["stream", "stream"] and [each.name for each in shown[:2]] == ["stdout", "stderr"]
    assert shown[-1].data == {"text/plain": "42"}


def test_a_plot_is_a_picture(student):
    (shown,) = student.run("import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()")
    assert shown.output_type == "display_data" and shown.data["image/png"].startswith("iVBOR")


def test_a_figure_with_formulas_is_what_matplotlib_draws(student):
    drawing = """
from matplotlib import pyplot
figure, axes = pyplot.subplots()
axes.plot([0.01, 3e4])
axes.set(yscale="log", title=r"$\\frac{x^2}{2}$", xlabel="$x$");
"""
    shown = student.run(drawing)[-1]
    here: dict = {}
    exec(drawing, here)
    drawn = print_figure(here["figure"], base64=True)
    here["pyplot"].close(here["figure"])
    assert shown.data["image/png"] == drawn


def test_a_figure_is_drawn_to_be_shown_and_not_once_more(student):
    student.run(
        "import matplotlib.pyplot as plt\n"
        "from matplotlib.figure import Figure\n"
        "draw, drawn = Figure.draw, []\n"
        "Figure.draw = lambda *figure: drawn.append(draw(*figure))\n"
        "figure, axes = plt.subplots()"
    )
    (shown,) = student.run(
        "from IPython.core.pylabtools import print_figure\n"
        "to_be_shown = len(drawn)\n"
        "print_figure(figure)\n"
        "print(to_be_shown, len(drawn) - to_be_shown)"
    )
    drawn, for_a_picture = shown.text.split()
    assert drawn == for_a_picture != "0"


def test_an_error_names_itself_and_the_notebook_goes_on(student):
    (shown,) = student.run("1 / 0")
    assert (shown.output_type, shown.ename) == ("error", "ZeroDivisionError")
    assert "\n".join(shown.traceback).count("\n") < 10
    assert student.run("print(1)")[0].text == "1\n"


def test_the_files_of_the_submission_lie_where_its_cells_look(student):
    assert student.run("print(open('data/numbers.txt').read())")[0].text == "1 2 3\n"


def test_a_file_that_does_not_fit_is_left_out_and_named(zygote):
    small = replace(LIMITS, file_mb=1)
    with Zygote(small) as zygote, StudentProcess(zygote, small, {"small.txt": b"1", "large.txt": b"2" * 2**21}) as student:
        (shown,) = student.run("import os; print(os.listdir())")
        assert shown.text == "['small.txt']\n" and student.not_laid == ("large.txt",)


def test_nothing_of_one_notebook_reaches_the_next(zygote):
    with StudentProcess(zygote, LIMITS) as first:
        first.run(
            "import builtins, os, torch\nbuiltins.len = None\nopen('left', 'w').close()\nos.environ['LEFT'] = '1'\ntorch.relu = 1"
        )
    with StudentProcess(zygote, LIMITS) as second:
        shown = second.run(
            "import os, torch\nprint(len([1]), os.listdir('.'), os.environ.get('LEFT'), torch.relu != 1)"
        )
    assert shown[0].text == "1 [] None True\n"


def test_plain_data_comes_by_value_and_anything_else_as_a_handle(student):
    student.run("numbers = {'a': (1, 2.5, float('inf'))}\ndef double(n): return 2 * n\nclass Box:\n    size = 3")

    assert Asking(student).look_up("numbers") == {"a": (1, 2.5, float("inf"))}
    double, box = Asking(student).look_up("double"), Asking(student).look_up("Box")
    assert isinstance(double, Handle) and double(21) == 42
    assert isinstance(box(), Handle)
    with pytest.raises(Failure, match="double\\(\\): TypeError"):
        double(None)


def test_an_array_comes_as_an_array_and_goes_as_one(student):
    student.run(
        "import numpy as np\n"
        "table = np.arange(6.0).reshape(2, 3)\n"
        "def doubled(array, times):\n"
        "    assert type(array) is np.ndarray and type(times) is np.int64\n"
        "    array *= times\n"
        "    return {'all': (array, [array.T]), 'sum': array.sum()}"
    )
    asking, given = Asking(student), np.ones((2, 1), "int16")
    np.testing.assert_array_equal(asking.look_up("table"), np.arange(6.0).reshape(2, 3), strict=True)
    found = asking.look_up("doubled")(given, np.int64(2))
    assert type(found["sum"]) is int and given.sum() == 2
    np.testing.assert_array_equal(found["all"][0], np.full((2, 1), 2, "int16"), strict=True)
    np.testing.assert_array_equal(found["all"][1][0], np.full((1, 2), 2, "int16"), strict=True)


@pytest.mark.parametrize("use", [lambda h: h.size, list, len, bool, lambda h: h == h, lambda h: h + 1], ids=range(6))
def test_a_handle_is_for_calling_and_nothing_else(student, use):
    student.run("class Box:\n    size = 3")
    with pytest.raises((HandleMisuse, TypeError)):
        use(Asking(student).look_up("Box"))


LOSSES = {
    "os._exit(0)": "ended",
    "import ctypes; ctypes.string_at(0)": "ended",
    "import mmap\nkept, part = mmap.mmap(-1, 2**31), bytes(2**20)\nfor _ in range(2**11): kept.write(part)": "memory",
    "import gc, socket\nfor each in gc.get_objects():\n    if type(each) is socket.socket: each.close()": "ended",
}


@pytest.mark.parametrize(("cell", "cause"), LOSSES.items(), ids=LOSSES.values())
def test_a_cell_that_loses_its_process_loses_itself_alone(student, cell, cause):
    student.run("import os\nkept = 'before'")

    lost = student.run(cell)

    assert isinstance(lost, Lost) and lost.cause == cause
    assert student.run("print(kept)")[0].text == "before\n"


def test_a_cell_that_computes_for_too_long_loses_itself_alone(hasty):
    hasty.run("kept = 'before'")
    lost = hasty.run("while True: pass")
    assert isinstance(lost, Lost) and lost.cause == "cpu"
    assert hasty.run("print(kept)")[0].text == "before\n"


def test_a_cell_that_waits_for_too_long_loses_itself_alone(zygote):
    with StudentProcess(zygote, replace(LIMITS, wall_seconds_per_cpu_second=1.0)) as student:
        student.run("kept = 'before'")
        lost = student.run("import time; time.sleep(60)")
        assert isinstance(lost, Lost) and lost.cause == "wall"
        assert student.run("print(kept)")[0].text == "before\n"


@pytest.mark.parametrize("hang", ["while True: pass", "import time; time.sleep(60)"])
def test_what_takes_too_long_is_interrupted_and_what_it_did_until_then_stays(zygote, hang):
    with StudentProcess(zygote, replace(HASTY, wall_seconds_per_cpu_second=8.0)) as student:
        lost = student.run(f"def double(n): return 2 * n\nkept = 'until then'\n{hang}")
        assert isinstance(lost, Interrupted)
        assert student.run("print(kept)")[0].text == "until then\n"
        assert Asking(student).look_up("double")(21) == 42


def test_an_answer_that_hangs_is_interrupted_and_gives_nothing(hasty):
    hasty.run(
        "calls = 0\n"
        "def late(n):\n"
        "    global calls\n"
        "    calls += 1\n"
        "    try:\n"
        "        while n: pass\n"
        "    except KeyboardInterrupt:\n"
        "        return 42"
    )
    late = Asking(hasty).look_up("late")
    with pytest.raises(Failure, match="it computed for more than 0 s"):  # in whole seconds
        late(1)
    assert Asking(hasty).look_up("calls") == 1 and late(0) is None
    assert [type(lost) for lost in hasty.take_losses()] == [Interrupted]


def test_what_does_not_heed_an_interruption_loses_its_process(hasty):
    hasty.run("kept = 'before'")
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    lost = hasty.run(f"kept = 'inside'\n{deaf}")
    assert type(lost) is Lost and lost.cause == "cpu"
    assert hasty.run("print(kept)")[0].text == "before\n"


def test_an_answer_is_looked_up_anew_once_its_process_has_ended(student):
    student.run("import os\ndef one(ends):\n    if ends: os._exit(0)\n    return 1")
    with pytest.raises(Failure, match="the process ended"):
        Asking(student).look_up("one")(True)
    assert Asking(student).look_up("one")(False) == 1


@pytest.mark.parametrize("second", ["del one", "one = [one]"])
def test_an_answer_that_is_gone_when_its_process_is_made_anew_is_lost(student, second):
    student.run("import os\ndef one(ends):\n    if ends: os._exit(0)\n    return 1")
    student.run("now = 'first'")
    one = Asking(student).look_up("one")
    with pytest.raises(Failure, match="the process ended"):
        one(True)
    student._cells[1].source = second  # as a cell that looks at the clock, or draws a number
    with pytest.raises(Failure, match="the process ended"):
        one(False)


def test_what_an_answer_gave_is_lost_with_its_process(student):
    student.run("import os\nclass One:\n    def __call__(self, ends):\n        if ends: os._exit(0)\n        return 1")
    one = Asking(student).look_up("One")()
    assert one(False) == 1
    for ends in (True, False):
        with pytest.raises(Failure, match="the process ended"):
            one(ends)


def test_who_computes_on_a_busy_machine_has_met_the_limit_of_computing():
    """As `exceeded` is told by the kernel: the first thread was ready to run for 99 of 100 seconds."""
    then, now = Usage(1.0, 0.0, 1, waited_seconds=5.0), Usage(2.0, 0.0, 1, waited_seconds=104.0)
    assert exceeded(then, now, 100.0, LIMITS) is None
    assert exceeded(then, replace(now, waited_seconds=5.0), 100.0, LIMITS) == ("wall", 12)
    assert exceeded(then, replace(now, cpu_seconds=5.0), 105.0, LIMITS) == ("cpu", 3)


def test_the_kernel_says_how_long_a_process_waited_for_a_core(zygote):
    core = min(os.sched_getaffinity(0))
    on_one_core = f"import os\nos.sched_setaffinity(0, {{{core}}})\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", on_one_core], start_new_session=True) for _ in range(4)]
    try:
        with StudentProcess(zygote, Limits(cpu_seconds=0.4, wall_seconds_per_cpu_second=3.0)) as student:
            assert student.run(on_one_core).cause == "cpu"
    finally:
        for each in others:
            each.kill()
            each.wait()


def test_processes_without_end_cost_the_cell_or_are_refused(student):
    student.run("import os, time\nkept = 'before'")

    shown = student.run("for _ in range(40):\n    if os.fork() == 0: time.sleep(60)\ntime.sleep(60)")

    if os.getuid() == 0:
        assert isinstance(shown, Lost) and shown.cause == "processes"
    else:  # the kernel counts them, and refuses the next
        assert shown[-1].ename == "BlockingIOError"
    assert student.run("print(kept)")[0].text == "before\n"


TOO_MUCH_LEFT = {
    "kept = []\ntry:\n    while True: kept.append(bytearray(5 * 10**7))\nexcept MemoryError: pass": "memory_kept",
    "import numpy as np\nkept = np.zeros(90_000_000)": "memory_kept",  # of which no page was touched
    "import mmap\nkept = mmap.mmap(-1, 8 * 10**8)\nfor _ in range(8): kept.write(bytes(10**8))": "memory_kept",
    "import threading, time\nfor _ in range(10): threading.Thread(target=time.sleep, args=(60,)).start()": "left_running",
    "import subprocess\nkept = [subprocess.Popen(['sleep', '60']) for _ in range(10)]": "left_running",
}


@pytest.mark.parametrize("cell", TOO_MUCH_LEFT)
def test_a_cell_that_leaves_too_little_is_lost_itself(student, cell):
    student.run("kept = 'before'")

    lost = student.run(cell)

    assert isinstance(lost, Lost) and lost.cause == TOO_MUCH_LEFT[cell]
    assert student.run("print(kept)\nmore = bytearray(3 * 10**8)")[0].text == "before\n"
    assert [each.cause for each in student.take_losses()] == [TOO_MUCH_LEFT[cell]]


def test_memory_that_only_the_kernel_holds_counts(student):
    """Of 1000 MB: files on both file systems in memory, and sockets full of what nobody reads in several processes."""
    student.run("kept = 'before'")

    for cell in (FILES_IN_MEMORY, UNREAD):
        lost = student.run(cell)
        assert isinstance(lost, Lost) and lost.cause in ("memory", "memory_kept")
        assert student.run("print(kept)")[0].text == "before\n"


FILES_IN_MEMORY = """
for name in ("first", "second", "/dev/shm/first", "/dev/shm/second"):
    with open(name, "wb") as file:
        for _ in range(230): file.write(bytes(2**20))
"""
UNREAD = """
import os, socket, time
for _ in range(4):
    if os.fork() == 0:
        pairs = []
        for _ in range(400):
            pairs.append(socket.socketpair())
            pairs[-1][0].setblocking(False)
            try:
                while True: pairs[-1][0].send(bytes(10**5))
            except BlockingIOError: pass
        time.sleep(60)
time.sleep(60)
"""
REFUSED = {
    "larger buffers": "socket.socketpair()[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)",
    "datagrams": "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "datagrams without waiting": "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)",
    "a long queue": "listener.listen(1000)",
    "a queue without end": "listener.listen(2**31 - 1)",
    "the network": "socket.socket(socket.AF_INET)",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_would_hold_more_in_the_kernel_than_can_be_counted_is_refused(student, what):
    student.run("import socket\nlistener = socket.socket(socket.AF_UNIX)\nlistener.bind('here')")
    assert student.run("listener.listen(128)\nlistener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)") == []
    (shown,) = student.run(REFUSED[what])
    assert shown.ename == "PermissionError"


def test_who_may_connect_to_a_socket_that_listens_counts(student):
    """What was sent by who has connected and gone is kept in the kernel, and nobody has it open any more."""
    lost = student.run("import socket\nkept = [socket.socket(socket.AF_UNIX) for _ in range(40)]\n"
                       "for number, each in enumerate(kept): each.bind(str(number)); each.listen(128)")  # fmt: skip
    assert isinstance(lost, Lost) and lost.cause == "memory_kept"


def test_each_file_is_laid_for_which_there_is_place(zygote):
    files = {"data": b"first", "data/below": b"", "n" * 300: b"", "\0": b"", "folder/last": b""}
    with StudentProcess(zygote, LIMITS, files) as student:
        (shown,) = student.run("import os\nprint(open('data').read(), os.listdir('folder'))")
        assert shown.text == "first ['last']\n"
        assert student.not_laid == ("data/below", "n" * 300, "\0")
        assert student.take_losses() == []


def test_who_can_not_even_begin_is_not_begun_without_end(zygote):
    forks = itertools.count()

    class Dying:
        """A warm process whose children die at once."""

        def __getattr__(self, name):
            return getattr(zygote, name)

        def fork(self):
            assert next(forks) < 5
            child = zygote.fork()
            child.kill()
            return child

    with StudentProcess(Dying(), LIMITS, {"data": b"first"}) as student:
        assert isinstance(student.run("x = 1"), Lost)
        assert student.not_laid == ("data",)


@pytest.mark.parametrize(
    "cell",
    [
        "kept = [bytearray(10**6) for _ in range(600)]\ndel kept",
        "kept = [[0.5 * n] for n in range(5 * 10**6)][::1000]",
        "import torch\nkept = torch.ones(5 * 10**7)\ntorch.set_num_threads(4)\nkept @ kept",
        "import threading, time\nfor _ in range(4): threading.Thread(target=time.sleep, args=(60,)).start()",
    ],
)
def test_a_cell_that_leaves_enough_is_not_lost(zygote, cell):
    with StudentProcess(zygote, replace(LIMITS, cpu_seconds=60.0)) as student:  # it is about memory, not about time
        assert isinstance(student.run(cell), list)
        assert student.run("print(len(kept) if 'kept' in globals() else 0)")[0].output_type == "stream"
        assert student.take_losses() == []


ARMED = {
    "alarm": "import signal\nsignal.alarm(60)",
    "timer": "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 60)",
    "profiler": "import signal\nsignal.setitimer(signal.ITIMER_PROF, 60, 60)",
    "thread": "import os, threading\nthreading.Timer(60, os._exit, (1,)).start()",
    "watchdog": "import faulthandler\nfaulthandler.dump_traceback_later(60, exit=True, file=open('log', 'w'))",
}
STILL_ARMED = """
import os, signal, threading
for thread in threading.enumerate():
    if isinstance(thread, threading.Timer): thread.join()  # it has been cancelled
timers = [signal.getitimer(each)[0] for each in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)]
print(timers, len(os.listdir("/proc/self/task")))
"""


@pytest.mark.parametrize("armed", ARMED)
def test_what_is_armed_in_one_cell_does_not_go_off_in_another(student, armed):
    assert student.run(f"{ARMED[armed]}; None") == []
    student.run(f"def f():\n    {ARMED[armed].replace(chr(10), chr(10) + '    ')}\n    return 1")
    assert Asking(student).look_up("f")() == 1
    assert student.run(STILL_ARMED)[0].text == "[0.0, 0.0, 0.0] 1\n"
    assert student.take_losses() == []


def test_a_cell_that_breaks_what_disarms_costs_nothing(student):
    student.run("import threading, signal\nthreading.enumerate = signal.setitimer = None")
    assert student.run("print('whole')")[0].text == "whole\n"


def test_what_an_answer_leaves_running_costs_no_cell(student):
    student.run("import threading, time\ndef f():\n    for _ in range(10): threading.Thread(target=time.sleep, args=(60,)).start()")
    Asking(student).look_up("f")()
    assert student.run("print('whole')")[0].text == "whole\n"
    assert student.take_losses() == []


def test_memory_that_there_is_not_is_an_error_of_the_cell(student):
    (shown,) = student.run("import torch\ntorch.empty(2**30)")
    assert shown.ename == "RuntimeError"


def test_a_question_that_loses_the_process_loses_itself_alone(hasty):
    hasty.run("def f(n):\n    while n: pass\n    return 'answered'")
    f = Asking(hasty).look_up("f")
    with pytest.raises(Failure):
        f(1)
    assert f(0) == "answered"
    assert [lost.cause for lost in hasty.take_losses()] == ["cpu"]


def test_a_flood_is_cut(student):
    (shown,) = student.run("print('x' * 10**7)")
    assert len(shown.text) <= LIMITS.output_bytes


def test_what_is_not_a_reply_is_none(student):
    forged = """
import gc, os, socket, threading
for number in range(3, 64):
    try: os.write(number, b'\\x00' * 8 + b'\\xff' * 100)
    except OSError: pass
"""
    lost = student.run(forged)
    assert isinstance(lost, Lost) and lost.cause == "garbled"
    assert student.run("print(1)")[0].text == "1\n"


def test_nothing_is_left_running(zygote):
    zygote.start()
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    with StudentProcess(zygote, LIMITS) as student:
        student.run(
            "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(60)\n    os._exit(0)"
        )
        assert {process.pid for process in psutil.Process().children(recursive=True)} - before
    assert {process.pid for process in psutil.Process().children(recursive=True)} == before


def test_a_lost_warm_process_is_started_again(zygote):
    zygote.start()
    for process in psutil.Process().children(recursive=True):
        if process.status() != psutil.STATUS_ZOMBIE and "autograder.process" in process.cmdline():
            process.kill()
    with StudentProcess(zygote, LIMITS) as student:
        assert student.run("print(1)")[0].text == "1\n"


@pytest.mark.parametrize("mode", ["fork", "cold"])
def test_without_a_sandbox_it_works_as_well(mode):
    limits = replace(LIMITS, cpu_seconds=10.0)
    with Zygote(limits, mode) as zygote, StudentProcess(zygote, limits) as student:
        assert student.run("import os\nx = 2\nprint(x)")[0].text == "2\n"
        assert isinstance(student.run("os._exit(0)"), Lost)
        assert Asking(student).look_up("x") == 2


def test_clients_lead_to_one_warm_process_and_close_on_what_was_forked_through_them(zygote):
    zygote.start()
    running = len(psutil.Process().children(recursive=True))
    with zygote.client() as client, zygote.client() as other, StudentProcess(other, LIMITS) as student:
        child = client.fork()
        assert student.run("x = 1") == []
        assert len(psutil.Process().children(recursive=True)) == running + 2
        client.close()
        ended, _, _ = select.select([child.handle], [], [], 60.0)
        assert ended
        assert Asking(student).look_up("x") == 1
        child.end()


def test_a_client_of_a_lost_warm_process_starts_another(zygote):
    with zygote.client() as client:
        zygote.close()
        with StudentProcess(client, LIMITS) as student:
            assert student.run("print(1)")[0].text == "1\n"


LOOKING = """
import glob, os
looked_into = set()
for part in ("mem", "environ", "maps", "fd/0", "root/scratch", "cwd/answer.txt"):
    for path in glob.glob("/proc/[0-9]*"):
        try:
            (os.listdir if part == "root/scratch" else lambda file: open(file, "rb").close())(f"{path}/{part}")
            looked_into.add(path)
        except OSError:
            pass
looked_into == {f"/proc/{os.readlink('/proc/self')}"}, len(glob.glob("/proc/[0-9]*"))
"""


def test_students_side_by_side_see_nothing_of_each_other(zygote):
    zygote.start()
    with (
        zygote.client() as client,
        zygote.client() as other,
        StudentProcess(client, LIMITS) as student,
        StudentProcess(other, LIMITS, {"answer.txt": b"42"}) as neighbour,
    ):
        assert neighbour.run("answer = open('answer.txt').read()") == []
        assert student.run(LOOKING)[-1].data["text/plain"] == "(True, 3)"
        assert Asking(neighbour).look_up("answer") == "42"


def test_who_asks_for_a_child_and_is_gone_takes_nobody_along(zygote):
    zygote.start()
    for gone in (zygote.client(), zygote.client()):
        gone.start()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(gone._started.control, [FORK], [theirs.fileno()])
            gone.close()
    with zygote.client() as client, StudentProcess(client, LIMITS) as student:
        assert student.run("print(1)")[0].text == "1\n"
        assert client._started.process is None


SLOW_TO_READ = "%time 1\n" * 400 + "x = 1\n" * 20_000  # IPython reads all of it again for each magic


def test_the_process_says_which_names_a_cell_reads(student):
    def read(source: str) -> list[str]:
        return sorted(student.reads([source], {"x", "size", "get_ipython"}))

    assert read("y = x\ndef f(): return size") == ["size", "x"]
    assert read("x = 1\nprint(x)") == read("def f(\n") == read("\0") == []
    assert read("%time x") == ["get_ipython"]
    assert student.take_losses() == []


def test_a_cell_that_takes_too_long_to_read_is_lost_alone_when_its_turn_comes(hasty):
    assert hasty.reads(["x", SLOW_TO_READ, "y"], {"x", "y", "z"}) == {"x", "y"}
    assert hasty.run("x = 2") == [] == hasty.take_losses()

    lost = hasty.run(SLOW_TO_READ)

    assert isinstance(lost, Lost) and lost.cause == "cpu"
    assert hasty.take_losses() == [lost]
    assert Asking(hasty).look_up("x") == 2


def test_when_the_time_is_up_a_cell_is_stopped_and_nothing_more_is_run_or_asked(zygote):
    with StudentProcess(zygote, LIMITS, until=time.monotonic() + 2) as student:
        lost = student.run("import time\ntime.sleep(600)")
        assert isinstance(lost, Lost) and lost.cause == "total"
        assert student.why_time_is_up == student.run("x = 1") == lost
        assert not isinstance(Asking(student).look_up("x"), int)
        assert Asking(student).names() == []
    assert len(student.take_losses()) <= 1


def test_what_a_course_imports_is_there_already_but_for_what_starts_a_thread(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("quiet.py").write_text("import sys\nsys.is_quiet = True")
    Path("threaded.py").write_text("import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()")
    asked = "import sys\nprint(getattr(sys, 'is_quiet', False), *(name in sys.modules for name in ('threaded', 'autograder.process.questions')))"
    shown = {}
    for modules in (("quiet", "none.such"), ("quiet", "threaded"), ("autograder.checks", "threaded")):
        with Zygote(LIMITS, "fork", modules) as zygote, StudentProcess(zygote, LIMITS) as student:
            (shown[modules],) = student.run(asked)
    assert [each["text"] for each in shown.values()] == ["True False False\n", "False False False\n", "False False True\n"]


def test_what_a_course_does_not_import_is_imported_when_a_cell_or_a_question_needs_it():
    roomy = Limits()
    with Zygote(roomy) as zygote, StudentProcess(zygote, roomy) as student:
        (loaded,) = student.run("import sys\nprint([name for name in ('torch', 'numpy', 'matplotlib') if name in sys.modules])")
        at_its_end = student.run("import matplotlib.pyplot as plt\nplt.plot([0, 1]);")
        (shown,) = student.run("plt.plot([0, 1])\nplt.show()")
        student.run("import torch\nclass Double(torch.nn.Module):\n    def forward(self, x):\n        return 2 * x")
        seen = observe_network(Asking(student).look_up("Double"), 2, Inputs((Normal((3,)),)))

    assert loaded["text"] == "[]\n"
    assert "image/png" in shown.data and "image/png" in at_its_end[-1].data
    assert isinstance(seen, Observed) and seen.doubt is None
