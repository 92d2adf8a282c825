"""One process at a time, where several workers would make the same thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 600  # seconds that a process waits for another that lives


@contextmanager
def turn(lock: Path) -> Iterator[None]:
    """Wait until no other process has the turn, and have it; a process that ends gives it back.

    SQLite locks a file on every system, and the system itself forgets who held the lock when a
    process dies, however it does: a file that is left behind holds nobody up.

    Raises:
        sqlite3.OperationalError: another process had the turn all the while.
    """
    with closing(sqlite3.connect(lock, timeout=PATIENCE, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        yield
