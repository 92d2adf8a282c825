"""What the commands read besides: pages, lists, records and what says which version this is."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from analysis import files
from analysis.files import TableError

PAGES = "book/*.md"
PLAIN = ("CHANGELOG.md", "ERRATA.md", "README.md", "book/permalinks.txt", "requirements.txt")
RECORDS = (".zenodo.json", "book/trust.json", "tools/bench/last.json")
VERSION = "pyproject.toml"
# Tables beside the package, and their heads.
LISTS = {
    "book/columns.csv": ("column", "exhibit", "unit", "meaning"),
    "book/redirects.csv": ("from", "to"),
    "tools/supply/licences.csv": ("package", "says", "reason"),
    "tests/typed_figures.csv": ("file", "context", "reason"),
}


def problems(root: Path) -> list[str]:
    """What is wrong with the texts of a folder, a line each; of a copy without them, nothing."""
    if not (root / VERSION).exists() and not (root / VERSION).is_symlink():
        return []
    pages = sorted(path.relative_to(root).as_posix() for path in root.glob(PAGES))
    named = dict.fromkeys([*pages, *PLAIN, *RECORDS, *LISTS, VERSION])
    return [told for name in named for told in _problems(root / name, name)]


def _problems(path: Path, name: str) -> Iterator[str]:
    """What is wrong with one text: as a file, as text, as what it is."""
    try:
        content = files.text(path, name)
        if not content.strip():
            yield f"{name}: row 1: the file is empty; expected: what it is for"
        elif told := files.unseen(content):
            yield f"{name}: {told}"
        elif name in RECORDS:
            files.described(path, name)
        elif name == VERSION:
            tomllib.loads(content)
        elif name in LISTS:
            yield from (f"{name}: {line}" for line in _rows(content, LISTS[name]))
    except TableError as error:
        yield str(error)
    except tomllib.TOMLDecodeError as error:
        yield f"{name}: {error}; expected: TOML"


def _rows(content: str, head: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a list: its head, or a row with more cells or fewer."""
    try:
        for number, row in enumerate(csv.reader(io.StringIO(content), strict=True), start=1):
            if number == 1 and tuple(row) != head:
                yield f"row 1: {json.dumps(row)}: expected: {', '.join(head)}"
                return
            if len(row) != len(head):
                shown = files.shortened(",".join(row))
                yield f"row {number}: {len(row)} cells, {shown}: expected: {len(head)} cells"
    except csv.Error as error:
        yield f"a row: {error}; expected: cells between commas, each quotation mark closed"
