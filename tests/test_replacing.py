"""Files and folders are replaced whole, or not at all."""

import pytest

from autograder.replacing import replace_file, replace_folder


def folder(path, text):
    path.mkdir()
    (path / "text").write_text(text)
    return path


def test_a_folder_takes_the_place_of_another(tmp_path):
    there, new = folder(tmp_path / "there", "old"), folder(tmp_path / "new", "new")
    replace_folder(there, new, tmp_path / "old")
    assert (there / "text").read_text() == "new"
    assert (tmp_path / "old" / "text").read_text() == "old"


def test_a_folder_stays_where_no_other_can_take_its_place(tmp_path):
    there = folder(tmp_path / "there", "old")
    with pytest.raises(OSError):
        replace_folder(there, tmp_path / "none such", tmp_path / "old")
    assert (there / "text").read_text() == "old"


def test_a_file_is_replaced_and_leaves_nothing_beside_it(tmp_path):
    for content in (b"first", b"second"):
        replace_file(tmp_path / "file", content)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": content}
