"""Public nbgrader courses that nobody here wrote: where they are, and how they are laid as course folders.

Nothing of them is in this repository. `git clone ADDRESS FOLDER/NAME` brings each; the commit says which version is
read. They need pandas and SciPy, beside what `requirements.txt` installs.
"""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from comp6258_answers import ANSWERS

CONFIGURATION = 'c = get_config()\nc.CourseDirectory.course_id = "{course}"\n'


@dataclass(frozen=True, eq=False)
class PublicCourse:
    """A course in a public repository: by assignment, the files that it is made of; the first one is timed.

    `today` replaces what has been renamed since in a package that the course imports. `answers`, by name of a cell, are
    ours for a course that is public only as students get it: one text for each place that they are to fill. `seconds`
    are for a cell, where faulty answers are marked: a deleted line may leave a loop without end.
    """

    name: str
    field: str
    address: str
    commit: str
    assignments: Mapping[str, tuple[str, ...]]
    today: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: int = 10


COURSES = (
    PublicCourse(
        "nbgrader",
        "nbgrader's documentation",
        "https://github.com/jupyter/nbgrader",
        "207a8e544968092c93af807cce6f002552c628fa",
        {
            "ps1": tuple(
                f"nbgrader/docs/source/user_guide/source/ps1/{each}"
                for each in ("problem1.ipynb", "problem2.ipynb", "jupyter.png")
            )
        },
    ),
    PublicCourse(
        "num_meth_nbgrader",
        "numerical methods",
        "https://github.com/219project/num_meth_nbgrader",
        "8246e07eef02092ed9ed23a82b0ee8d9c5b49f5e",
        {
            name: (f"TestCourse/source/{name}/{notebook}.ipynb",)
            for name, notebook in {
                "QR": "QR",
                "Eigenvalues": "eigenvalues",
                "LSQ": "LSQ",
                "LU": "LU",
                "LagrangeInterpolator": "LagrangeInterpolator",
                "ODE_IVP": "ode_ivp",
                "SeidelPoisson": "SeidelPoisson",
                "SquareWell": "SquareWell",
                "newton_iter": "newton_iter",
                "quadratic": "quadratic",
            }.items()
        },
    ),
    PublicCourse(
        "nbgrader-itmo-recsys-2025-spring",
        "pandas",
        "https://github.com/feldlime/nbgrader-itmo-recsys-2025-spring",
        "959381fbd5742922cf0b5e9c6b7355c6d23eb694",
        {"hw_1": ("nbgrader/app/source/hw_1/hse_metrics.ipynb",)},
        seconds=60,  # its last test merges three million rows ten times
    ),
    PublicCourse(
        "bigdata-tutorials",
        "scikit-learn",
        "https://github.com/fmind/bigdata-tutorials",
        "cc3f24cdf03c09928d7e2d5b4354232406fc4c44",
        {
            "11-CLUST": ("source/11-CLUST/11-CLUST.ipynb",),
            "10-LEARN": ("source/10-LEARN/10-LEARN.ipynb", "source/10-LEARN/titanic.csv.gz"),
            "08-STATS": ("source/08-STATS/08-STATS.ipynb", "source/08-STATS/titanic.csv.gz"),
        },
        today={"sklearn.datasets.samples_generator": "sklearn.datasets"},
    ),
    PublicCourse(
        "COMP6258",
        "PyTorch",
        "https://github.com/ecs-vlc/COMP6258",
        "cc58d9bb2c49d7ff0a29abc0cf20da603686c17f",
        {
            "lab2": tuple(
                f"docs/labs/lab2/{each}.ipynb" for each in ("2_1_ForwardAD", "2_2_ReverseAD", "2_3_PyTorchAD")
            ),
            "lab1": tuple(
                f"docs/labs/lab1/{each}.ipynb"
                for each in ("1_1_linear_regression", "1_2_logistic_regression", "1_3_softmax_regression")
            ),
        },
        answers=ANSWERS,
    ),
    PublicCourse(
        "cs1302i21a",
        "plain Python",
        "https://github.com/ccha23/cs1302i21a",
        "52ad875cc49cf51f805d3c7797ff0a2f808fb7a6",
        {
            "Lab2": ("source/Lab2/Calculators.ipynb",),
            "Lab3a": ("source/Lab3a/Improved Quadratic Equation Solver.ipynb",),
            "Lab3b": ("source/Lab3b/Big Number Conversion.ipynb",),
            "Lab4": ("source/Lab4/Mastermind.ipynb", "source/Lab4/markposition.py"),
            "Lab6": ("source/Lab6/Combinatorics.ipynb",),
            "Lab8": ("source/Lab8/Information Theory.ipynb",),
            "Lab9": ("source/Lab9/Monte Carlo and Root Finding.ipynb",),
        },
    ),
    PublicCourse(
        "2021WNPhys260",
        "electromagnetism",
        "https://github.com/spanto/2021WNPhys260",
        "26c72724c31253d16ac3644c12f0f453d2f16a47",
        {
            "pf1": ("source/pf1/preflight.ipynb",),
            "ps3": ("source/ps3/tutorialhw3.ipynb",),
            "ps4": ("source/ps4/tutorialhw4.ipynb", "source/ps4/cap-illustration.png", "source/ps4/capacitor.gif"),
            "ps7": (
                "source/ps7/tutorialhw7.ipynb",
                "source/ps7/charge_particle_in_fields.py",
                "source/ps7/electric_and_magnetic_fields.py",
            ),
            "pf2": ("source/pf2/preflight2.ipynb",),
        },
        seconds=30,  # a figure of ps3 takes some seconds, and nbgrader's are by the clock
    ),
)
STUB = "raise NotImplementedError"
TO_FILL = "# YOUR CODE HERE"


def lay(course: PublicCourse, disk: Path, root: Path) -> None:
    """The course folder, made of the course's repository in `disk`; all notebooks are for the kernel that is here."""
    (root / "nbgrader_config.py").write_text(CONFIGURATION.format(course=course.name), "utf-8")
    for assignment, paths in course.assignments.items():
        folder = root / "source" / assignment
        folder.mkdir(parents=True)
        for path in paths:
            content = _file(course, disk, path)
            name = PurePosixPath(path).name
            (folder / name).write_bytes(_as_source(course, content) if name.endswith(".ipynb") else content)


def _file(course: PublicCourse, disk: Path, path: str) -> bytes:
    show = ["git", "-C", str(disk / course.name), "show", f"{course.commit}:{path}"]
    return subprocess.run(show, check=True, capture_output=True).stdout


def _as_source(course: PublicCourse, content: bytes) -> bytes:
    notebook = json.loads(content)
    notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        for then, now in course.today.items():
            source = source.replace(then, now)
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in course.answers:
            source = _filled(source, course.answers[name])
        cell["source"] = source
    return json.dumps(notebook).encode()


def _filled(source: str, answers: tuple[str, ...]) -> str:
    """The cell with its stubs replaced by answers, marked as nbgrader has them in a source."""
    rest, lines = iter(answers), []
    replacing = False
    for line in source.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip().startswith(TO_FILL):
            replacing = True
        elif replacing and line.strip().startswith(STUB):
            answer = [f"{indent}{each}" for each in next(rest).splitlines()]
            lines += [f"{indent}### BEGIN SOLUTION", *answer, f"{indent}### END SOLUTION"]
            replacing = False
        elif not replacing:
            lines.append(line)
    return "\n".join(lines)
