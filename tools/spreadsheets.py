"""See every workbook through LibreOffice: does each cell come out as it is in the CSV files?

    python -m tools.spreadsheets

Not part of `make test`, since it needs LibreOffice Calc. A cell that differs is named; one that a
spreadsheet program ran as a formula, or took for a date, would.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis.tables import describe, names
from tools import downloads
from tools.records import Cell, cell
from tools.words import command

# Comma, quotes, UTF-8, from the first line, values as stored, every sheet in a file of its own.
EXPORT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
Rows = list[list[str]]
Fields = list[dict[str, str]]


def seen(workbook: bytes, name: str) -> dict[str, Rows]:
    """The cells of each sheet as LibreOffice writes them out.

    Raises:
        FileNotFoundError: LibreOffice is not installed.
        subprocess.CalledProcessError: it could not open the workbook.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError(
            "LibreOffice Calc is not installed (Debian: libreoffice-calc-nogui)"
        )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / f"{name}.xlsx").write_bytes(workbook)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [program, "--headless", profile, "--convert-to", EXPORT, "--outdir", place,
             str(folder / f"{name}.xlsx")],
            check=True, capture_output=True,
        )  # fmt: skip
        prefix = f"{name}-"
        return {
            path.stem.removeprefix(prefix): _rows(path.read_bytes())
            for path in folder.glob(f"{prefix}*.csv")
        }


def differing(name: str, given: Rows, found: Rows, fields: Fields) -> Iterator[str]:
    """The cells that differ in value, one line each, heads included."""
    if len(given) != len(found):
        yield f"{name}: {len(found)} rows; expected: {len(given)}"
    for number, (before, after) in enumerate(zip(given, found, strict=False), start=1):
        for field, one, other in zip(fields, before, after, strict=True):
            kind = field if number > 1 else {**field, "type": "string"}
            if _value(one, kind) != _value(other, kind):
                where = f"{name}: row {number}: field {field['name']!r}"
                yield f"{where}: value {other!r}: expected: {one!r}"


def _value(text: str, field: dict[str, str]) -> Cell:
    plain = text.lower() if field["type"] == "boolean" else text
    try:
        number = field["type"] in ("integer", "number") and plain
        return float(number) if number else cell(plain, field, "")
    except ValueError:
        return text


def _rows(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def _given() -> Iterator[tuple[str, dict[str, tuple[Rows, Fields]]]]:
    """Each workbook among the downloads, with the CSV files and fields of its sheets."""
    files = downloads.package_files()
    tables = {name: describe(name) for name in names()}
    yield (
        downloads.XLSX,
        {
            name: (_rows(files[table["path"]]), table["schema"]["fields"])
            for name, table in tables.items()
        },
    )
    shown = downloads.exhibit_files()
    resources = json.loads(shown["datapackage.json"])["resources"]
    yield (
        downloads.WORKBOOK,
        {one["name"]: (_rows(shown[one["path"]]), one["schema"]["fields"]) for one in resources},
    )


def main() -> int:
    """Compare all; returns the exit code."""
    wrong: list[str] = []
    for file, sheets in _given():
        try:
            found = seen(downloads.WHOLE[file].made(""), Path(file).stem)
        except FileNotFoundError as missing:
            print(missing, file=sys.stderr)
            return 1
        for name, (rows, fields) in sheets.items():
            wrong += differing(f"{file}: {name}", rows, found.get(name, []), fields)
        count = sum(len(row) for rows, _ in sheets.values() for row in rows)
        print(f"{file}: {len(sheets)} sheets, {count:,} cells compared")
    print("\n".join(wrong) or "every cell is as it was given")
    return int(bool(wrong))


if __name__ == "__main__":
    command(__doc__).parse_args()
    sys.exit(main())
