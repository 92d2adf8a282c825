"""All files that the book offers to download, made from the data package and the code.

    python -m tools.downloads FOLDER

The book's extension `book/_ext/downloads.py` runs this while the pages are built and lists on the
downloads page what it finds in the folder, so that list and files cannot differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis import register
from analysis.jsonld import Publication, description
from analysis.tables import PACKAGE
from tools import changes, cite, croissant, editions
from tools.archive import archive
from tools.cite import BIBTEX, CSL, KEY, RIS
from tools.database import database
from tools.edition import Edition
from tools.exhibits import DOWNLOADS, WORKBOOK, exhibits, package
from tools.notebooks import ROOT
from tools.parquet import parquet
from tools.published import Published, address
from tools.replace import whole
from tools.words import command, folder

ZIP, XLSX, SQLITE = f"{KEY}-csv.zip", f"{KEY}.xlsx", f"{KEY}.sqlite"
FINDINGS, LEDGER, CROISSANT = "findings.json", "ledger.jsonld", "croissant.json"
EDITIONS = f"{editions.NAME}.csv"
EXHIBITS, PARQUET = f"{KEY}-exhibits-csv.zip", f"{KEY}-parquet.zip"
CHECKSUMS = "SHA256SUMS"
parquet_files = cache(parquet)  # made once, for the archive and to stand by themselves


class File(NamedTuple):
    """A file of the whole: what it holds, and what makes it from the address of the book."""

    holds: str
    made: Callable[[str], bytes]


# In the order of the page.
WHOLE = {
    ZIP: File(
        "Every table as CSV, with the description of the package and of each table",
        lambda _: archive(package_files() | _papers(), Edition.of(ROOT).released),
    ),
    XLSX: File(
        "Every table on a sheet of its own, with a dictionary",
        lambda _: _workbook(),
    ),
    SQLITE: File(
        "Every table with types, primary and foreign keys, and the dictionary as tables",
        lambda _: database(),
    ),
    PARQUET: File(
        "Every table as Parquet, with its types, for data frames and DuckDB",
        lambda _: archive(parquet_files(PACKAGE) | _papers(), Edition.of(ROOT).released),
    ),
    EXHIBITS: File(
        "The data of every figure and table of the book as CSV, with their types and sources, and "
        "the table of editions below",
        lambda _: archive(exhibit_files(), Edition.of(ROOT).released),
    ),
    WORKBOOK: File(
        "The same for Excel and its like: every figure and table on a sheet of its own",
        lambda _: _workbook_of_exhibits(),
    ),
    EDITIONS: File(
        f"{editions.TITLE}, for programs; for Excel it is a sheet of the workbook above",
        lambda _: editions.content(),
    ),
    FINDINGS: File(
        "What the chapters computed: value or interval, unit, date, grounds, method, grade",
        lambda _: register.as_json().encode(),
    ),
    LEDGER: File(
        "Stated figures as claims of schema.org, with the documents and the data set (JSON-LD)",
        lambda address: _json(description(publication(address or "../../"))),
    ),
    CROISSANT: File(
        "The tables and their fields in the Croissant format for data sets",
        lambda address: _json(croissant.description(address, table_files())),
    ),
    BIBTEX: File(
        "Citations of the book, its chapters and its data for BibTeX",
        lambda address: cite.files(address)[BIBTEX],
    ),
    RIS: File(
        "The same for reference managers that read RIS",
        lambda address: cite.files(address)[RIS],
    ),
    CSL: File(
        "The same as CSL-JSON, for Zotero, pandoc and other programs that apply a style",
        lambda address: cite.files(address)[CSL],
    ),
}


@cache
def files(address: str = "") -> dict[str, bytes]:
    """Every download by its path in the folder of downloads; the checksums come last.

    Args:
        address: where the book is published, for citations; empty if nowhere.
    """
    made = {name: file.made(address) for name, file in WHOLE.items()}
    made |= {f"data/{path}": content for path, content in table_files().items()}
    sums = "".join(f"{checksum(content)}  {path}\n" for path, content in made.items())
    return {**made, CHECKSUMS: sums.encode()}


def package_files(package: Path = PACKAGE) -> dict[str, bytes]:
    """The data package as it stands: its description, and every table with its schema."""
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    parts = [resource[part] for part in ("schema", "path") for resource in resources]
    return {path: _text(package.parent / path) for path in [package.name, *parts]}


def table_files() -> dict[str, bytes]:
    """The data package, and its tables as Parquet too."""
    return package_files() | parquet_files(PACKAGE)


def exhibit_files() -> dict[str, bytes]:
    """The data of the exhibits, and the table of editions, as a data package."""
    found = exhibits(ROOT)
    described = package(found, Edition.of(ROOT))
    described["resources"].append(editions.resource())
    return {
        "datapackage.json": _json(described),
        **{f"{exhibit.exhibit_id}.csv": exhibit.files[".csv"] for exhibit in found},
        EDITIONS: editions.content(),
    }


def publication(site: str) -> Publication:
    """Where and when the data are published; `site` as in `Publication`."""
    return Publication(site, DOWNLOADS, changes.first(ROOT), Edition.of(ROOT).released)


def checksum(content: bytes) -> str:
    """The SHA-256 checksum in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write(folder: Path, address: str = "") -> None:
    """Write every file below a folder."""
    for path, content in files(address).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        whole(target, content)


def _workbook() -> bytes:
    # Here and not above: the pages ask this module for names alone, and openpyxl takes its time.
    from tools.workbook import of_package

    return of_package(Edition.of(ROOT).released)


def _workbook_of_exhibits() -> bytes:
    from tools.workbook import of_exhibits

    return of_exhibits(exhibits(ROOT), Edition.of(ROOT))


def _papers() -> dict[str, bytes]:
    """What the archive says of itself."""
    papers = {"CITATION.cff": "CITATION.cff", "LICENSE.txt": "LICENSES/CC0-1.0.txt"}
    return {name: _text(ROOT / path) for name, path in papers.items()}


def _text(path: Path) -> bytes:
    # Line ends are folded, so that every checkout gives the same bytes.
    return path.read_bytes().replace(b"\r\n", b"\n")


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> None:
    """The command line."""
    parser = command(__doc__)
    parser.add_argument("folder", help="that the files go to; made if it is not there")
    parser.add_argument(
        "--address", type=address, default="", help="where the book is published, if anywhere"
    )
    given = parser.parse_args()
    Published.of(ROOT)  # tells of a wrong address before anything is made
    try:
        place = folder(given.folder)
    except argparse.ArgumentTypeError as error:
        parser.error(f"folder: {error}")
    # The project's own tables would be written over with themselves, among files that are new.
    if place.resolve() == ROOT:
        parser.error(f"folder: {given.folder!r}: the project's own; expected: another folder")
    write(place, given.address)


if __name__ == "__main__":
    main()
