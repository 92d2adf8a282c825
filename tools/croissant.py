"""The data package in the Croissant format (version 1.0), an extension of schema.org's Dataset.

Specification: https://docs.mlcommons.org/croissant/docs/croissant-spec.html. The
description stands beside the folder `data`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from analysis.tables import PACKAGE, describe, names
from tools import changes, cite, parquet
from tools.edition import Edition
from tools.exhibits import DOWNLOADS
from tools.notebooks import ROOT

Node = dict[str, Any]
TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
# By the names that the specification's own reader knows.
ENCODINGS = {".csv": "text/csv", ".parquet": "application/x-parquet"}
TERMS = """citeAs column conformsTo equivalentProperty extract field fileObject fileProperty
    fileSet format includes isLiveDataset jsonPath key md5 parentField path recordSet references
    regex repeated replace samplingRate separator source subField transform""".split()


def description(address: str, files: Mapping[str, bytes]) -> Node:
    """The whole description; the records are those of the CSV files.

    Args:
        address: where the book is published; without one files are named relative to the
            description, and there is no `url`, which the format asks for but nobody can know yet.
        files: each table as CSV and as Parquet, by its path in the folder `data`.
    """
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    edition, data = Edition.of(ROOT), cite.works(address)[-1]
    tables = list(map(describe, names()))
    node = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "name": data.title,
        "description": package["description"],
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": cite.bibtex(data),
        "license": package["licenses"][0]["path"],
        "url": data.address,
        "version": data.version,
        "datePublished": changes.first(ROOT).isoformat(),
        "dateModified": edition.released.isoformat(),
        "inLanguage": edition.language,
        "isLiveDataset": False,
        "keywords": package["keywords"],
        "creator": {"@type": "sc:Organization", "name": data.author},
        "distribution": [
            _file(path, table["title"], files[path], address)
            for table in tables
            for path in (table["path"], parquet.path(table["path"]))
        ],
        "recordSet": list(map(_records, tables)),
    }
    return {key: value for key, value in node.items() if value != ""}


def _context() -> Node:
    # Terms of Croissant's own; those of schema.org need no prefix.
    terms: Node = {term: f"cr:{term}" for term in TERMS}
    terms["conformsTo"] = "dct:conformsTo"
    return {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        **terms,
    }


def _file(path: str, title: str, content: bytes, address: str) -> Node:
    folder = f"{address}{DOWNLOADS}/" if address else ""
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "description": title,
        "contentUrl": f"{folder}data/{path}",
        "encodingFormat": ENCODINGS[PurePosixPath(path).suffix],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _records(table: Node) -> Node:
    # Without `references`: programs that read the format join on them and lose rows whose
    # reference is empty. The keys between tables are in the package's schemas and in the database.
    keys = [{"@id": f"{table['name']}/{field}"} for field in table["schema"]["primaryKey"]]
    return {
        "@type": "cr:RecordSet",
        "@id": table["name"],
        "name": table["name"],
        "description": table["description"],
        "key": keys if len(keys) > 1 else keys[0],
        "field": [_field(table, field) for field in table["schema"]["fields"]],
    }


def _field(table: Node, field: Node) -> Node:
    return {
        "@type": "cr:Field",
        "@id": f"{table['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES.get(field["type"], "sc:Text"),
        "source": {
            "fileObject": {"@id": table["path"]},
            "extract": {"column": field["name"]},
        },
    }
