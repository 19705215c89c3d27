"""`autograder doctor`: a line for each thing, and the command that mends it."""

import sys
from importlib import metadata

import pytest
from grading.small_course import make_course

from autograder.cli.doctor import NEEDED_FOR
from autograder.grading import policy
from autograder.process.warm import CannotStart


@pytest.fixture(autouse=True)
def looked_at_before(monkeypatch):
    """The kernel and the sandbox are as on a machine where they work; test_installed.py has this one looked at whole."""
    monkeypatch.setattr("autograder.cli.doctor._python_of_kernel", lambda: sys.executable)
    monkeypatch.setattr("autograder.process.probes.try_layers", lambda: [])


def test_what_is_missing_or_hides_the_package_is_named(run, tmp_path, monkeypatch):
    installed = metadata.version

    def version(name: str) -> str:
        if name == "rich":
            raise metadata.PackageNotFoundError(name)
        return {"autograder": "0.6", "click": "1.0"}.get(name) or installed(name)

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda name: ["click>=8", "rich", *(f'rich; extra == "{extra}"' for extra in NEEDED_FOR)])

    result = run("doctor", folder=tmp_path)

    assert result.exit_code == 1
    for line in ("[FAIL] another package is installed as autograder 0.6", "[FAIL] click 1.0, but >=8 is needed",
                 "[FAIL] rich is not installed", "[ -- ] rich is not installed: only instructors need it",
                 "[ -- ] rich is not installed: it is for a gradebook on a PostgreSQL server",
                 "[ -- ] rich is not installed: it is for marking on more than one machine",
                 '-m pip install "click>=8"'):  # fmt: skip
        assert line in result.output


@pytest.mark.parametrize(
    ("setting", "value", "command"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1\n", "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
        ("kernel/unprivileged_userns_clone", "0\n", "sudo sysctl kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0\n", "sudo sysctl user.max_user_namespaces=15000"),
        ("user/max_user_namespaces", "9000\n", "docker run --security-opt seccomp=unconfined"),
    ],
)
def test_a_sandbox_that_does_not_start_is_named_with_the_setting_that_forbids_it(
    setting, value, command, run, tmp_path, monkeypatch
):
    def try_layers():
        raise CannotStart("bwrap: setting up uid map: Permission denied")

    (tmp_path / setting).parent.mkdir()
    (tmp_path / setting).write_text(value)
    monkeypatch.setattr("autograder.process.sandbox.KERNEL_SETTINGS", tmp_path)
    monkeypatch.setattr("autograder.process.probes.try_layers", try_layers)

    result = run("doctor", folder=tmp_path)

    assert result.exit_code == 1
    assert "[FAIL] the sandbox does not start: bwrap: setting up uid map: Permission denied" in result.output
    assert f"→ {command}" in result.output


def test_a_container_is_not_blamed_for_an_error_of_another_kind(run, tmp_path, monkeypatch):
    def try_layers():
        raise CannotStart("ModuleNotFoundError: No module named 'torch'")

    monkeypatch.setattr("autograder.process.sandbox.KERNEL_SETTINGS", tmp_path)
    monkeypatch.setattr("autograder.process.probes.try_layers", try_layers)

    result = run("doctor", folder=tmp_path)

    assert result.exit_code == 1
    assert "[FAIL] the sandbox does not start: ModuleNotFoundError: No module named 'torch'" in result.output
    assert "docker" not in result.output and "sysctl" not in result.output


def test_a_course_whose_pages_have_no_policy_is_told_how_to_set_it(run, tmp_path):
    course = make_course(tmp_path)
    before = run("doctor", folder=course, columns=80)
    asked = len(policy.SETTINGS)
    with (course / "nbgrader_config.py").open("a") as configuration:  # as it is printed, however narrow the terminal
        configuration.writelines(before.output.splitlines(keepends=True)[-asked:])
    after = run("doctor", folder=course)

    assert "[ -- ] formgrader and feedback: their pages have no policy" in before.output
    assert "→ add to nbgrader_config.py:" in before.output
    assert "[ OK ] formgrader and feedback: a browser runs no script but nbgrader's own" in after.output


def test_a_course_newer_than_the_environment_is_told_what_is_missing(run, tmp_path):
    course = make_course(tmp_path)
    with (course / "nbgrader_config.py").open("a") as configuration:
        configuration.write('c.GenerateFeedback.exporter_class = "not_installed.Exporter"\n')

    result = run("doctor", folder=course)

    assert result.exit_code == 1
    assert "[FAIL] nbgrader_config.py names a class that can't be loaded: No module named 'not_installed'" in result.output
    assert "-m pip install -r requirements.txt" in result.output


def test_it_says_of_each_extra_of_the_package_what_it_is_for():
    assert sorted(NEEDED_FOR) == sorted(metadata.metadata("convlab").get_all("Provides-Extra"))
