"""The ledger for machines: each statement as a schema.org Claim, the data package as a Dataset.

Each thing is identified by the address of the page, or of the row, that shows it: whole where the
book's is known, else relative to where the description stands. Dataset Search asks for an address
of the data set and of each file.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.statements import Statement, stated
from analysis.tables import PACKAGE, describe, load, names

Node = dict[str, Any]
# The types of schema.org for kinds of the table `documents`; any other is a CreativeWork.
TYPES = {
    "introduction": "Chapter",
    "report of the Secretary-General": "Report",
    "slides": "PresentationDigitalDocument",
    "web page": "WebPage",
    "meeting report": "Report",
}


@dataclass(frozen=True)
class Publication:
    """Where and when the data are published.

    Attributes:
        site: the address of the book with a slash at its end; where it is not known, the way to
            the root of the site from where the description stands, such as `../`.
        files: the path of the downloads within the site.
        published, modified: the days of the first edition and of this one.
    """

    site: str
    files: str
    published: date
    modified: date

    @property
    def page(self) -> str:
        """Of the data package."""
        return f"{self.site}book/downloads.html"

    @property
    def dataset(self) -> str:
        """The identifier of the data package."""
        return f"{self.page}#data-package"

    def row(self, statement_id: str) -> str:
        """The identifier of a claim: its row of the ledger."""
        return f"{self.site}book/ledger.html#{statement_id}"

    def document(self, document_id: str) -> str:
        """The identifier of a document."""
        name = re.sub(r"[^a-z0-9]+", "-", document_id.lower())
        return f"{self.site}book/sources.html#document-{name}"


def description(where: Publication) -> Node:
    """The whole graph: the data package, the documents, and one claim per statement."""
    documents = [document(row, where) for _, row in load("documents").iterrows()]
    claims = [claim(stated(i), where) for i in load("statements")["statement_id"]]
    return {"@context": "https://schema.org", "@graph": [dataset(where), *documents, *claims]}


def claim(statement: Statement, where: Publication) -> Node:
    """A statement as a Claim: what is said, of what, and the place where it appears."""
    low, high = (_plain(end) for end in statement.interval.finite_ends)
    # A range has two ends and no value of its own.
    value = None if statement.qualifier == "range" else _plain(statement.value)
    node = {
        "@type": "Claim",
        "@id": where.row(statement.statement_id),
        "name": f"{statement.quantity}: {statement.figure}",
        "text": statement.phrase,
        "about": {
            "@type": "QuantitativeValue",
            "name": statement.quantity,
            "description": statement.denominator and f"Share of: {statement.denominator}",
            "value": value,
            "minValue": low,
            "maxValue": high,
            "unitText": statement.unit,
        },
        "temporalCoverage": statement.reference_date,
        "keywords": statement.topic,
        "appearance": {
            "@type": "CreativeWork",
            "name": statement.cite,
            "isPartOf": {"@id": where.document(statement.document_id)},
        },
        "isPartOf": {"@id": where.dataset},
    }
    return _filled(node)


def document(row: pd.Series, where: Publication) -> Node:
    """A document of the table `documents`."""
    row = row.astype(object).where(row.notna(), None)
    return _filled(
        {
            "@type": TYPES.get(row["kind"], "CreativeWork"),
            "@id": where.document(row["document_id"]),
            "name": row["title"],
            "identifier": row["symbol"] or row["document_id"],
            "publisher": row["body"] and {"@type": "Organization", "name": row["body"]},
            "url": row["url"],
        }
    )


def dataset(where: Publication) -> Node:
    """The data package, with every table as a download."""
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    return _filled(
        {
            "@type": "Dataset",
            "@id": where.dataset,
            "url": where.page,
            "name": package["title"],
            "description": package["description"],
            "version": package.get("version"),
            "datePublished": where.published.isoformat(),
            "dateModified": where.modified.isoformat(),
            "license": package["licenses"][0]["path"],
            "keywords": package.get("keywords"),
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": package["contributors"][0]["title"]},
            "distribution": [_download(name, where) for name in names()],
        }
    )


def _download(name: str, where: Publication) -> Node:
    table = describe(name)
    content = (PACKAGE.parent / table["path"]).read_bytes()
    return {
        "@type": "DataDownload",
        "name": table["title"],
        "description": table["description"],
        "identifier": table["path"],
        "contentUrl": f"{where.site}{where.files}/data/{table['path']}",
        "encodingFormat": "text/csv",
        # Line ends are folded, as the notebooks' fingerprints do, so that every checkout agrees.
        "sha256": hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest(),
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _filled(node: Node) -> Node:
    """The node without the properties that have no value."""
    return {
        key: _filled(value) if isinstance(value, dict) else value
        for key, value in node.items()
        if value not in (None, "")
    }
