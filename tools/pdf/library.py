"""WeasyPrint, and what is said where a system library that it needs is missing."""

from __future__ import annotations

import sys
from typing import Any

LIBRARIES = (
    "The PDF needs the library Pango, which this system lacks. Install it: "
    "on Debian or Ubuntu `sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`; "
    "on Fedora `sudo dnf install pango`; on macOS `brew install pango`; "
    "on Windows, in MSYS2, `pacman -S mingw-w64-ucrt-x86_64-pango`."
)


class LibraryMissingError(RuntimeError):
    """A system library is missing; the message says how to install it."""


def weasyprint() -> Any:
    """WeasyPrint, which loads system libraries when it is imported.

    Raises:
        LibraryMissingError: Pango or a library beneath it is not installed.
    """
    # It prints its own lines of advice before it raises; ours is the one to read.
    shown, sys.stdout = sys.stdout, sys.stderr
    try:
        import weasyprint as module
    except OSError as error:
        raise LibraryMissingError(LIBRARIES) from error
    finally:
        sys.stdout = shown
    return module
