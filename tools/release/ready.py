"""What must hold before a version is released: one number, one day, and a tree without changes."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from tools import changes

MENDED = re.compile(r"mended on (\d{1,2} [A-Z][a-z]+ \d{4})")
CITED = re.compile(r"\bVersion (\d+\.\d+)\.")


def problems(root: Path, version: str) -> list[str]:
    """What keeps a version from being released, a line each.

    Args:
        root: the folder of the project, a git repository.
        version: year and month of the release, such as 2026.11.

    Raises:
        KeyError, OSError, ValueError: a file that says the version is missing or cannot be read.
        subprocess.CalledProcessError: the folder is no git repository.
    """
    return [*_changed(root), *_versions(root, version), *_days(root, version)]


def _changed(root: Path) -> Iterator[str]:
    command = ["git", "-C", str(root), "status", "--porcelain"]
    told = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
    for line in told.stdout.splitlines():
        yield f"{line[3:]}: not committed; expected: a tree without changes"


def _versions(root: Path, version: str) -> Iterator[str]:
    for place, found in _told(root):
        if found != version:
            yield f"{place}: {found!r}; expected: {version!r}"


def _told(root: Path) -> Iterator[tuple[str, str]]:
    """Every place that says the version, and what it says."""
    citation, zenodo = _citation(root), _json(root / ".zenodo.json")
    project = tomllib.loads(_text(root / "pyproject.toml"))["project"]
    yield "CHANGELOG.md: the latest version", changes.entries(root)[0].version
    yield "CITATION.cff: version", str(citation["version"])
    preferred = citation["preferred-citation"]
    yield "CITATION.cff: preferred-citation: version", str(preferred["version"])
    yield ".zenodo.json: version", zenodo["version"]
    yield "pyproject.toml: project: version", project["version"]
    yield "data/datapackage.json: version", _json(root / "data" / "datapackage.json")["version"]
    for cited in CITED.findall(_text(root / "README.md")):
        yield "README.md: the citation", cited


def _days(root: Path, version: str) -> Iterator[str]:
    """The day of the release is that of the changelog's latest edition."""
    day = changes.entries(root)[0].day
    of_the_changelog = f"{day.isoformat()}, the day of CHANGELOG.md"
    if version != (named := f"{day:%Y.%m}"):
        yield f"VERSION: {version!r}; expected: {named!r}, by the day of CHANGELOG.md"
    citation, zenodo = _citation(root), _json(root / ".zenodo.json")
    for place, found in (
        ("CITATION.cff: date-released", str(citation["date-released"])),
        (".zenodo.json: publication_date", zenodo["publication_date"]),
    ):
        if found != day.isoformat():
            yield f"{place}: {found}; expected: {of_the_changelog}"
    preferred = citation["preferred-citation"]
    if (preferred["year"], preferred["month"]) != (day.year, day.month):
        yield f"CITATION.cff: preferred-citation: year and month; expected: of {of_the_changelog}"
    for mended in sorted({*map(_day, MENDED.findall(_text(root / "ERRATA.md")))}):
        if mended > day:
            yield f"ERRATA.md: mended on {mended}; expected: no later than {of_the_changelog}"


def _day(written: str) -> date:
    return datetime.strptime(written, "%d %B %Y").date()


def _citation(root: Path) -> dict[str, Any]:
    return yaml.safe_load(_text(root / "CITATION.cff"))


def _json(path: Path) -> dict[str, Any]:
    return json.loads(_text(path))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
