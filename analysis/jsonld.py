"""The ledger for machines: each statement as a schema.org Claim, the data package as a Dataset.

Identifiers are fragments, the same as the rows of the ledger page bear, so that the description
holds wherever the page is published.
"""

from __future__ import annotations

import hashlib
import json
import re
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
DATASET = "#data-package"


def description() -> Node:
    """The whole graph: the data package, the documents, and one claim per statement."""
    documents = [document(row) for _, row in load("documents").iterrows()]
    claims = [claim(stated(statement_id)) for statement_id in load("statements")["statement_id"]]
    return {"@context": "https://schema.org", "@graph": [dataset(), *documents, *claims]}


def claim(statement: Statement) -> Node:
    """A statement as a Claim: what is said, of what, and the place where it appears."""
    low, high = (_plain(end) for end in statement.interval.finite_ends)
    # A range has two ends and no value of its own.
    value = None if statement.qualifier == "range" else _plain(statement.value)
    node = {
        "@type": "Claim",
        "@id": f"#{statement.statement_id}",
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
            "isPartOf": {"@id": _document_id(statement.document_id)},
        },
        "isPartOf": {"@id": DATASET},
    }
    return _filled(node)


def document(row: pd.Series) -> Node:
    """A document of the table `documents`."""
    row = row.astype(object).where(row.notna(), None)
    return _filled(
        {
            "@type": TYPES.get(row["kind"], "CreativeWork"),
            "@id": _document_id(row["document_id"]),
            "name": row["title"],
            "identifier": row["symbol"] or row["document_id"],
            "publisher": row["body"] and {"@type": "Organization", "name": row["body"]},
            "url": row["url"],
        }
    )


def dataset() -> Node:
    """The data package, with every table as a download."""
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    return _filled(
        {
            "@type": "Dataset",
            "@id": DATASET,
            "name": package["title"],
            "description": package["description"],
            "version": package.get("version"),
            "license": package["licenses"][0]["path"],
            "keywords": package.get("keywords"),
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": package["contributors"][0]["title"]},
            "distribution": [_download(name) for name in names()],
        }
    )


def _download(name: str) -> Node:
    table = describe(name)
    content = (PACKAGE.parent / table["path"]).read_bytes()
    return {
        "@type": "DataDownload",
        "name": table["title"],
        "description": table["description"],
        "identifier": table["path"],
        "encodingFormat": "text/csv",
        # Line ends are folded, as the notebooks' fingerprints do, so that every checkout agrees.
        "sha256": hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest(),
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _document_id(document_id: str) -> str:
    return "#document-" + re.sub(r"[^a-z0-9]+", "-", document_id.lower())


def _filled(node: Node) -> Node:
    """The node without the properties that have no value."""
    return {
        key: _filled(value) if isinstance(value, dict) else value
        for key, value in node.items()
        if value not in (None, "")
    }
