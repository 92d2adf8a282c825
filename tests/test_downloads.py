"""The downloads: complete, fresh, the same from run to run, and loaded as the page says."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import nbformat
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from analysis import migrants
from analysis.exhibits import MIME
from analysis.tables import PACKAGE, TableError, describe, load, names
from tools import croissant, downloads, uses
from tools.archive import archive
from tools.database import database
from tools.parquet import parquet
from tools.records import records
from tools.workbook import of_package

ROOT = Path(__file__).resolve().parent.parent
DATE = dt.date(2026, 1, 2)
DATA = PACKAGE.parent
# What the descriptor of the package keeps in a file of its own, for each table.
PARTS = ("path", "schema")
PAPERS = {"CITATION.cff", "LICENSE.txt"}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """All files; the findings, which take long, stand for themselves in a test of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(downloads.register, "as_json", lambda: "[]\n")
        return downloads.files.__wrapped__("")


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / "book" / "downloads.html").read_text("utf-8"), "html.parser")


def offered(site: Path) -> dict[str, bytes]:
    folder = site / "_static" / "downloads"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def header(content: bytes) -> list[str]:
    return next(csv.reader(content.decode().splitlines()))


# --- The page and its files --------------------------------------------------------------------


def test_the_files_of_the_site_are_those_that_the_data_give_now(
    site: Path, made: dict[str, bytes]
) -> None:
    there = offered(site)
    assert set(there) == set(made)
    stale = [
        path
        for path, content in made.items()
        if path not in (downloads.FINDINGS, downloads.CHECKSUMS) and there[path] != content
    ]
    assert not stale, f"the site offers other files than the data give: {stale}"


def test_every_listed_size_is_that_of_the_file(site: Path, page: BeautifulSoup) -> None:
    rows = page.select("table.downloads-whole tbody tr")
    assert len(rows) == len(downloads.WHOLE)
    for row in rows:
        link = row.select_one("a")
        assert isinstance(link, Tag)
        content = (site / "book" / str(link["href"])).resolve().read_bytes()
        thousands = int(row.select(".num")[0].get_text().removesuffix(" kB").replace(",", ""))
        assert abs(thousands * 1000 - len(content)) <= 1000


def test_every_table_has_one_row_with_its_extent_and_its_files(
    site: Path, page: BeautifulSoup
) -> None:
    rows = page.select("table.data-tables tbody tr")
    links = [row.select_one("th a") for row in rows]
    assert [str(link["href"]) for link in links if link] == [f"#{name}" for name in names()]
    for row, name in zip(rows, names(), strict=True):
        csv_link, parquet_link, schema_link = row.select("td a")
        columns = duckdb.read_parquet(str(site / "book" / str(parquet_link["href"]))).columns
        assert columns == [field["name"] for field in describe(name)["schema"]["fields"]]
        content = (site / "book" / str(csv_link["href"])).resolve().read_bytes()
        records_there = list(csv.reader(io.StringIO(content.decode(), newline="")))
        assert row.select(".num")[0].get_text() == f"{len(records_there) - 1:,}"
        schema = (site / "book" / str(schema_link["href"])).resolve().read_text("utf-8")
        assert [field["name"] for field in json.loads(schema)["fields"]] == header(content)
        fold = page.find(id=name)
        assert isinstance(fold, Tag)
        assert fold.find_parent("details", class_="data-dictionaries")


def test_the_list_of_checksums_covers_every_file(site: Path) -> None:
    there = offered(site)
    lines = there.pop(downloads.CHECKSUMS).decode().splitlines()
    listed = {path: digest for digest, path in (line.split("  ") for line in lines)}
    assert listed == {path: downloads.checksum(content) for path, content in there.items()}
    # The digest of the empty message, from FIPS 180-4's published examples.
    assert downloads.checksum(b"").startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_the_findings_offered_are_those_that_the_book_shows(site: Path) -> None:
    found = json.loads(offered(site)[downloads.FINDINGS])
    text = (site / "book" / "findings.html").read_text("utf-8")
    shown = " ".join(BeautifulSoup(text, "html.parser").get_text().split())
    assert len(found) > 10
    missing = [f["finding_id"] for f in found if " ".join(f["sentence"].split()) not in shown]
    assert not missing, f"not on the page of findings: {missing}"


@pytest.mark.parametrize("name", names())
def test_every_table_is_described_whole(page: BeautifulSoup, name: str) -> None:
    table = describe(name)
    section = page.find(id=name)
    assert isinstance(section, Tag)
    # Without a separator: explained acronyms are elements within a sentence.
    text = " ".join(section.get_text().split())
    with (DATA / table["path"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert f"{len(rows):,} row" in text
    assert f"{len(header)} fields" in text
    fields = [cell.get_text() for cell in section.select("table.dictionary tbody th")]
    assert fields == header
    for field in table["schema"]["fields"]:
        assert " ".join(field["description"].split()) in text
        assert field.get("unit", "") in text
    heads = [head.get_text() for head in section.select("dt")]
    assert {"Download", "Extent", "Completeness", "Sources", "Licence", "Used in"} <= set(heads)


def test_the_page_holds_the_data_set_for_search_engines(page: BeautifulSoup) -> None:
    script = page.find("script", type="application/ld+json")
    assert isinstance(script, Tag)
    described = json.loads(str(script.string))
    assert described["@type"] == "Dataset"
    assert len(described["distribution"]) == len(names())


def test_every_notebook_can_be_had(site: Path, page: BeautifulSoup) -> None:
    links = {str(a["href"]) for a in page.select('a[href$=".ipynb"]')}
    assert {Path(link).stem for link in links} == {p.stem for p in (ROOT / "book").glob("*.ipynb")}
    for link in links:
        offered_notebook = (site / "book" / link).resolve()
        assert nbformat.read(offered_notebook, as_version=4).cells


# --- The formats -------------------------------------------------------------------------------


def test_the_archive_holds_the_package_as_it_stands(made: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[downloads.ZIP])) as bundle:
        assert bundle.testzip() is None
        inside = {name: bundle.read(name) for name in bundle.namelist()}
    described = json.loads(inside["datapackage.json"])
    for path in (resource[part] for resource in described["resources"] for part in PARTS):
        assert inside.pop(path) == (DATA / path).read_bytes().replace(b"\r\n", b"\n")
    assert set(inside) == {"datapackage.json", *PAPERS}


def test_the_archive_opens_as_a_package_wherever_it_is_unpacked(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(made[downloads.ZIP])) as bundle:
        bundle.extractall(tmp_path)
    opened = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("un_members")
    assert opened.validate().valid
    assert opened.schema.field_names == header(made["data/record/un_members.csv"])


def test_an_archive_depends_on_its_content_alone() -> None:
    first = archive({"a.txt": b"a", "b/c.txt": b"c"}, DATE)
    assert archive({"a.txt": b"a", "b/c.txt": b"c"}, DATE) == first
    with zipfile.ZipFile(io.BytesIO(first)) as bundle:
        assert {entry.date_time for entry in bundle.infolist()} == {(2026, 1, 2, 0, 0, 0)}


def test_the_workbook_holds_every_table_with_its_types(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made[downloads.XLSX]), read_only=True)
    assert book.sheetnames == ["about", "tables", "dictionary", *names()]
    for name in names():
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        width = len(describe(name)["schema"]["fields"])
        expected = [
            [dt.datetime(c.year, c.month, c.day) if isinstance(c, dt.date) else c for c in row]
            for row in records(name)
        ]
        # A reader leaves out empty cells at the end of a row.
        padded = [row + [None] * (width - len(row)) for row in rows[1:]]
        assert padded == expected, name


def test_the_editions_stand_beside_one_another(made: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(made[downloads.EDITIONS].decode())))
    known = {(row["m49"], row["year"]): row for row in rows}
    assert len(known) == len(rows)
    countries = migrants.countries()
    listed = countries[countries["year"].isin([1990, 2000, 2010]) & (countries["persons"] > 0)]
    for edition, m49, year, persons in listed[["edition", "m49", "year", "persons"]].to_numpy():
        assert known[str(m49), str(year)][f"edition_{edition}"] == str(persons)
    cells = [row[name] for row in rows for name in row if name.startswith("edition_")]
    assert sum(map(bool, cells)) == len(listed)


def test_the_workbook_says_nothing_of_when_it_was_saved() -> None:
    with zipfile.ZipFile(io.BytesIO(of_package(DATE))) as bundle:
        core = bundle.read("docProps/core.xml").decode()
        dates = {entry.date_time[:3] for entry in bundle.infolist()}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-02T00:00:00Z"}
    assert dates == {(2026, 1, 2)}


def test_the_database_has_every_row_and_its_keys_hold(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    connection = opened(made[downloads.SQLITE], tmp_path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in names():
        schema = describe(name)["schema"]
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        assert [column[1] for column in columns] == [field["name"] for field in schema["fields"]]
        assert {c[1] for c in columns if c[5]} == set(schema["primaryKey"])
        keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        assert len(keys) == len(schema.get("foreignKeys", []))
        with (DATA / describe(name)["path"]).open(encoding="utf-8", newline="") as file:
            expected = len(list(csv.reader(file))) - 1
        assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (expected,)


def opened(content: bytes, folder: Path) -> sqlite3.Connection:
    path = folder / downloads.SQLITE
    path.write_bytes(content)
    return sqlite3.connect(path)


@pytest.fixture(scope="module")
def unpacked(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the tables as Parquet."""
    folder = tmp_path_factory.mktemp("parquet")
    with zipfile.ZipFile(io.BytesIO(made[downloads.PARQUET])) as bundle:
        bundle.extractall(folder)
    return folder


# What each type of a schema becomes, in DuckDB and in the data frame that it gives to pandas;
# a column with gaps has pandas' type for them.
COLUMNS = {
    "integer": ("BIGINT", {"int64", "Int64", "float64"}),
    "number": ("DOUBLE", {"float64"}),
    "boolean": ("BOOLEAN", {"bool", "boolean", "object"}),
    "date": ("DATE", {"datetime64[s]", "datetime64[us]"}),
    "string": ("VARCHAR", {"str", "object"}),
}


@pytest.mark.parametrize("name", names())
def test_parquet_keeps_types_gaps_and_the_order_of_rows(unpacked: Path, name: str) -> None:
    table = describe(name)
    file = str(unpacked / Path(table["path"]).with_suffix(".parquet"))
    read = duckdb.read_parquet(file)
    kinds = [COLUMNS.get(field["type"], COLUMNS["string"]) for field in table["schema"]["fields"]]
    assert [str(kind) for kind in read.types] == [kind for kind, _ in kinds]
    assert [list(row) for row in read.fetchall()] == records(name)
    frame = read.df()
    assert frame.columns.tolist() == [field["name"] for field in table["schema"]["fields"]]
    for column, (_, allowed) in zip(frame, kinds, strict=True):
        assert str(frame[column].dtype) in allowed, column
    with (DATA / table["path"]).open(encoding="utf-8", newline="") as csv_file:
        cells = [cell for row in list(csv.reader(csv_file))[1:] for cell in row]
    assert int(frame.isna().sum().sum()) == cells.count("")
    held = duckdb.execute("SELECT value FROM parquet_kv_metadata(?) WHERE key = 'schema'", [file])
    (found,) = held.fetchall()
    assert json.loads(found[0]) == table["schema"]


def test_the_archive_of_parquet_holds_every_table(unpacked: Path) -> None:
    inside = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert inside == PAPERS | {describe(n)["path"].replace(".csv", ".parquet") for n in names()}


def test_parquet_is_the_same_from_run_to_run(tmp_path: Path) -> None:
    path = package(tmp_path, "=a,1,2003-10-01,true,", "NA,,,,=a")
    assert parquet(path) == parquet(path)
    (tmp_path / "t.parquet").write_bytes(parquet(path)["t.parquet"])
    assert duckdb.read_parquet(str(tmp_path / "t.parquet")).fetchall() == [
        ("=a", 1, dt.date(2003, 10, 1), True, None),
        ("NA", None, None, None, "=a"),
    ]


@pytest.mark.parametrize("name", ["statements", "un_members", "treaty_actions"])
def test_plain_records_say_what_the_validated_table_says(name: str) -> None:
    table = load(name)
    for record, row in zip(records(name), table.itertuples(index=False), strict=True):
        for plain, typed in zip(record, row, strict=True):
            if plain is None:
                assert pd.isna(typed)
            elif isinstance(plain, dt.date):
                assert typed == pd.Timestamp(plain)
            else:
                assert typed == plain


SCHEMA: dict[str, Any] = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "string", "title": "Id", "description": "Its name."},
        {"name": "n", "type": "integer", "title": "N", "description": "A number."},
        {"name": "day", "type": "date", "title": "Day", "description": "A day."},
        {"name": "true", "type": "boolean", "title": "True", "description": "Whether."},
        {"name": "above", "type": "string", "title": "Above", "description": "Another row."},
    ],
    "foreignKeys": [{"fields": ["above"], "reference": {"resource": "t", "fields": ["id"]}}],
}  # fmt: skip


def package(folder: Path, *rows: str) -> Path:
    described = {
        "title": "T", "version": "1", "description": "D", "licenses": [{"name": "L"}],
        "contributors": [{"title": "C"}], "sources": [],
        "resources": [{"name": "t", "path": "t.csv", "title": "T", "description": "D",
                       "completeness": "C", "schema": SCHEMA}],
    }  # fmt: skip
    (folder / "t.csv").write_text("\n".join(["id,n,day,true,above", *rows, ""]), encoding="utf-8")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(described), encoding="utf-8")
    return path


def test_cells_get_their_types_and_an_empty_one_is_missing(tmp_path: Path) -> None:
    path = package(tmp_path, "=a,1,2003-10-01,true,", "NA,,,,=a")
    assert records("t", path) == [
        ["=a", 1, dt.date(2003, 10, 1), True, None],
        ["NA", None, None, None, "=a"],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(of_package(DATE, path)))["t"]
    assert sheet["A2"].data_type == "s", "text that begins with an equals sign became a formula"
    assert [cell.value for cell in sheet[2]][:2] == ["=a", 1]
    assert sheet["A3"].value == "NA"


def test_a_cell_of_another_type_is_named(tmp_path: Path) -> None:
    path = package(tmp_path, "a,1,,,", "b,one,,,")
    with pytest.raises(TableError, match=r"t\.csv: row 3: field 'n': value 'one': .*integer"):
        records("t", path)


@pytest.mark.parametrize("row", ["b,1,,,nobody", "a,1,,,"])
def test_the_database_refuses_a_broken_key(tmp_path: Path, row: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database(package(tmp_path, "a,1,,,", row))


def test_croissant_names_files_and_columns_that_exist(made: dict[str, bytes]) -> None:
    described = json.loads(made[downloads.CROISSANT])
    contents = {f["@id"]: made[f["contentUrl"]] for f in described["distribution"]}
    for file in described["distribution"]:
        assert file["sha256"] == downloads.checksum(contents[file["@id"]])
    assert set(contents) == {path for path in downloads.table_files() if ".json" not in path}
    # By the first bytes, which Apache Parquet's format prescribes.
    marked = {name for name, content in contents.items() if content.startswith(b"PAR1")}
    encoded = {f["@id"] for f in described["distribution"] if "parquet" in f["encodingFormat"]}
    assert encoded == marked
    ids = list(contents)
    for record_set in described["recordSet"]:
        ids.append(record_set["@id"])
        fields = {field["@id"]: field for field in record_set["field"]}
        ids += fields
        keys = record_set["key"] if isinstance(record_set["key"], list) else [record_set["key"]]
        assert {key["@id"] for key in keys} <= set(fields)
        for field in fields.values():
            columns = header(contents[field["source"]["fileObject"]["@id"]])
            assert field["source"]["extract"]["column"] in columns
    assert len(ids) == len(set(ids))
    assert "url" not in described, "an address that nobody gave"
    known = croissant.description("https://book.example/", downloads.table_files())
    assert known["url"].startswith("https://book.example/")
    for file, there in zip(described["distribution"], known["distribution"], strict=True):
        folder = "https://book.example/_static/downloads/"
        assert there["contentUrl"] == f"{folder}{file['contentUrl']}"


def test_each_description_names_the_files_that_its_readers_open(made: dict[str, bytes]) -> None:
    """The page says so: Croissant names the Parquet files too, the data package CSV alone."""
    package = json.loads(made["data/datapackage.json"])
    assert {Path(r["path"]).suffix for r in package["resources"]} == {".csv"}
    named = {f["contentUrl"] for f in json.loads(made[downloads.CROISSANT])["distribution"]}
    offered = {path for path in made if path.endswith(".parquet")}
    assert len(offered) == len(names())
    assert offered <= named


# --- The snippets of the page ------------------------------------------------------------------


def snippet(language: str) -> str:
    text = (ROOT / "book" / "downloads.md").read_text(encoding="utf-8")
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert len(found) == 1
    return found[0]


def test_the_pandas_snippet_loads_the_ledger(
    made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / downloads.ZIP).write_bytes(made[downloads.ZIP])
    monkeypatch.chdir(tmp_path)
    names_after: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        exec(compile(snippet("python"), "downloads.md", "exec"), names_after)
    assert "title" in shown.getvalue()
    assert len(names_after["cited"]) == len(load("statements"))
    # What a reader's defaults take for missing is what is empty, and no word such as "NA".
    for name in names():
        read = names_after["table"](describe(name)["path"])
        empty = sum(cell is None for record in records(name) for cell in record)
        assert int(read.isna().sum().sum()) == empty, name


@pytest.mark.slow
def test_the_r_snippet_loads_the_ledger(made: dict[str, bytes], tmp_path: Path) -> None:
    code = snippet("r")
    if shutil.which("Rscript"):
        (tmp_path / downloads.ZIP).write_bytes(made[downloads.ZIP])
        (tmp_path / "snippet.R").write_text(f"{code}\ncat(nrow(cited))\n", encoding="utf-8")
        result = subprocess.run(
            ["Rscript", "snippet.R"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert result.stdout.rstrip().endswith(str(len(load("statements"))))
        return
    # Without R, what can be read from the code: the files and the columns that it names.
    assert f'"{downloads.ZIP}"' in code
    with zipfile.ZipFile(io.BytesIO(made[downloads.ZIP])) as bundle:
        headers = {
            path: header(bundle.read(path)) for path in re.findall(r'read_table\("([^"]+)"\)', code)
        }
    columns = {column for header in headers.values() for column in header}
    selected = re.search(r"cited\[c\(([^)]*)\)\]", code)
    assert selected
    assert set(re.findall(r'"(\w+)"', selected.group(1))) <= columns
    by = re.search(r'by = "(\w+)"', code)
    assert by
    assert all(by.group(1) in header for header in headers.values())
    assert code.count("(") == code.count(")")
    assert code.count("{") == code.count("}")


def test_the_sql_snippet_finds_the_figures_on_the_stock(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    rows = opened(made[downloads.SQLITE], tmp_path).execute(snippet("sql")).fetchall()
    assert len(rows) == (load("statements")["topic"] == "stock").sum()


def test_the_page_says_how_duckdb_reads_a_table(unpacked: Path) -> None:
    text = (ROOT / "book" / "downloads.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"`(SELECT [^`]*\.parquet'[^`]*)`", text)
    with contextlib.chdir(unpacked):
        rows = duckdb.execute(query).fetchall()
    assert len(rows) == len(load("statements"))


# --- Which chapter uses which table ------------------------------------------------------------


def notebook(folder: Path, record: dict[str, str], exhibit: dict[str, Any] | None = None) -> Path:
    cell = nbformat.v4.new_code_cell("1")
    if exhibit:
        cell.outputs = [nbformat.v4.new_output("display_data", {MIME: exhibit})]
    written = nbformat.v4.new_notebook(cells=[cell], metadata={"inputs": record})
    nbformat.write(written, folder / "chapter.ipynb")
    return folder / "chapter.ipynb"


def test_a_table_is_used_where_a_run_loaded_it_for_itself(tmp_path: Path) -> None:
    record = {"loaded": "dates 1a2b3c4d, events 5e6f7a8b", "modules": "analysis.stock 9c0d1e2f"}
    assert uses.loaded(notebook(tmp_path, record)) == ["dates", "events"]
    record["modules"] += ", analysis.register 1a2b3c4d"
    assert uses.loaded(notebook(tmp_path, record)) == []


def test_a_table_is_used_by_an_exhibit_that_names_it(tmp_path: Path) -> None:
    sources = ["GRCP7, p. 1", "dates", "world-migrant-stock-2000-a-58-98"]
    exhibit = {"exhibit_id": "x-y", "sources": sources}
    assert list(uses.named(notebook(tmp_path, {}, exhibit))) == [("x-y", ["dates", "statements"])]


# --- Rerun -------------------------------------------------------------------------------------


def test_binder_gets_the_lock_and_a_python_that_the_project_takes() -> None:
    folder = ROOT / ".binder"
    wanted = re.findall(r"^-r (.+)$", (folder / "requirements.txt").read_text(), re.MULTILINE)
    assert [(folder / path).resolve() for path in wanted] == [ROOT / "requirements.txt"]
    version = (folder / "runtime.txt").read_text().strip().removeprefix("python-")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'requires-python = ">=([\d.]+)"', settings)
    assert least
    assert tuple(map(int, version.split("."))) >= tuple(map(int, least.group(1).split(".")))
    script = (folder / "postBuild").read_text()
    assert script.startswith("#!/bin/sh\n")
    assert "--editable ." in script
