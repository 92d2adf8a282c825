"""Every file of data that is offered, as the programs that open it see it: pandas, SQLite and a
spreadsheet program find the types that the schema declares, and nothing to run or to rewrite.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import frictionless
import openpyxl
import pandas as pd
import pytest

from analysis.exhibits import INLINE
from analysis.tables import PACKAGE, describe, names
from tools import downloads, spreadsheets
from tools.edition import Edition
from tools.exhibits import exhibits, package
from tools.workbook import of_exhibits, of_package

ROOT = Path(__file__).resolve().parent.parent
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A number, or an interval, as readers see it; "below 0.001" and "7.0 million" are neither.
SHOWN = re.compile(r"(?P<first>[−-]?[\d,]+(\.\d+)?)( to (?P<last>[−-]?[\d,]+(\.\d+)?))?")
# A spreadsheet program runs what begins so; a tab and a line's end come before it unseen.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
EXHIBITS = exhibits(ROOT)


class Offered(NamedTuple):
    """A file: its path among the downloads, its bytes and the fields of its schema."""

    path: str
    content: bytes
    fields: list[dict[str, Any]]

    @property
    def cells(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.content.decode("utf-8"), newline="")))


@cache
def offered() -> list[Offered]:
    tables = [describe(name) for name in names()]
    described = package(EXHIBITS, Edition.of(ROOT))["resources"]
    return [
        *(Offered(t["path"], (PACKAGE.parent / t["path"]).read_bytes(), t["schema"]["fields"])
          for t in tables),
        *(Offered(r["path"], e.files[".csv"], r["schema"]["fields"])
          for e, r in zip(EXHIBITS, described, strict=True)),
    ]  # fmt: skip


def seen_by_pandas(column: pd.Series) -> set[str]:
    """The types of a schema that are read as a column such as pandas made of it."""
    kinds = pd.api.types
    if column.isna().all():
        return {"string", "integer", "number", "boolean", "date"}
    if kinds.is_bool_dtype(column) or set(column.dropna().map(str)) <= {"True", "False"}:
        return {"boolean"}
    if kinds.is_integer_dtype(column):
        return {"integer", "number", "year"}
    if kinds.is_float_dtype(column):
        # pandas has no integer that is missing.
        whole = column.dropna().map(float.is_integer).all()
        return {"number", "integer", "year"} if whole else {"number"}
    return {"string", "date"} if column.dropna().map(DAY.fullmatch).all() else {"string"}


@pytest.mark.parametrize("file", offered(), ids=lambda file: file.path)
def test_pandas_finds_the_types_of_the_schema(file: Offered) -> None:
    read = pd.read_csv(io.BytesIO(file.content))
    assert read.columns.tolist() == [field["name"] for field in file.fields]
    found = {
        field["name"]: (field["type"], str(read[field["name"]].dtype))
        for field in file.fields
        if field["type"] not in seen_by_pandas(read[field["name"]])
    }
    assert not found, f"{file.path}: declared and read: {found}"
    # No word is taken for missing, and nothing missing for a word.
    empty = sum(cell == "" for row in file.cells[1:] for cell in row)
    assert int(read.isna().sum().sum()) == empty


def affinities(file: Offered) -> Iterator[tuple[str, str, set[str]]]:
    """Field, declared type and the classes that SQLite stores, by the affinity of NUMERIC."""
    connection = sqlite3.connect(":memory:")
    heads, *rows = file.cells
    columns = ", ".join('"{}" NUMERIC'.format(head.replace('"', '""')) for head in heads)
    connection.execute(f"CREATE TABLE t ({columns})")
    marks = ", ".join("?" * len(heads))
    connection.executemany(
        f"INSERT INTO t VALUES ({marks})", [[cell or None for cell in row] for row in rows]
    )
    for place, field in enumerate(file.fields):
        name = heads[place].replace('"', '""')
        kinds = connection.execute(f'SELECT DISTINCT typeof("{name}") FROM t').fetchall()
        yield field["name"], field["type"], {kind for (kind,) in kinds} - {"null"}


@pytest.mark.parametrize("file", offered(), ids=lambda file: file.path)
def test_sqlite_stores_numbers_as_numbers(file: Offered) -> None:
    allowed = {"integer": {"integer"}, "year": {"integer"}, "number": {"integer", "real"}}
    wrong = []
    for name, kind, stored in affinities(file):
        if not stored <= allowed.get(kind, {"text", "integer", "real"}):
            wrong.append(f"{name}: {kind} is stored as {stored}")
        if kind not in allowed and stored and stored <= {"integer", "real"}:
            wrong.append(f"{name}: {kind} holds numbers alone")
    assert not wrong, f"{file.path}: {wrong}"


@pytest.mark.parametrize("file", offered(), ids=lambda file: file.path)
def test_no_cell_of_a_csv_file_is_run_by_a_spreadsheet(file: Offered) -> None:
    run = [
        f"row {number}: {cell[:40]!r}"
        for number, row in enumerate(file.cells, start=1)
        for cell in row
        if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)
    ]
    assert not run, f"{file.path}: {run}"


def test_every_exhibit_is_valid_by_its_own_schema(tmp_path: Path) -> None:
    for path, content in downloads.exhibit_files().items():
        (tmp_path / path).write_bytes(content)
    opened = frictionless.Package(str(tmp_path / "datapackage.json"))
    assert opened.resource_names == [exhibit.exhibit_id for exhibit in EXHIBITS]
    report = opened.validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]


def test_an_exhibit_shows_the_numbers_that_its_file_holds() -> None:
    """A head in millions above a file in persons would be found here, and a wrong rounding."""
    wrong, compared = [], 0
    for exhibit in EXHIBITS:
        place = {head["name"]: number for number, head in enumerate(exhibit.heads)}
        for column, field in enumerate(exhibit.fields):
            if field["type"] not in ("number", "integer"):
                continue
            head, last = field.get("interval", field["name"]), field["name"].endswith("(high)")
            # Of a long figure's data the page shows the first rows.
            assert len(exhibit.shown) in {len(exhibit.rows), INLINE}, exhibit.exhibit_id
            for row, shown in zip(exhibit.rows, exhibit.shown, strict=False):
                told = SHOWN.fullmatch(shown[place[head]])
                if not (row[column] and told):
                    continue
                text = (told["last"] if last and told["last"] else told["first"]).replace(",", "")
                text, value = text.replace("−", "-"), float(row[column])
                half = 0.5 * 10.0 ** -len(text.partition(".")[2]) + 1e-9
                compared += 1
                # What is told to three digits may be a half of the third away.
                if abs(float(text) - value) > max(half, abs(value) * 0.005):
                    wrong.append(f"{exhibit.exhibit_id}: {field['name']}: {row[column]} as {text}")
    assert compared > 1000
    assert not wrong, "\n".join(wrong)


# --- Workbooks ---------------------------------------------------------------------------------


def sheets() -> Iterator[tuple[str, Any]]:
    made = {
        downloads.XLSX: of_package(dt.date(2026, 1, 2)),
        downloads.WORKBOOK: of_exhibits(EXHIBITS, Edition.of(ROOT)),
    }
    for name, content in made.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            yield f"{name}: {sheet.title}", sheet


def test_no_cell_of_a_workbook_is_run_or_rewritten() -> None:
    seen = dict(sheets())
    assert len(seen) == 3 + len(names()) + 1 + len(EXHIBITS)
    for where, sheet in seen.items():
        assert len(sheet.title) <= 31, f"{where}: longer than Excel takes"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{where}: {cell.coordinate} is a formula"
                if isinstance(cell.value, str) and len(cell.value) <= 255:
                    # In the format of text, what is typed over "2003-09" stays as it is.
                    assert (cell.data_type, cell.number_format) == ("s", "@"), where


def test_the_workbook_of_exhibits_holds_what_their_files_hold() -> None:
    content = of_exhibits(EXHIBITS, Edition.of(ROOT))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    listed = [row[:3] for row in book["exhibits"].iter_rows(min_row=2, values_only=True)]
    assert listed == [(e.number, e.title, e.exhibit_id) for e in EXHIBITS]
    for exhibit in EXHIBITS:
        rows = book[exhibit.exhibit_id].iter_rows(values_only=True)
        heads, *lines = ([_plain(cell) for cell in row] for row in rows)
        fields = [field["name"] for field in exhibit.fields]
        assert heads == fields
        width = len(fields)
        given = [[_typed(c, f) for c, f in zip(row, exhibit.fields, strict=True)]
                 for row in exhibit.rows]  # fmt: skip
        assert [line + [None] * (width - len(line)) for line in lines] == given


def _plain(value: object) -> object:
    return value.date() if isinstance(value, dt.datetime) else value


def _typed(text: str, field: dict[str, str]) -> object:
    if not text:
        return None
    if field["type"] in ("integer", "number"):
        return float(text)
    if field["type"] == "boolean":
        return text == "true"
    return dt.date.fromisoformat(text) if field["type"] == "date" else text


def test_the_descriptor_of_the_exhibits_names_units_and_ends() -> None:
    described = json.loads(downloads.exhibit_files()["datapackage.json"])
    growth = next(r for r in described["resources"] if r["name"] == "stock-growth")
    fields = {field["name"]: field for field in growth["schema"]["fields"]}
    low = fields["Start, millions (low)"]
    assert (low["type"], low["unit"]) == ("number", "millions")
    assert low["description"] == "Lower end of “Start, millions”; empty where there is none."
    assert growth["sources"], "an exhibit without a source"


FIELDS = [{"name": "a", "type": "string"}, {"name": "n", "type": "number"}]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([["a", "n"], ["2003-09", "1.50"]], 0),  # the same number, written otherwise
        ([["a", "n"], ["2003-09-01", "1.5"]], 1),  # a month that became a day
        ([["a", "n"], ["2003-09", ""]], 1),
        ([["a", "n"]], 1),
    ],
)
def test_a_cell_that_a_spreadsheet_rewrites_is_named(found: list[list[str]], told: int) -> None:
    given = [["a", "n"], ["2003-09", "1.5"]]
    assert len(list(spreadsheets.differing("sheet", given, found, FIELDS))) == told
