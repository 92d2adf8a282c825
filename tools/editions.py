"""The migrant stock of every country, edition beside edition: a table that no exhibit shows whole.

It is offered by itself, and with its schema among the data of the exhibits.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Any

from analysis.vintages.tables import every_country
from tools.records import Cell, cell

NAME = "migrant-stock-editions"
TITLE = "The migrant stock of every country in 1990, 2000 and 2010, edition beside edition"
YEARS = (1990, 2000, 2010)
MEANINGS = {
    "m49": ("integer", "UN M49 code of the country or area.", "code"),
    "iso3": ("string", "ISO 3166-1 alpha-3 code of the country or area.", ""),
    "name": ("string", "Name of the country or area.", ""),
    "year": ("integer", "The year whose migrant stock is given, at mid-year.", "year"),
    "lowest": ("integer", "The lowest of the figures that the editions give.", "persons"),
    "highest": ("integer", "The highest of the figures that the editions give.", "persons"),
    "ratio": ("number", "The highest figure divided by the lowest.", "ratio"),
}
EDITION = "edition_"
SOURCES = ("migrant_stock", "migrant_stock_areas", "migrant_stock_editions")


@cache
def content() -> bytes:
    """The table as CSV."""
    return every_country(*YEARS).to_csv(index=False, lineterminator="\n").encode()


def resource() -> dict[str, Any]:
    """What the table and its columns are, as a Frictionless Data Package says it."""
    return {
        "name": NAME,
        "path": f"{NAME}.csv",
        "profile": "tabular-data-resource",
        "title": TITLE,
        "description": "A row for each country and year; a column for each edition of the record.",
        "sources": [{"title": table} for table in SOURCES],
        "encoding": "utf-8",
        "schema": {"fields": [_field(name) for name in _lines()[0]]},
    }


def rows() -> list[list[Cell]]:
    """The rows as values of the types of their fields."""
    fields = resource()["schema"]["fields"]
    return [
        [cell(text, field, f"{NAME}.csv: row {number}")
         for text, field in zip(line, fields, strict=True)]
        for number, line in enumerate(_lines()[1:], start=2)
    ]  # fmt: skip


def _lines() -> list[list[str]]:
    return list(csv.reader(io.StringIO(content().decode(), newline="")))


def _field(name: str) -> dict[str, str]:
    if name.startswith(EDITION):
        told = f"The figure in the edition of {name.removeprefix(EDITION)}; empty if it gives none."
        return {"name": name, "type": "integer", "description": told, "unit": "persons"}
    kind, told, unit = MEANINGS[name]
    whole = {"name": name, "type": kind, "description": told, "unit": unit}
    return {key: value for key, value in whole.items() if value}
