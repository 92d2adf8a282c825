"""The data package as one workbook: a sheet about it, a dictionary, and a sheet per table."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from analysis.tables import PACKAGE, describe, names
from tools.archive import archive
from tools.records import Cell, dictionary, records

# In units of a digit's width: wide enough to read, narrow enough to see several columns.
NARROWEST, WIDEST = 10, 60
BOLD = Font(bold=True)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook(date: dt.date, package: Path = PACKAGE) -> bytes:
    """The file's bytes.

    Args:
        date: written as the day of creation, so that the same data give the same bytes.
        package: the descriptor of the data package.
    """
    about = json.loads(package.read_text(encoding="utf-8"))
    book = Workbook(write_only=True)
    book.properties.title = about["title"]
    book.properties.creator = about["contributors"][0]["title"]
    book.properties.created = dt.datetime(date.year, date.month, date.day)
    tables, fields = dictionary(package).values()
    _sheet(book, "about", ["", ""], _about(about))
    _sheet(book, "tables", tables[0], tables[1:])
    _sheet(book, "dictionary", fields[0], fields[1:])
    for name in names(package):
        heads = [field["name"] for field in describe(name, package)["schema"]["fields"]]
        _sheet(book, name, heads, records(name, package))
    raw = io.BytesIO()
    book.save(raw)
    return _fixed(raw.getvalue(), date)


def _about(about: dict) -> list[list[Cell]]:
    return [
        ["Title", about["title"]],
        ["Version", about["version"]],
        ["Description", about["description"]],
        ["Licence", about["licenses"][0]["name"]],
        ["Author", about["contributors"][0]["title"]],
        *(["Source", source["title"]] for source in about["sources"]),
    ]


def _sheet(
    book: Workbook, name: str, heads: Sequence[str | None], rows: Sequence[Sequence[Cell]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(heads, *rows, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column if cell is not None)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    for number, row in enumerate([heads, *rows]):
        cells = [_cell(sheet, value) for value in row]
        for cell in cells if number == 0 else []:
            cell.font = BOLD
        sheet.append(cells)


def _cell(sheet: object, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that begins with an equals sign is text, not a formula
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _fixed(raw: bytes, date: dt.date) -> bytes:
    """The same workbook with the moment of saving taken out."""
    moment = f"{date.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        files = {name: source.read(name) for name in source.namelist()}
    core = "docProps/core.xml"
    files[core] = MODIFIED.sub(rb"\g<1>" + moment, files[core])
    return archive(files, date)
