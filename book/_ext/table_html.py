"""What the downloads page shows of one table: what it is, its dictionary, where it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.markup import permalink
from analysis.tables import PACKAGE
from tools import parquet

Table = dict[str, Any]
FIELDS = ("Field", "Type", "Unit", "Meaning", "Rules")
LISTED = ("Table", "What it holds", "Rows", "Files")
# Where a description's first clause or sentence ends; "A/58/98, para. 42" ends neither.
CLAUSE, SENTENCE = re.compile(r"[:;] |\.( (?=[A-Z])|$)"), re.compile(r"\.( (?=[A-Z])|$)")
TOO_SHORT = 6  # words, to say what a table holds


def table(
    name: str, heads: Sequence[str], rows: Sequence[str], numeric: Collection[str] = ()
) -> str:
    """A table that scrolls within itself; `rows` are `<tr>` elements."""
    cells = "".join(
        f'<th scope="col"{" class=num" if head in numeric else ""}>{head}</th>' for head in heads
    )
    return (
        f'<div class="exhibit-scroll"><table class="{name}"><thead><tr>{cells}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>"
    )


def listing(described: Sequence[Table], address: str) -> str:
    """Tables of the data package, a row each, that lead to what is said of each below.

    Args:
        described: their descriptors.
        address: the way from the page to the folder of the data package.
    """
    rows = [
        f'<tr><th scope="row"><a href="#{one["name"]}">{escape(one["title"])}</a></th>'
        f"<td>{escape(clause(one['description']))}</td>"
        f'<td class="num">{len(content(one["path"])):,}</td>'
        f"<td>{_files(one, address)}</td></tr>"
        for one in described
    ]
    return table("data-tables", LISTED, rows, numeric={"Rows"})


def _files(described: Table, address: str) -> str:
    title = escape(described["title"])
    parts = {
        "CSV": described["path"],
        "Parquet": parquet.path(described["path"]),
        "schema": f"schemas/{described['name']}.json",
    }
    return " ".join(
        f'<a href="{address}/{path}" aria-label="{name} of {title}" download>{name}</a>'
        for name, path in parts.items()
    )


def clause(description: str) -> str:
    """What a table holds, in the first clause of its description, or sentence if that is short."""
    first = CLAUSE.split(description, maxsplit=1)[0]
    short = len(first.split()) < TOO_SHORT
    return SENTENCE.split(description, maxsplit=1)[0] if short else first


def section(described: Table, used: str, address: str) -> str:
    """One table of the data package.

    Args:
        described: its descriptor.
        used: the chapters that use it, as HTML; empty if none does.
        address: the way from the page to the folder of the data package.
    """
    name, title, path = described["name"], escape(described["title"]), described["path"]
    fields = described["schema"]["fields"]
    rows = len(content(path))
    facts = [
        ("Download", f'<a href="{address}/{path}" download>{Path(path).name}</a>'),
        ("Extent", f"{rows:,} row{'s' * (rows != 1)}, {len(fields)} fields"),
        ("Completeness", escape(described["completeness"])),
        ("Not in it", escape(described.get("missing", ""))),
        ("Sources", sources(described)),
        ("Licence", licence(described)),
        ("Used in", used or "no chapter: it is here to be checked or used"),
    ]
    listed = "".join(f"<dt>{head}</dt><dd>{text}</dd>" for head, text in facts if text)
    return (
        f'<section class="data-table" id="{name}">\n<h3>{title}'
        f"{permalink(name, f'the table {name}')}</h3>\n"
        f"<p><code>{name}</code>: {escape(described['description'])}</p>\n"
        f'<dl class="data-facts">{listed}</dl>\n'
        f'<details class="data-dictionary"><summary>Dictionary of {title}</summary>'
        f"{dictionary(described)}</details>\n</section>"
    )


def dictionary(described: Table) -> str:
    """Every field with type, unit, meaning and rules."""
    schema = described["schema"]
    rows = [
        f'<tr><th scope="row"><code>{field["name"]}</code></th><td>{field["type"]}</td>'
        f"<td>{escape(field.get('unit', ''))}</td><td>{escape(field['description'])}</td>"
        f"<td>{rules(field, schema)}</td></tr>"
        for field in schema["fields"]
    ]
    return table("dictionary", FIELDS, rows)


def rules(field: Table, schema: Table) -> str:
    """What a value must keep to, in words, as HTML."""
    constraints = field.get("constraints", {})
    told = ["primary key"] if field["name"] in schema["primaryKey"] else []
    for key in schema.get("foreignKeys", []):
        if field["name"] in key["fields"]:
            # A reference without a name is to the table itself.
            target = key["reference"]["resource"]
            link = f'<a href="#{target}"><code>{target}</code></a>' if target else "this table"
            told.append(f"refers to {link}")
    told += ["required"] if constraints.get("required") else []
    told += ["unique"] if constraints.get("unique") and "primary key" not in told else []
    if "minimum" in constraints:
        told.append(f"{constraints['minimum']} or more")
    if "maximum" in constraints:
        told.append(f"at most {constraints['maximum']}")
    if "enum" in constraints:
        told.append("one of: " + escape(", ".join(map(str, constraints["enum"]))))
    return "; ".join(told)


def sources(described: Table) -> str:
    """The documents or records that the rows name, as HTML."""
    rows = content(described["path"])
    columns = [c for c in ("document_id", "document_a", "source", "source_note") if c in rows]
    given = [str(text) for column in columns for text in rows[column].dropna().unique()]
    if not given:
        return "the rows of the tables that it refers to"
    named = [symbol(text) for text in dict.fromkeys(given)]
    if len(named) == 1:
        return escape(named[0])
    if max(map(len, named)) < 20:
        return escape(", ".join(named))
    items = "".join(f"<li>{escape(text)}</li>" for text in named)
    return f"<ul>{items}</ul>"


def symbol(text: str) -> str:
    """A document's symbol where it has one, in place of its id; anything else as it is."""
    return symbols().get(text, text)


@cache
def symbols() -> dict[str, str]:
    """The symbols of documents by their ids, of those that have one."""
    documents = content("stated/documents.csv").dropna(subset=["symbol"])
    return dict(zip(documents["document_id"], documents["symbol"], strict=True))


def licence(described: Table) -> str:
    """The table's own licence, or the package's, as a link."""
    own = (described.get("licenses") or package()["licenses"])[0]
    return f'<a href="{own["path"]}">{escape(own["title"])}</a>'


@cache
def content(path: str) -> pd.DataFrame:
    """A table as text; it is validated elsewhere."""
    return pd.read_csv(PACKAGE.parent / path, dtype="string", encoding="utf-8")


@cache
def package() -> Table:
    """The description of the package."""
    return json.loads(PACKAGE.read_text(encoding="utf-8"))
