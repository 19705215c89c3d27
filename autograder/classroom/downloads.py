"""How the downloads of an LMS name what a student handed in, and when that tells the time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.classroom.archives import LeftOut, Member, are_of_packing, is_junk
from autograder.classroom.people import Handed

# Moodle: a folder a student with files in it as they were handed in, or the same prefix before each file's name.
# Older versions end the folder's name with `_`. A group without a number is the one of those who are in none.
MOODLE = re.compile(r"(?P<name>[^_]+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?")
# Canvas: the name in small letters without spaces, whether it is late, user, attachment, file. A text or a link that
# was handed in has no attachment, and a student without a name no number.
CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)?(?P<late>LATE_)?(?:(?P<number>\d+)|anon_(?P<anonymous>[^\W_]+))_"
    r"(?:(?P<attachment>\d+)_)?(?P<file>.+)"
)
CANVAS_WITHOUT_FILE = ("text.html", "link.html")
SEPARATORS = " _-."


@dataclass(frozen=True)
class Piece:
    """A file of one student: its path in what they handed in, and Canvas's number of it, which grows with time."""

    path: str
    member: Member
    attachment: int = 0


@dataclass
class Pile:
    """All that a download has of one student; `late` is what Canvas says."""

    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    late: bool = False


@dataclass(frozen=True)
class Download:
    """A download by student; `stray` is what is nobody's. Files have a time only if it is when they were handed in."""

    piles: Mapping[Handed, Pile]
    stray: tuple[str, ...]


@dataclass(frozen=True)
class Whose:
    """What the path of a file in a download tells."""

    handed: Handed
    path: str
    attachment: int = 0
    late: bool = False


def sort_out(
    found: Iterable[Member | LeftOut], assignment: str, others: Sequence[str], junk: Sequence[str]
) -> Download:
    """Whose each file is; what matches a pattern of `junk`, or is of other assignments, is not looked at."""
    wanted = [each for each in found if not is_junk(each.path, junk)]
    wrapper = _wrapper([each.path for each in wanted])
    piles: dict[Handed, Pile] = {}
    stray = []
    told = [(each, whose_is(each.path.removeprefix(wrapper), assignment)) for each in wanted]
    are_known = _are_times_known(told)
    for each, whose in told:
        if whose is not None and whose.path.split("/")[0] in others and "/" in whose.path:
            continue
        if whose is None:
            stray.append(each.path)
            continue
        pile = piles.setdefault(whose.handed, Pile())
        pile.late = pile.late or whose.late
        if isinstance(each, LeftOut):
            pile.left_out.append(LeftOut(whose.path, each.why))
        else:
            member = each if are_known else replace(each, written_at=None)
            pile.pieces.append(Piece(whose.path, member, whose.attachment))
    return Download(piles, tuple(stray))


def _are_times_known(told: Iterable[tuple[Member | LeftOut, Whose | None]]) -> bool:
    """Whether the times of the files are when they were handed in, which of all LMS only Moodle's may be."""
    members = [(each, whose) for each, whose in told if isinstance(each, Member)]
    times = [
        each.written_at for each, whose in members if whose and whose.handed.system == "moodle" and each.written_at
    ]
    return len(times) == len(members) and not are_of_packing(times)


def whose_is(path: str, assignment: str) -> Whose | None:
    """Whom the file is of and what it is called there; None where the path does not tell."""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        if found := MOODLE.fullmatch(part):
            handed = Handed(found["name"].strip(), "moodle", found["number"] or "")
            return Whose(handed, "/".join(parts[depth + 1 :]) or found["file"] or part)
    if len(parts) > 1:
        inside = "/".join(parts[1:])
        return Whose(Handed(parts[0].strip()), inside.removeprefix(f"{assignment}/"))  # as nbgrader lays it
    if found := _of_canvas(path):
        handed = Handed(found["name"] or "anonymous", "canvas", found["number"] or found["anonymous"])
        return Whose(handed, found["file"], int(found["attachment"] or 0), bool(found["late"]))
    name, _dot, ending = path.rpartition(".")
    if ending.lower() not in ("ipynb", "zip"):
        return None
    bare = name.removeprefix(assignment).removesuffix(assignment).strip(SEPARATORS)
    return Whose(Handed(bare or name), path)


def _of_canvas(name: str) -> re.Match[str] | None:
    found = CANVAS.fullmatch(name)
    return found if found and (found["attachment"] or found["file"] in CANVAS_WITHOUT_FILE) else None


def _wrapper(paths: Sequence[str]) -> str:
    """The folder around everything, as packing a folder makes it; nothing where that may be a student's."""
    parts = [path.split("/") for path in paths]
    tops = {each[0] for each in parts}
    if len(tops) != 1 or min(map(len, parts)) < 2:
        return ""
    has_notebook = any(len(each) == 2 and each[1].lower().endswith((".ipynb", ".zip")) for each in parts)
    of_students = len({each[1] for each in parts if len(each) > 2}) > 1 and not has_notebook
    of_canvas = all(len(each) == 2 and _of_canvas(each[1]) for each in parts)
    return f"{tops.pop()}/" if of_students or of_canvas else ""
