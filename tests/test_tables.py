"""A damaged table is refused with one clear line per problem."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import migrants, tables, treaties
from analysis.audit import verdicts

ROLES = ("key", "fact", "quotation", "prose")  # What `tools.corrupt` counts apart.
Damage = Callable[[str], str | bytes]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the whole package that a test may damage; its descriptor's path."""
    shutil.copytree(tables.PACKAGE.parent, tmp_path / "data")
    return tmp_path / "data" / "datapackage.json"


def damage(package: Path, name: str, change: Damage) -> str:
    """Change one file of the copy and return the message that loading it gives."""
    path = package.parent / tables.describe(name)["path"]
    changed = change(path.read_text(encoding="utf-8"))
    path.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
    with pytest.raises(tables.TableError) as caught:
        tables.load(name, package)
    return str(caught.value)


def test_every_table_of_the_package_loads_with_its_types() -> None:
    for name in tables.names():
        table = tables.load(name)
        fields = {f["name"]: f["type"] for f in tables.describe(name)["schema"]["fields"]}
        assert list(table.columns) == list(fields)
        assert len(table) > 0
        for column, kind in fields.items():
            assert str(table[column].dtype) == tables.DTYPES[kind]


def test_every_file_under_data_is_described() -> None:
    folder = tables.PACKAGE.parent
    described = {folder / tables.describe(name)["path"] for name in tables.names()}
    assert described == set(folder.rglob("*.csv"))


@pytest.mark.parametrize("name", tables.names())
def test_the_reader_of_packages_for_r_takes_every_table(name: str) -> None:
    """What frictionless-r asks for: its get_schema() and its table of field types."""
    table = tables.describe(name)
    assert table["profile"] == "tabular-data-resource"
    assert table["encoding"] == "utf-8"
    assert not Path(table["path"]).is_absolute()
    assert ".." not in table["path"]
    fields = table["schema"]["fields"]
    known = {"string", "number", "integer", "boolean", "date", "year"}
    assert {field["type"] for field in fields} <= known
    # Of a list of allowed values it makes a factor, whose numbers are those of the list.
    listed = {field["type"] for field in fields if "enum" in field.get("constraints", {})}
    assert listed <= {"string"}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("statements", ",175000000,", ",17500000O,", ["field 'value'", "17500000O", "number"]),
        ("statements", ",exact,", ",precise,", ["field 'qualifier'", "precise", "enum"]),
        ("statements", "intro. para. 4", "introduction", ["field 'place'", "introduction"]),
        ("treaty_actions", "1993-02-19", "1993-02-30", ["'1993-02-30'", "action_date"]),
        ("un_membership_by_year", "1990,159", "1990,many", ["row 2", "'many'", "integer"]),
    ],
)
def test_a_bad_value_is_named_with_row_field_and_expectation(
    copy: Path, name: str, old: str, new: str, told: list[str]
) -> None:
    message = damage(copy, name, lambda text: text.replace(old, new, 1))
    assert tables.describe(name)["path"] in message
    assert "row " in message
    assert "expected" in message
    for part in told:
        assert part in message


def test_all_problems_of_a_file_are_told_at_once(copy: Path) -> None:
    message = damage(
        copy,
        "statements",
        lambda text: text.replace(",exact,", ",precise,", 1).replace(",175000000,", ",x,", 1),
    )
    assert "precise" in message
    assert "'x'" in message


def test_a_type_that_no_column_has_is_told_with_those_that_there_are(copy: Path) -> None:
    path = copy.parent / "schemas" / "documents.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    (field,) = (field for field in schema["fields"] if field["name"] == "title")
    field |= {"type": "time", "constraints": {}}
    path.write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(tables.TableError) as caught:
        tables.load("documents", copy)
    told = (
        "field 'title': type 'time': expected: one of integer, number, boolean, string, date, year"
    )
    assert told in str(caught.value)


def test_a_duplicate_key_is_refused(copy: Path) -> None:
    message = damage(copy, "statements", lambda text: text + text.splitlines()[-1] + "\n")
    last = tables.load("statements")["statement_id"].iloc[-1]
    assert last in message


def test_a_dangling_foreign_key_is_refused(copy: Path) -> None:
    message = damage(copy, "statements", lambda text: text.replace(",GRCP7,", ",GRCP8,", 1))
    assert "GRCP8" in message


def test_a_missing_column_is_named(copy: Path) -> None:
    message = damage(
        copy, "statements", lambda text: text.replace("statement_id,document_id,place", "a,b,c", 1)
    )
    for column in ("statement_id", "document_id", "place"):
        assert f"column '{column}' is missing" in message


def test_wrong_encoding_is_named_with_its_row(copy: Path) -> None:
    message = damage(copy, "hld_participants", lambda text: text.encode("latin-1", "replace"))
    assert "is not UTF-8" in message
    assert "row " in message


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy.parent / "stated" / "statements.csv").unlink()
    with pytest.raises(tables.TableError, match=r"stated/statements\.csv: the file is missing"):
        tables.load("statements", copy)


def test_an_empty_file_is_an_error_about_its_columns(copy: Path) -> None:
    assert "column 'statement_id' is missing" in damage(copy, "statements", lambda text: "")


def test_an_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(tables.TableError, match="no table named 'statement'; expected one of"):
        tables.load("statement")


def test_a_loaded_table_can_be_changed_without_touching_the_next_one() -> None:
    first = tables.load("statements")
    first.loc[0, "unit"] = "persons"
    assert isinstance(first, pd.DataFrame)
    assert tables.load("statements").loc[0, "unit"] != "persons"


def test_each_table_has_a_schema_in_a_file_of_its_name_and_each_schema_a_table() -> None:
    described = json.loads(tables.PACKAGE.read_text(encoding="utf-8"))
    named = {resource["name"]: resource["schema"] for resource in described["resources"]}
    assert named == {name: f"schemas/{name}.json" for name in tables.names()}
    folder = tables.PACKAGE.parent
    assert {folder / path for path in named.values()} == set(folder.glob("schemas/*"))


def test_every_table_and_field_says_what_it_is() -> None:
    # The page "Downloads" and the workbook show all of this.
    untold = []
    for name in tables.names():
        table = tables.describe(name)
        parts = ("title", "description", "completeness")
        untold += [f"datapackage.json: {name}: no {part}" for part in parts if not table.get(part)]
        if not table["schema"].get("primaryKey"):
            untold.append(f"schemas/{name}.json: no primaryKey")
        for field in table["schema"]["fields"]:
            where = f"schemas/{name}.json: field {field['name']}"
            untold += [f"{where}: no {part}" for part in parts[:2] if not field.get(part)]
            if field.get("role") not in ROLES:
                untold.append(f"{where}: role {field.get('role')!r}; expected: one of {ROLES}")
    assert not untold, "\n".join(untold)


def test_a_missing_schema_is_named(copy: Path) -> None:
    (copy.parent / "schemas" / "statements.json").unlink()
    with pytest.raises(tables.TableError, match=r"schemas/statements\.json: the file is missing"):
        tables.load("events", copy)


def test_descriptor_and_schemas_are_sound_json_in_one_style() -> None:
    for path in (tables.PACKAGE, *tables.PACKAGE.parent.glob("schemas/*.json")):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n", path


@pytest.mark.parametrize(
    "given",
    [
        lambda: tables.load("events"),
        lambda: treaties.actions("icrmw"),
        lambda: treaties.deposits("icrmw").to_frame(),
        lambda: treaties.signatures("icrmw").to_frame(),
        lambda: migrants.stock(),
        lambda: verdicts.ledger(),
    ],
    ids=["a table", "acts", "deposits", "signatures", "the stock", "the ledger"],
)
def test_what_one_reader_does_to_a_table_reaches_no_other(
    given: Callable[[], pd.DataFrame],
) -> None:
    before = given().to_csv()
    mine = given()
    mine.iloc[0, 0] = mine.iloc[1, 0]
    mine.iloc[:, 0] = mine.iloc[::-1, 0].to_numpy()
    mine["new"] = 1
    mine.index.name = "other"
    del mine[mine.columns[0]]
    mine.index = mine.index[::-1]
    assert given().to_csv() == before
