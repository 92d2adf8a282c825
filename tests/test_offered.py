"""Every file of data that is offered, as the programs that open it see it: pandas, R, DuckDB,
SQLite and a spreadsheet program find the types that the schema declares, and nothing to run or to
rewrite.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pytest

from analysis.exhibits import INLINE
from analysis.tables import PACKAGE, describe, names
from tools import columns, downloads, editions, spreadsheets
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

    @property
    def columns(self) -> list[tuple[str, ...]]:
        return list(zip(*self.cells[1:], strict=True))


@cache
def offered() -> list[Offered]:
    tables = [describe(name) for name in names()]
    described = package(EXHIBITS, Edition.of(ROOT))["resources"]
    return [
        *(Offered(t["path"], (PACKAGE.parent / t["path"]).read_bytes(), t["schema"]["fields"])
          for t in tables),
        *(Offered(r["path"], e.files[".csv"], r["schema"]["fields"])
          for e, r in zip(EXHIBITS, described, strict=True)),
        Offered(downloads.EDITIONS, editions.content(), editions.resource()["schema"]["fields"]),
    ]  # fmt: skip


def test_every_csv_file_that_is_offered_is_read_here(site: Path) -> None:
    read = {file.content for file in offered()}
    there = {path: path.read_bytes() for path in site.rglob("*.csv")}
    assert {path.name for path, content in there.items() if content not in read} == set()
    assert len(read) == len(set(there.values()))


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


# What readr takes a column for if all of its values are so, in the order in which it asks (readr 2,
# "Column type"); a number that begins with nought is text, and a comma groups digits.
BY_READR = {
    "logical": re.compile("T|F|TRUE|FALSE|true|false"),
    "numeric": re.compile(r"[-+]?(?!0\d)[\d,]*\.?\d+(e[-+]?\d+)?|-?Inf|NaN", re.IGNORECASE),
    "hms": re.compile(r"\d\d?:\d\d(:\d\d(\.\d+)?)?( ?[AaPp][Mm])?"),
    "Date": re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?"),
    "POSIXct": re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d.*"),
    "character": re.compile(".*", re.DOTALL),
}
IN_R = {"boolean": "logical", "integer": "numeric", "number": "numeric", "date": "Date"}
TYPES_IN_R = """
options(readr.show_progress = FALSE)
for (file in commandArgs(TRUE)) {
  read <- readr::read_csv(file, show_col_types = FALSE, guess_max = Inf, name_repair = "minimal")
  stopifnot(nrow(readr::problems(read)) == 0)
  kinds <- vapply(read, function(x) if (all(is.na(x))) "empty" else class(x)[1], "")
  cat(basename(file), paste(kinds, collapse = " "), "\\n")
}
"""


def seen_by_r(files: list[Offered], folder: Path) -> dict[str, list[str]]:
    """The class of each column of each file, by readr itself where R has it, else by its rules."""
    program = shutil.which("Rscript")
    if not program or subprocess.run([program, "-e", "quit(status = !require(readr))"]).returncode:
        return {file.path: [kind_by_rule(column) for column in file.columns] for file in files}
    paths = {f"{number}.csv": file for number, file in enumerate(files)}
    for name, file in paths.items():
        (folder / name).write_bytes(file.content)
    (folder / "types.R").write_text(TYPES_IN_R, encoding="utf-8")
    told = subprocess.run(
        [program, "types.R", *paths], cwd=folder, capture_output=True, text=True, check=True
    )
    lines = [line.split() for line in told.stdout.splitlines()]
    return {paths[name].path: kinds for name, *kinds in lines}


def kind_by_rule(cells: tuple[str, ...]) -> str:
    known = [cell for cell in cells if cell not in ("", "NA")]
    fits = (kind for kind, rule in BY_READR.items() if all(map(rule.fullmatch, known)))
    return next(fits) if known else "empty"


@pytest.mark.slow
def test_r_finds_the_types_of_the_schema(tmp_path: Path) -> None:
    seen = seen_by_r(offered(), tmp_path)
    wrong = []
    for file in offered():
        for field, kind in zip(file.fields, seen[file.path], strict=True):
            if kind not in {IN_R.get(field["type"], "character"), "empty"}:
                wrong.append(f"{file.path}: {field['name']}: {field['type']} is read as {kind}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("file", offered(), ids=lambda file: file.path)
def test_the_rules_of_readr_give_the_types_of_the_schema(file: Offered) -> None:
    for field, cells in zip(file.fields, file.columns, strict=True):
        wanted = {IN_R.get(field["type"], "character"), "empty"}
        assert kind_by_rule(cells) in wanted, field["name"]


IN_DUCKDB = {"boolean": {"BOOLEAN"}, "integer": {"BIGINT"}, "number": {"BIGINT", "DOUBLE"},
             "date": {"DATE"}}  # fmt: skip


@pytest.mark.parametrize("file", offered(), ids=lambda file: file.path)
def test_duckdb_finds_the_types_of_the_schema(file: Offered, tmp_path: Path) -> None:
    path = tmp_path / "offered.csv"
    path.write_bytes(file.content)
    read = duckdb.read_csv(str(path), sample_size=-1)
    assert read.columns == [field["name"] for field in file.fields]
    wrong = [
        f"{field['name']}: {field['type']} is read as {kind}"
        for field, kind, cells in zip(file.fields, read.types, file.columns, strict=True)
        # Of a column without a value it makes text.
        if any(cells) and str(kind) not in IN_DUCKDB.get(field["type"], {"VARCHAR"})
    ]
    assert not wrong, f"{file.path}: {wrong}"


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
    assert opened.resource_names == [*(exhibit.exhibit_id for exhibit in EXHIBITS), editions.NAME]
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
    assert len(seen) == 3 + len(names()) + 1 + len(EXHIBITS) + 1
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
    assert listed == [
        *((e.number, e.title, e.exhibit_id) for e in EXHIBITS),
        (None, editions.TITLE, editions.NAME),
    ]
    assert list(book[editions.NAME].iter_rows(min_row=2, values_only=True)) == [
        tuple(row) for row in editions.rows()
    ]
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


def descriptor() -> list[dict[str, Any]]:
    return json.loads(downloads.exhibit_files()["datapackage.json"])["resources"]


def test_the_descriptor_of_the_exhibits_names_units_and_ends() -> None:
    growth = next(r for r in descriptor() if r["name"] == "stock-growth")
    fields = {field["name"]: field for field in growth["schema"]["fields"]}
    low = fields["Start, millions (low)"]
    assert (low["type"], low["unit"]) == ("number", "millions")
    told = "Migrants at the start of the period. Lower end; empty where there is none."
    assert low["description"] == told
    assert growth["sources"], "an exhibit without a source"


def test_every_column_of_an_exhibit_has_a_meaning_and_every_number_a_unit() -> None:
    wrong = [
        f"book/columns.csv: no {part} of column {field['name']!r} of {resource['name']}"
        for resource in descriptor()
        for field in resource["schema"]["fields"]
        for part in ("description", *(["unit"] if field["type"] in ("integer", "number") else []))
        if not field.get(part)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_reader_of_packages_for_r_takes_every_exhibit() -> None:
    """What frictionless-r asks for, as of the tables in `tests/test_tables.py`."""
    for resource in descriptor():
        assert (resource["profile"], resource["encoding"]) == ("tabular-data-resource", "utf-8")
        assert "/" not in resource["path"]
        kinds = {field["type"] for field in resource["schema"]["fields"]}
        assert kinds <= {"string", "number", "integer", "boolean", "date"}, resource["name"]


def test_no_meaning_is_kept_of_a_column_that_is_gone() -> None:
    heads = {e.exhibit_id: {head["name"] for head in e.heads} for e in EXHIBITS}
    every = set().union(*heads.values())
    gone = [key for key in columns.columns() if key[0] not in heads.get(key[1], every)]
    gone += [key for key in columns.columns() if key[1] and key[1] not in heads]
    assert not gone, f"book/columns.csv: no exhibit has {gone}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("column,meaning\n", "row 1: .*expected: .*'exhibit'"),
        ("column,exhibit,unit,meaning\nStart,,\n", "row 2: .*expected: a column"),
        ("column,exhibit,unit,meaning\nStart,,,\n", "row 2: .*a meaning"),
        ("column,exhibit,unit,meaning\nA,,,One.\nA,,,Two.\n", "row 3: .*no row above"),
    ],
)
def test_a_faulty_row_on_columns_is_told(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "columns.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"columns.csv: {told}"):
        columns.columns(tmp_path / "columns.csv")


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
