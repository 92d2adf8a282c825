"""Keep what takes long to make under a digest of all that it is made from.

What is kept under a key is given out only for that key, and the key covers every input: content,
code and the versions of libraries. So a change of any of them makes the thing anew, as does a
checkout in which nothing was made yet, and nothing has to be told stale from fresh by its date.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from tools.replace import whole

SUM = hashlib.sha256().digest_size


def key(*parts: str | bytes) -> str:
    """A digest of what something is made from, in this order."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def versions(*libraries: str) -> str:
    """The versions of libraries that are installed, as a part of a key."""
    return ", ".join(f"{library} {version(library)}" for library in libraries)


class Kept:
    """A folder of things that were made before, each by its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; `None` if nothing is, or not all of it."""
        self.asked.add(key)
        try:
            stored = (self.folder / key).read_bytes()
        except OSError:
            return None
        content = stored[SUM:]
        return content if stored == _summed(content) else None

    def put(self, key: str, content: bytes) -> bytes:
        """Keep something; returns it.

        Raises:
            OSError: there is no room, or no leave to write.
        """
        self.asked.add(key)
        self.folder.mkdir(parents=True, exist_ok=True)
        whole(self.folder / key, _summed(content))
        return content

    def tidy(self) -> None:
        """Remove what was not asked for, which would pile up from build to build."""
        for path in self.folder.glob("*"):
            if path.name not in self.asked:
                path.unlink(missing_ok=True)


def _summed(content: bytes) -> bytes:
    """Something with a digest of it before, by which it is known for whole."""
    return hashlib.sha256(content).digest() + content
