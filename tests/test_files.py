"""What is wrong with a file of a table, told to the letter: place, value, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import files

FIELDS = [
    {"name": "id", "type": "string"}, {"name": "day", "type": "date"},
    {"name": "count", "type": "integer"}, {"name": "known", "type": "boolean"},
]  # fmt: skip
HEAD = b"id,day,count,known\n"
ROW = b"a,2003-07-01,25,true\n"


def told(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return files.problems(path, "t.csv", FIELDS)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_a_file_as_it_should_be_has_no_problem(table: Path) -> None:
    assert told(table, HEAD + ROW) == []
    assert told(table, HEAD + b"a,,,\n") == []
    assert told(table, (HEAD + ROW).replace(b"\n", b"\r\n")) == []
    assert told(table, HEAD + "Curaçao,,-3,false\n".encode()) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "row 1: column 'id' is missing; the file is empty; expected: id, day, count, known"),
        (b"id,day,count\n" + ROW,
         "row 1: column 'known' is missing; expected: id, day, count, known"),
        (b"id,day,count,known,note\n", "row 1: column 'note' is not in the schema; "
         "expected: id, day, count, known"),
        (b"id,day,day,known\n", "row 1: column 'count' is missing; column 'day' stands twice; "
         "expected: id, day, count, known"),
        (b"day,id,count,known\n", "row 1: columns out of order; expected: id, day, count, known"),
        (HEAD + ROW + b"b,2003-07-01,25\n",
         "row 3: 3 cells, 'b,2003-07-01,25': expected: 4 cells, one a field"),
        (HEAD + b'a,"2003\n', "row 2: unexpected end of data; expected: cells between commas, "
         "each quotation mark closed and doubled within"),
        (HEAD + b" a,,,\n", "row 2: field 'id': value ' a': expected: no space at either end"),
        (HEAD + "\u00a0a,,,\n".encode(),
         "row 2: field 'id': value '\\xa0a': expected: no space at either end"),
        (HEAD + "e\u0301,,,\n".encode(), "row 2: field 'id': value 'e\u0301': expected: "
         "letters and their accents as one character (Unicode's form NFC)"),
        (HEAD + "a\u202eb,,,\n".encode(), "row 2: field 'id': value 'a\\u202eb': expected: text "
         "without U+202E, RIGHT-TO-LEFT OVERRIDE"),
        (HEAD + b"a\x07b,,,\n", "row 2: field 'id': value 'a\\x07b': expected: text without "
         "U+0007, a control character"),
        (HEAD + b"=1+1,,,\n", "row 2: field 'id': value '=1+1': expected: text that no "
         "spreadsheet takes for a formula"),
        (b"\xef\xbb\xbf" + HEAD + ROW, "row 1: a byte order mark; expected: utf-8 without one"),
        (HEAD + b"\xe9,,,\n", "row 2: byte 0xe9 is not UTF-8; expected encoding: utf-8"),
        ((HEAD + ROW).decode().encode("utf-16"),
         "row 1: the mark of UTF-16; expected encoding: utf-8"),
        (HEAD + b"a,,\r,\n", "row 2: a carriage return; expected: line feeds as line ends"),
        (HEAD + b"<<<<<<< ours\n" + ROW,
         "row 2: <<<<<<<: expected: a merge that is finished"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(table: Path, content: bytes, line: str) -> None:
    assert told(table, content) == [f"t.csv: {line}"]


@pytest.mark.parametrize(
    ("row", "field", "kind"),
    [(b"a,1 July 2003,,\n", "'day': value '1 July 2003'", "date, "),
     (b"a,2003-7-01,,\n", "'day': value '2003-7-01'", "date, "),
     (b"a,,1.5,\n", "'count': value '1.5'", "integer, "),
     (b"a,,,yes\n", "'known': value 'yes'", "boolean, ")],
)  # fmt: skip
def test_a_cell_is_spelt_as_its_type_asks(table: Path, row: bytes, field: str, kind: str) -> None:
    (line,) = told(table, HEAD + row)
    assert line.startswith(f"t.csv: row 2: field {field}: expected: {kind}")


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    lost = tmp_path / "lost.csv"
    assert files.problems(lost, "t.csv", FIELDS) == [
        "t.csv: the file is missing; expected: a file of this name"
    ]
    lost.mkdir()
    (line,) = files.problems(lost, "t.csv", FIELDS)
    assert line.endswith("; expected: a file that can be read")


def test_of_many_problems_the_worst_few_are_told_and_the_rest_counted(table: Path) -> None:
    lines = told(table, HEAD + b"a,,x,\n" * (files.WORST + 3))
    assert lines[: files.WORST] == [
        f"t.csv: row {n}: field 'count': value 'x': expected: integer, "
        f"{files.SPELLINGS['integer'][1]}"
        for n in range(2, files.WORST + 2)
    ]
    assert lines[files.WORST :] == ["t.csv: and 3 more problems"]
    # One more would take the place of saying so.
    assert len(told(table, HEAD + b"a,,x,\n" * (files.WORST + 1))) == files.WORST + 1


def test_a_long_value_is_shortened() -> None:
    assert files.shortened("x" * 118) == f"'{'x' * 118}'"
    assert files.shortened("x" * 119) == f"'{'x' * 99}… (119 characters)"
    assert files.shortened("a\nb") == "'a\\nb'"
    assert files.shortened("é\u202e") == "'\\xe9\\u202e'"


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"[]", "list; expected: an object, in braces"),
     (b'{"a": 1,\n "a": 2}', "'a' stands twice; expected: once"),
     (b'{"a":\n]', "row 2: column 1: Expecting value; expected: JSON")],
)  # fmt: skip
def test_what_is_no_object_of_json_is_told(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "schema.json"
    path.write_bytes(content)
    with pytest.raises(files.TableError) as caught:
        files.described(path, "s.json")
    assert str(caught.value) == f"s.json: {line}"


def test_an_object_of_json_is_read(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_bytes(b'{"a": [1]}')
    assert files.described(path, "s.json") == {"a": [1]}
