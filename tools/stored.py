"""The notebooks as they are stored, read once however many ask for them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


def notebook(path: Path) -> Notebook:
    """The JSON of a notebook, which nobody may change; `tools.wellformed` says if it is one."""
    return _read(path, path.stat().st_mtime_ns)


def source(cell: dict[str, Any]) -> str:
    """The text of a cell, which is stored in lines."""
    return _joined(cell["source"])


def shown(output: dict[str, Any], kind: str) -> str:
    """What an output has of a MIME type, stored in lines as well; empty if nothing."""
    return _joined(output["data"].get(kind, ""))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


@cache
def _read(path: Path, changed: int) -> Notebook:
    return json.loads(path.read_text(encoding="utf-8"))
