"""WeasyPrint, and what is said where a system library that it needs is missing."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Any

LIBRARIES = (
    "The PDF needs the library Pango, which this system lacks. Install it: "
    "on Debian or Ubuntu `sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`; "
    "on Fedora `sudo dnf install pango`; on macOS `brew install pango`; "
    "on Windows, in MSYS2, `pacman -S mingw-w64-ucrt-x86_64-pango`."
)


# What the library is called on Linux, macOS and Windows.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")


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


def pango_version() -> int:
    """The version of Pango as one number, from itself: WeasyPrint takes half a second to come.

    Raises:
        LibraryMissingError: as `weasyprint`, which looks in more places.
    """
    for name in PANGO:
        with suppress(OSError):
            return int(ctypes.CDLL(name).pango_version())
    return int(weasyprint().text.ffi.pango.pango_version())
