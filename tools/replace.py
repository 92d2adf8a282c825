"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
from pathlib import Path


def unwritten(path: Path, error: OSError) -> str:
    """What is told of a file that could not be written: why, and what is expected."""
    return f"{path}: {error.strerror}; expected: room for it, and leave to write"


def whole(path: Path, content: str | bytes) -> None:
    """Put the content in the file's place; on failure the file stays as it was, and nothing else.

    Raises:
        OSError: there is no room, or no leave to write.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):  # of a folder that is none, or may not be written to
            temporary.unlink()
        if isinstance(error, OSError):
            error.filename = str(path)  # of a full disk Python does not say it
        raise
