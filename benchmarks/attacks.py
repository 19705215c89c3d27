"""What attacks on marks earn: stock nbgrader and this grader on the same submissions of `tests/hostile/forging`.

python benchmarks/attacks.py            writes benchmarks/attacks.md

Nothing that kills, floods or hangs is among them: stock nbgrader runs them with our own rights.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from classes import ASSIGNMENTS, REPOSITORY, new_course
from marking import command
from nbgrader.api import Gradebook
from pages import write_page

sys.path.append(str(REPOSITORY / "tests"))
from hostile_class import HOSTILE, Attack, handed_in, read_attack

REPORT = Path(__file__).with_suffix(".md")
FAMILIES = {
    "a patched library (PyTorch, Python, the checks)": (
        "patched_*", "check_redefined", "dispatcher_disabled_*", "operators_hidden_*", "hooks_that_*",
        "question_about_*", "raises_the_*",
    ),
    "a hook in the interactive shell": ("displayhook_*", "hook_before_*", "input_*", "syntax_*", "stops_with_*"),
    "values and classes that lie": (
        "class_that_*", "dict_that_*", "equal_to_*", "float_that_*", "function_given_*", "key_equal_*",
        "says_that_*", "tensor_*", "parameter_whose_*",
    ),
    "right only where it is looked at": ("answer_replaced_*", "network_*", "right_on_*", "sees_only_*"),
    "weights hidden from the count": ("weights_*", "owned_*"),
    "an operator that the checks do not know": ("convolution_by_*",),
    "a forged record of what ran": ("trace_*", "forged_*", "two_replies_*"),
}  # fmt: skip
Marks = Mapping[str, Mapping[str, float | None]]  # by attack, by test cell


def attacks() -> dict[str, Attack]:
    """Those that are not to earn a mark, by name."""
    read = {path.stem: read_attack(path) for path in sorted((HOSTILE / "forging").glob("*.py"))}
    return {name: attack for name, attack in read.items() if attack.answers.unearned}


def marked(chosen: Mapping[str, Attack], stock: bool) -> Marks:
    """The marks of a class of attackers."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        new_course(root, stock)
        for name, attack in chosen.items():
            place = root / "submitted" / name / attack.assignment / f"{attack.assignment}.ipynb"
            place.parent.mkdir(parents=True)
            nbformat.write(handed_in(attack), place)
        for assignment in ASSIGNMENTS:
            if stock:
                command("nbgrader", "generate_assignment", assignment, folder=root)
            marking = ("nbgrader", "autograde") if stock else ("autograder", "grade")
            try:
                command(*marking, assignment, folder=root)
            except subprocess.CalledProcessError:
                pass  # some of the class could not be marked: they have no marks
        with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
            return {
                name: {grade.name: grade.auto_score for notebook in handed.notebooks for grade in notebook.grades}
                for name, attack in chosen.items()
                for handed in gradebook.assignment_submissions(attack.assignment)
                if handed.student.id == name
            }


def succeeded(attack: Attack, marks: Mapping[str, float | None]) -> bool:
    """Whether a mark was earned that had to be lost or left to a person."""
    return any(marks.get(test) for test in attack.answers.unearned)


def family_of(name: str) -> str:
    found = [family for family, patterns in FAMILIES.items() if any(Path(name).match(each) for each in patterns)]
    if len(found) != 1:
        raise ValueError(f"{name} belongs to {len(found)} families. Give it one in FAMILIES.")
    return found[0]


def report() -> Iterator[str]:
    """The lines of the report."""
    chosen = attacks()
    families = Counter(map(family_of, chosen))
    graders = {"`nbgrader autograde`": marked(chosen, stock=True), "`autograder grade`": marked(chosen, stock=False)}
    yield "# What attacks on marks earn"
    yield ""
    yield f"Written by `python benchmarks/attacks.py`: the {len(chosen)} submissions of `tests/hostile/forging` that"
    yield "have a mark to lose, marked on the same notebooks with the same checks. Counted are those that earned such a"
    yield "mark."
    yield ""
    yield f"| attack | submissions | {' | '.join(graders)} |"
    yield f"|---|---|{'---|' * len(graders)}"
    for family, count in families.items():
        won = [
            sum(family_of(name) == family and succeeded(attack, marks.get(name, {})) for name, attack in chosen.items())
            for marks in graders.values()
        ]
        yield f"| {family} | {count} | {' | '.join(map(str, won))} |"
    for grader, marks in graders.items():
        if unmarked := sorted(chosen.keys() - marks.keys()):
            yield ""
            yield f"Not marked by {grader}: {', '.join(unmarked)}."


def main() -> None:
    write_page(REPORT, report())


if __name__ == "__main__":
    main()
