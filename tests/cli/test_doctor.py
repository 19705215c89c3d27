"""`autograder doctor`: a line for each thing, and the command that mends it."""

from importlib import metadata

from autograder.cli.doctor import LAYERS

SANDBOX = [f"[ OK ] {layer}" for layer in LAYERS.values()]


def test_this_machine_works(run, tmp_path):
    result = run("doctor", folder=tmp_path)

    assert result.exit_code == 0, result.output
    for line in ("[ OK ] Python 3.", "[ OK ] autograder is imported from ", "[ OK ] torch 2.", "[ OK ] nbgrader 0.9.",
                 "[ OK ] the kernel python3 starts in ", *SANDBOX):  # fmt: skip
        assert line in result.output


def test_what_is_missing_or_hides_the_package_is_named(run, tmp_path, monkeypatch):
    installed = metadata.version

    def version(name: str) -> str:
        if name == "rich":
            raise metadata.PackageNotFoundError(name)
        return {"autograder": "0.6", "click": "1.0"}.get(name) or installed(name)

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda name: ["click>=8", "rich", 'rich; extra == "course"'])

    result = run("doctor", folder=tmp_path)

    assert result.exit_code == 1
    for line in ("[FAIL] another package is installed as autograder 0.6", "[FAIL] click 1.0, but >=8 is needed",
                 "[FAIL] rich is not installed", "[ -- ] rich is not installed: only instructors need it",
                 '-m pip install "click>=8"'):  # fmt: skip
        assert line in result.output
