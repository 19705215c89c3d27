"""A table that is given back: read as Python's own csv reads it, and the same byte for byte where nothing is written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.sheet import as_number, as_number_in, as_text, read_sheet
from autograder.classroom.tables import separator_of
from autograder.faults import CourseFault
from autograder.kinds import FaultKind

TEXTS = st.text(st.sampled_from('ab"",;\t\n\rж= -'), max_size=6)


def sheet_of(folder, content: bytes):
    file = folder / "table.csv"
    file.write_bytes(content)
    return read_sheet(file)


def read_back(content: bytes, encoding: str = "utf-8") -> list[list[str]]:
    text = content.decode(encoding).removeprefix("\ufeff")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)) if row]


def without_empty(rows: list[list[str]]) -> list[list[str]]:
    """A row that lost its only text is an empty line."""
    return [row for row in rows if row != [""]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sheets")


@given(text=TEXTS.map(lambda text: f"a,b,c\n{text}"))
def test_any_text_is_read_as_csv_reads_it(folder, text):
    sheet = sheet_of(folder, text.encode())

    assert [[cell.value for cell in row] for row in sheet.rows] == read_back(text.encode())
    assert sheet.filled({}) == text.encode()


@given(
    rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4),
    written=TEXTS,
    at=st.tuples(st.integers(1, 4), st.integers(0, 2)),
    ending=st.sampled_from(["\n", "\r\n"]),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_is_read_back_and_all_else_stays(
    folder, rows, written, at, ending, separator, encoding, quoting
):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=separator, lineterminator=ending, quoting=quoting).writerows([["я", "b", "c"], *rows])
    content = made.getvalue().encode(encoding)
    plain = "utf-16" if encoding == "utf-16" else encoding.removesuffix("-sig")
    expected = read_back(content, plain)
    row = min(at[0], len(expected) - 1)
    place = min(at[1], len(expected[row]) - 1)
    sheet = sheet_of(folder, content)
    filled = sheet.filled({(row, place): written})

    expected[row][place] = written
    assert without_empty(read_back(filled, plain)) == without_empty(expected)
    cell = sheet.rows[row][place]
    before = sheet.text[: cell.begin].encode(sheet.encoding)
    after = sheet.text[cell.end :].encode(sheet.encoding)
    assert filled.startswith(before) and filled.endswith(after)
    assert sheet.filled({}) == content


def test_a_letter_that_the_encoding_lacks_is_written_as_in_html(folder):
    sheet = sheet_of(folder, "имя,b\n".encode("cp1251"))
    assert sheet.filled({(0, 1): "配列: 3"}) == 'имя,"&#37197;&#21015;: 3"\n'.encode("cp1251")


def test_a_file_that_could_not_be_written_back_is_told(folder):
    with pytest.raises(CourseFault) as raised:
        sheet_of(folder, b"\x98 is nothing in cp1251,b\n")
    assert raised.value.fault is FaultKind.BAD_TABLE


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_is_no_formula(text):
    assert as_text(text) == f"'{text}"
    assert as_text(f"a{text}") == f"a{text}"


def test_a_number_stays_one():
    assert [as_number(each) for each in (-2, 0, 10.125, 2.5)] == ["-2.00", "0.00", "10.13", "2.50"]
    assert as_number(67.5, comma=True) == "67,50"


def test_what_is_read_of_a_mark_is_what_is_exported():
    assert [as_number_in("ru", each) for each in (13.05, 1.45, 1.125, 13)] == ["13,05", "1,45", "1,13", "13"]
    assert as_number_in("en", 1.125) == "1.13"
