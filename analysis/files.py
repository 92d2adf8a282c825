"""The files of the data package as text, before they are tables.

What makes a file something else than it seems is refused here, each problem on one line: another
encoding, a row of too many cells, a character that cannot be seen, a number in another spelling.
The schemas, and Frictionless with them, say what the values may be.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

# The one spelling of a value of each type: a program that reads another one may take it for text,
# for nothing ("NaN", "True") or for another number ("1_000", "１").
SPELLINGS = {
    "integer": (r"-?(0|[1-9][0-9]*)", "digits alone"),
    "number": (r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", "digits with a point at most"),
    "year": ("[0-9]{4}", "four digits"),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2003-09-22"),
    "boolean": ("true|false", "true or false"),
}
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)", re.MULTILINE)
SIGNS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)  # what is nowhere in a text is found fast
# With what spreadsheet programs begin a formula when they open a CSV file; a number is none.
FORMULA = re.compile(r"[=@]|[-+](?![0-9.,]*$)")
# Controls, marks that turn or join text, private characters, separators other than spaces.
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
WORST = 5  # problems of one file that are told; more are rarely read
Field = Mapping[str, Any]


class TableError(ValueError):
    """A file does not say what its description expects; the message lists every problem."""


def text(path: Path, shown: str) -> str:
    """The text of a file, with line ends as one character.

    Args:
        path: of the file.
        shown: what messages call it.

    Raises:
        TableError: it is no readable file in UTF-8, or holds the marks of an unfinished merge.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise TableError(f"{shown}: the file is missing; expected: a file of this name") from None
    except OSError as error:
        raise TableError(f"{shown}: {error.strerror}; expected: a file that can be read") from None
    if mark := MARKS.get(content[:2]):
        raise TableError(f"{shown}: row 1: the mark of {mark}; expected encoding: utf-8")
    try:
        read = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        byte = content[error.start]
        told = f"{shown}: row {row}: byte 0x{byte:02x} is not UTF-8; expected encoding: utf-8"
        raise TableError(told) from None
    if read.startswith("\ufeff"):
        raise TableError(f"{shown}: row 1: a byte order mark; expected: utf-8 without one")
    if (alone := read.find("\r")) >= 0:
        row = read.count("\n", 0, alone) + 1
        raise TableError(
            f"{shown}: row {row}: a carriage return; expected: line feeds as line ends"
        )
    if any(sign in read for sign in SIGNS) and (conflict := CONFLICT.search(read)):
        row = read.count("\n", 0, conflict.start()) + 1
        raise TableError(f"{shown}: row {row}: {conflict[1]}: expected: a merge that is finished")
    return read


def unseen(content: str) -> str:
    """The first character of a text that no reader sees, with its row; empty if there is none."""
    # Each character is asked once: texts are long, and signs few.
    found = {sign for sign in set(content) if unicodedata.category(sign) in UNSEEN} - {"\n", "\t"}
    if not found:
        return ""
    place = min(map(content.index, found))
    row = content.count("\n", 0, place) + 1
    name = unicodedata.name(content[place], "a control character")
    return f"row {row}: U+{ord(content[place]):04X}, {name}; expected: text without it"


def described(path: Path, shown: str) -> dict[str, Any]:
    """The object that a file of JSON holds.

    Raises:
        TableError: as `text`, or it is no JSON, no object, or says one thing twice.
    """
    try:
        content = text(path, shown)
        if told := unseen(content):
            raise TableError(f"{shown}: {told}")
        found = json.loads(content, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        told = f"{shown}: row {error.lineno}: column {error.colno}: {error.msg}; expected: JSON"
        raise TableError(told) from None
    except KeyError as error:
        raise TableError(f"{shown}: {error.args[0]!r} stands twice; expected: once") from None
    if not isinstance(found, dict):
        raise TableError(f"{shown}: {type(found).__name__}; expected: an object, in braces")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def problems(path: Path, shown: str, fields: Sequence[Field]) -> list[str]:
    """What is wrong with a table as text: header, cells of each row, characters, spellings.

    Args:
        path: of the file.
        shown: what messages call it.
        fields: of its schema.
    """
    try:
        found = _problems(text(path, shown), fields)
        return capped([f"{shown}: {line}" for line in islice(found, 1000)], shown)
    except TableError as error:
        return [str(error)]


def capped(lines: list[str], shown: str) -> list[str]:
    """The first problems of a file, and how many more there are."""
    more = len(lines) - WORST
    return lines if more <= 1 else [*lines[:WORST], f"{shown}: and {more} more problems"]


def _problems(content: str, fields: Sequence[Field]) -> Iterator[str]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number > 1:
                yield from _row(number, row, fields)
            elif told := _header(row, [str(field["name"]) for field in fields]):
                yield told
                return
    except csv.Error as error:
        expected = "cells between commas, each quotation mark closed and doubled within"
        yield f"row {number + 1}: {error}; expected: {expected}"
    if not number:
        names = ", ".join(str(field["name"]) for field in fields)
        first = fields[0]["name"]
        yield f"row 1: column {first!r} is missing; the file is empty; expected: {names}"


def _header(row: list[str], expected: list[str]) -> str:
    """What is wrong with the first row; empty if nothing is."""
    if row == expected:
        return ""
    amiss = [f"column {name!r} is missing" for name in expected if name not in row]
    amiss += [f"column {name!r} is not in the schema" for name in row if name not in expected]
    amiss += [f"column {name!r} stands twice" for name in expected if row.count(name) > 1]
    return f"row 1: {'; '.join(amiss) or 'columns out of order'}; expected: {', '.join(expected)}"


def _row(number: int, row: list[str], fields: Sequence[Field]) -> Iterator[str]:
    if len(row) != len(fields):
        shown = shortened(",".join(row))
        yield f"row {number}: {len(row)} cells, {shown}: expected: {len(fields)} cells, one a field"
        return
    for field, cell in zip(fields, row, strict=True):
        if expected := unfit(cell, field["type"]):
            named = f"field {str(field['name'])!r}: value {shortened(cell)}"
            yield f"row {number}: {named}: expected: {expected}"


def unfit(cell: str, kind: str) -> str:
    """What is expected in place of a cell; empty if it is as it should be."""
    if cell.isascii() and cell.isprintable() and cell == cell.strip():
        pass  # as nearly all are
    elif unseen := next((c for c in cell if not c.isprintable() and c != "\N{NO-BREAK SPACE}"), ""):
        # Control characters, line ends, marks that turn the direction of text, widthless ones.
        return (
            f"text without U+{ord(unseen):04X}, {unicodedata.name(unseen, 'a control character')}"
        )
    elif cell != cell.strip():
        return "no space at either end"
    elif not unicodedata.is_normalized("NFC", cell):
        return "letters and their accents as one character (Unicode's form NFC)"
    if kind == "string" and FORMULA.match(cell):
        return "text that no spreadsheet takes for a formula"
    pattern, expected = SPELLINGS.get(kind, ("", ""))
    spelt = not cell or not pattern or re.fullmatch(pattern, cell)
    return "" if spelt else f"{kind}, {expected}"


def shortened(value: object) -> str:
    """A value as messages show it, on one line and of a length that can be read."""
    told = ascii(value) if not str(value).isprintable() else repr(value)
    return told if len(told) <= 120 else f"{told[:100]}… ({len(str(value))} characters)"
