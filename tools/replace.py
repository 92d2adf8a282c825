"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path


def unwritten(path: Path, error: OSError) -> str:
    """What is told of a file that could not be written: why, and what is expected."""
    return f"{path}: {error.strerror}; expected: room for it, and leave to write"


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have what goes wrong while a file is written name it; of a full disk Python does not."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def ask_leave(path: Path) -> None:
    """Ask for leave to write a file, or into a folder, before the work that is to be kept there.

    Raises:
        OSError: nothing can be written there; the error names the path.
    """
    folder = next(parent for parent in (path, *path.absolute().parents) if parent.is_dir())
    with naming(path), tempfile.TemporaryFile(dir=folder):
        pass


def whole(path: Path, content: str | bytes) -> None:
    """Put the content in the file's place; on failure the file stays as it was, and nothing else.

    Raises:
        OSError: there is no room, or no leave to write.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        with naming(path):
            temporary.write_bytes(content.encode() if isinstance(content, str) else content)
            temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # of a folder that is none, or may not be written to
            temporary.unlink()
        raise
