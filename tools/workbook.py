"""Tables as workbooks for spreadsheet programs, which change what they read from CSV.

A cell has the type that its field declares, and none is a formula. Text keeps the format of text,
so that "2003-09" does not become a day when someone types over it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from analysis.tables import PACKAGE, describe, names
from tools import editions
from tools.archive import archive
from tools.edition import Edition
from tools.exhibits import Placed
from tools.records import Cell, dictionary, records

# In units of a digit's width: wide enough to read, narrow enough to see several columns.
NARROWEST, WIDEST = 10, 60
BOLD = Font(bold=True)
TEXT, DATE = "@", "yyyy-mm-dd"
LONGEST_TEXT = 255  # longer ones Excel has shown as a row of hashes in that format
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Sheet(NamedTuple):
    """A sheet: its name, of 31 characters at most, the heads of its columns, and its rows."""

    name: str
    heads: Sequence[str | None]
    rows: Sequence[Sequence[Cell]]


def of_package(date: dt.date, package: Path = PACKAGE) -> bytes:
    """The data package: a sheet about it, a dictionary, and a sheet per table.

    Args:
        date: written as the day of creation, so that the same data give the same bytes.
        package: its descriptor.
    """
    about = json.loads(package.read_text(encoding="utf-8"))
    tables, fields = dictionary(package).values()
    heads = {n: [f["name"] for f in describe(n, package)["schema"]["fields"]]
             for n in names(package)}  # fmt: skip
    sheets = [
        Sheet("about", ["", ""], _about(about)),
        Sheet("tables", tables[0], tables[1:]),
        Sheet("dictionary", fields[0], fields[1:]),
        *(Sheet(name, heads[name], records(name, package)) for name in heads),
    ]
    return _workbook(about["title"], about["contributors"][0]["title"], date, sheets)


def of_exhibits(exhibits: Sequence[Placed], edition: Edition) -> bytes:
    """The data of exhibits and the table of editions: a sheet that lists them, a sheet for each."""
    listed: list[list[Cell]] = [
        [exhibit.number, exhibit.title, exhibit.exhibit_id, exhibit.subtitle or None,
         "; ".join(exhibit.sources), exhibit.notes or None]
        for exhibit in exhibits
    ]  # fmt: skip
    listed.append([None, editions.TITLE, editions.NAME, None, "; ".join(editions.SOURCES), None])
    heads = [field["name"] for field in editions.resource()["schema"]["fields"]]
    sheets = [
        Sheet("exhibits", ["Exhibit", "Title", "Sheet", "Subtitle", "Sources", "Notes"], listed),
        *(
            Sheet(exhibit.exhibit_id, [field["name"] for field in exhibit.fields], exhibit.cells)
            for exhibit in exhibits
        ),
        Sheet(editions.NAME, heads, editions.rows()),
    ]
    return _workbook(edition.whole_title, edition.author, edition.released, sheets)


def _about(about: dict) -> list[list[Cell]]:
    return [
        ["Title", about["title"]],
        ["Version", about["version"]],
        ["Description", about["description"]],
        ["Licence", about["licenses"][0]["name"]],
        ["Author", about["contributors"][0]["title"]],
        *(["Source", source["title"]] for source in about["sources"]),
    ]


def _workbook(title: str, author: str, date: dt.date, sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, author
    book.properties.created = dt.datetime(date.year, date.month, date.day)
    for sheet in sheets:
        _add(book, sheet)
    raw = io.BytesIO()
    book.save(raw)
    return _fixed(raw.getvalue(), date)


def _add(book: Workbook, given: Sheet) -> None:
    sheet = book.create_sheet(given.name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(given.heads, *given.rows, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column if cell is not None)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    last = f"{get_column_letter(len(given.heads))}{len(given.rows) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    for number, row in enumerate([given.heads, *given.rows]):
        cells = [_cell(sheet, value) for value in row]
        for cell in cells if number == 0 else []:
            cell.font = BOLD
        sheet.append(cells)


def _cell(sheet: object, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that begins with an equals sign is text, not a formula
        if len(value) <= LONGEST_TEXT:
            cell.number_format = TEXT
    elif isinstance(value, dt.date):
        cell.number_format = DATE
    return cell


def _fixed(raw: bytes, date: dt.date) -> bytes:
    """The same workbook with the moment of saving taken out."""
    moment = f"{date.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        files = {name: source.read(name) for name in source.namelist()}
    core = "docProps/core.xml"
    files[core] = MODIFIED.sub(rb"\g<1>" + moment, files[core])
    return archive(files, date)
