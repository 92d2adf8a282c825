"""A zip archive whose bytes depend on nothing but its content."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

UNIX, PLAIN_FILE = 3, 0o100644 << 16


def archive(files: Mapping[str, bytes], date: dt.date) -> bytes:
    """The archive of files by path, in the given order, all dated alike."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as bundle:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, (date.year, date.month, date.day, 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
    return target.getvalue()
