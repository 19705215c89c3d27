"""Archives that attack, are broken or are odd: nothing leaves its folder, nothing is unpacked without a bound."""

import io
import os
import struct
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from grading.small_course import answered
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.classroom.archives import BadArchive, LeftOut, Member, are_of_packing, members_of, opened, safe_path
from autograder.classroom.collecting import collect_downloads
from autograder.classroom.laying import CollectOutcome
from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.inventory import MOST_FILES
from autograder.kinds import CollectKind, FaultKind
from classroom.made_downloads import MARCH, bytes_of, lay, make_link, make_zip

IVANOV = "Иванов Иван_1_assignsubmission_file"


def left_out(course: Course, archive: Path) -> dict[CollectKind, tuple[str, ...]]:
    """What was left out of the one submission in the archive."""
    (row,) = collect_downloads(course.assignment("sums"), [archive]).rows
    return {each.kind: each.files for each in row.remarks if each.files}


def around(course: Course) -> set[str]:
    """Everything on disk beside the student's own folder."""
    own = course.assignment("sums").submitted("иванов-иван")
    return {
        str(path) for path in course.root.parent.rglob("*") if path.is_file() and not path.is_relative_to(own)
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["../../../evil.py", "a/../../evil.py", "/etc/evil.py", "C:\\evil.py", "..\\..\\evil.py", "\\\\host\\evil.py"],
)
def test_a_path_that_leads_out_is_left_out_and_told(course, tmp_path, name):
    own = make_zip({name: "evil", "sums.ipynb": answered()})
    archive = lay(tmp_path / "a.zip", make_zip({f"{IVANOV}/own.zip": own}))
    (course.root / "gradebook.db").touch()
    before = around(course)

    assert set(left_out(course, archive)) == {CollectKind.OUTSIDE}
    assert around(course) - before <= {str(course.root / "gradebook.db.lock")}
    assert os.listdir(course.assignment("sums").submitted("иванов-иван")) == ["sums.ipynb"]


def test_links_are_left_out_of_archives_and_folders(course, tmp_path):
    own = make_link("secret.txt", "/etc/passwd")
    archive = lay(tmp_path / "a.zip", make_zip({f"{IVANOV}/own.zip": own, f"{IVANOV}/sums.ipynb": answered()}))
    assert left_out(course, archive) == {CollectKind.LINK: ("secret.txt",)}

    folder = tmp_path / "unpacked"
    lay(folder / IVANOV / "sums.ipynb", answered(half="pass"))
    (folder / IVANOV / "secret.txt").symlink_to("/etc/passwd")
    (folder / IVANOV / "all").symlink_to("/etc")
    assert left_out(course, folder)[CollectKind.LINK] == ("all", "secret.txt")
    assert os.listdir(course.assignment("sums").submitted("иванов-иван")) == ["sums.ipynb"]


@pytest.mark.parametrize("other", ["Sums.ipynb/x", "DATA.csv", "data.CSV", "data.csv/deeper"])
def test_what_could_not_lie_beside_another_file_everywhere_is_left_out(course, tmp_path, other):
    files = [("sums.ipynb", answered()), ("data.csv", "1"), (other, "2")]
    archive = lay(tmp_path / "a.zip", make_zip([(f"{IVANOV}/{name}", content) for name, content in files]))

    assert left_out(course, archive) == {CollectKind.TWIN: (other,)}


def test_a_bomb_is_not_unpacked(course, tmp_path):
    bomb = make_zip({f"{number}.bin": b"\0" * 10**7 for number in range(6)})
    assert len(bomb) < 10**5
    archive = lay(tmp_path / "a.zip", make_zip({f"{IVANOV}/own.zip": bomb}))
    (row,) = collect_downloads(course.assignment("sums"), [archive]).rows

    assert (row.outcome, [each.kind for each in row.remarks]) == (
        CollectOutcome.NOT_TAKEN,
        [CollectKind.UNLISTED, CollectKind.TOO_LARGE_IN_ALL],
    )
    assert not course.assignment("sums").submitted("иванов-иван").exists()


def test_a_file_that_is_larger_than_its_entry_says_is_damaged(course, tmp_path):
    honest = make_zip({f"{IVANOV}/large.csv": "1" * 10**6, f"{IVANOV}/sums.ipynb": answered()})
    lying = honest.replace(struct.pack("<L", 10**6), struct.pack("<L", 10))
    archive = lay(tmp_path / "a.zip", lying)

    assert left_out(course, archive) == {CollectKind.DAMAGED: ("large.csv",)}


def test_more_files_than_anyone_hands_in_are_not_unpacked(course, tmp_path):
    own = make_zip({str(number): b"" for number in range(MOST_FILES + 1)})
    archive = lay(tmp_path / "a.zip", make_zip({f"{IVANOV}/own.zip": own, f"{IVANOV}/sums.ipynb": answered()}))

    assert left_out(course, archive) == {CollectKind.TOO_LARGE: ("own.zip",)}


def test_a_list_of_files_that_is_too_long_is_not_read():
    lying = bytearray(make_zip({"a": b""}))
    struct.pack_into("<L", lying, len(lying) - 22 + 12, 2**31)
    with pytest.raises(BadArchive) as raised:
        members_of(bytes(lying), MOST_FILES)
    assert raised.value.too_large


def test_what_is_encrypted_or_unusually_compressed_is_left_out(course, tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"{IVANOV}/sums.ipynb", bytes_of(answered()))
        archive.writestr(f"{IVANOV}/dense.bin", b"\0" * 10**6, zipfile.ZIP_LZMA)
        archive.writestr(f"{IVANOV}/secret.bin", b"secret")
    content = bytearray(made.getvalue())
    for signature, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        content[content.rindex(signature) + flags] |= 1

    found = left_out(course, lay(tmp_path / "a.zip", bytes(content)))
    assert found == {CollectKind.ENCRYPTED: ("secret.bin",), CollectKind.PACKING: ("dense.bin",)}


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"not a zip", b"PK\5\6" + b"\xff" * 18, b"Rar!\x1a\7\0"])
def test_what_is_no_zip_is_told_as_the_archives_or_the_students_fault(course, tmp_path, content):
    with pytest.raises(CourseFault) as raised:
        collect_downloads(course.assignment("sums"), [lay(tmp_path / "a.zip", content)])
    assert raised.value.fault in (FaultKind.NOT_AN_ARCHIVE, FaultKind.ARCHIVE_TOO_LARGE)

    own = b"PK\3\4" + content
    archive = lay(tmp_path / "b.zip", make_zip({f"{IVANOV}/own.zip": own, f"{IVANOV}/sums.ipynb": answered()}))
    assert left_out(course, archive).keys() <= {CollectKind.BAD_ARCHIVE, CollectKind.TOO_LARGE}
    assert left_out(course, archive)


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 60))
def test_a_zip_with_any_bytes_in_it_is_read_or_refused(changed, start, cut):
    """Whatever is broken in a zip, it is one of three things: files, files left out, or no archive."""
    content = bytearray(make_zip({"sums.ipynb": b"{}", "data/x.csv": b"1" * 50}))
    content[start : start + len(changed)] = changed
    try:
        found = members_of(bytes(content[: len(content) - cut]), 10)
        for each in found:
            if isinstance(each, Member):
                each.read()
    except BadArchive:
        return
    assert all(isinstance(each, Member | LeftOut) for each in found)


NAMES = st.from_regex(r"[А-ЯЁ][а-яё]{2,12}( [А-ЯЁ][а-яё]{2,12}){0,2}", fullmatch=True)


@given(NAMES, st.sampled_from(["utf-8", "cp866", "cp1251"]))
@example("Ёжикова Юлия", "cp866")
@example("Щукин Пётр Эдуардович", "cp1251")
def test_a_russian_name_is_read_in_whatever_encoding_it_was_written(name, encoding):
    (found,) = members_of(make_zip({f"{name}/sums.ipynb": b"{}"}, encoding=encoding), 10)
    assert found.path == f"{name}/sums.ipynb"


@given(st.text(max_size=40))
@example("a/../../b")
@example("C:/x")
def test_a_safe_path_stays_in_its_folder(name):
    path = safe_path(name)
    if path is not None:
        root = Path("/folder")
        assert Path(os.path.normpath(root / path)).is_relative_to(root) and path.split("/") == [*Path(path).parts]


@pytest.mark.parametrize(
    ("seconds", "packing"),
    [([], True), ([0], True), ([0, 2, 2, 9000], True), ([50, 0, 20], True), ([9000, 0], False), ([0, 9000, 5], False)],
)
def test_times_that_only_grow_or_are_close_together_may_be_those_of_packing(seconds, packing):
    assert are_of_packing([MARCH + timedelta(seconds=each) for each in seconds]) is packing


def test_a_folder_in_an_encoding_of_its_own_is_read(tmp_path):
    folder = os.fsencode(tmp_path) + b"/" + "Иванов Иван".encode("cp866")
    os.mkdir(folder)
    Path(os.fsdecode(folder), "sums.ipynb").write_text("{}")
    with opened(tmp_path) as found:
        assert [each.path for each in found] == ["Иванов Иван/sums.ipynb"]
