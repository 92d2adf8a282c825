"""How the book is made and proved."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from types import TracebackType

OWN = ("analysis", "tools")
LITTLE = 2**24  # bytes free on a disk that is as good as full: some files are that large
MISSING = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}


class RefusedError(Exception):
    """What cannot be done, in the line that tells it: a wrong setting, a file that was refused."""


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Who stops a command is told so in a word, and what the system refuses it in a line.

    Anything else keeps its traceback.
    """
    if issubclass(kind, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
    elif isinstance(error, OSError) and error.strerror:
        print(refused(error), file=sys.stderr)
    elif isinstance(error, RefusedError):
        print(error, file=sys.stderr)
    elif isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith(OWN):
        told = "expected: the packages of requirements.txt, which `make book` installs in .venv"
        print(f"{error.name}: no such module; {told}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def refused(error: OSError) -> str:
    """What is told of a file that the system does not give or take: why, and what is expected."""
    where = _nameless(error) if error.filename is None else error.filename
    if error.errno in MISSING:
        return f"{where}: {error.strerror}; expected: that it is there, as the file or folder it is"
    return f"{where}: {error.strerror}; expected: room for it, and leave to read and write"


def _nameless(error: OSError) -> str:
    """Where there was no room for a file, of which Python keeps no name; which disk is known."""
    if error.errno == errno.ENOSPC:
        for folder in (Path.cwd(), Path(os.environ.get("TMPDIR") or "/tmp")):
            if folder.is_dir() and shutil.disk_usage(folder).free < LITTLE:
                return f"a file on the disk of {folder}"
    return "a file"


def cause(error: BaseException | None) -> str:
    """The line of what the system refused, if that is what an error came of; else nothing.

    A file that was missed on the way says nothing: libraries look for many, and do without.
    """
    while error is not None:
        if isinstance(error, RefusedError):
            return str(error)
        if isinstance(error, OSError) and error.strerror and error.errno not in MISSING:
            return refused(error)
        error = error.__cause__ or error.__context__
    return ""


sys.excepthook = _told
