"""Which tables were found whole before and have not changed by a byte since.

`make` checks all tables before anything reads them; a notebook that loads some of them again need
not check them again, which takes longer than all else that it does with them.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from analysis.described import described

# Beside the folder of the data, where everything is that can be made anew.
STAMP = Path("_build", "wellformed.json")
# What checks: where it changes, tables are checked anew.
CODE = ("files.py", "described.py", "violations.py")


def stamp(package: Path) -> Path:
    """The file that notes which tables of a package were found whole, and in which state."""
    return package.parent.parent / STAMP


def state(name: str, package: Path) -> str:
    """A digest of a table, of those it refers to, of their descriptions and of what checks them.

    Raises:
        OSError: a file cannot be read.
    """
    table = described(name, package)
    keys = table["schema"].get("foreignKeys", [])
    others = {str(key["reference"]["resource"] or name) for key in keys}
    digest = hashlib.sha256(_code())
    for each in (table, *(described(other, package) for other in sorted(others))):
        digest.update(json.dumps(each, sort_keys=True).encode())
        digest.update((package.parent / each["path"]).read_bytes())
    return digest.hexdigest()


def whole(name: str, package: Path) -> bool:
    """Whether a table was found whole in the state in which it is now."""
    noted = _noted(stamp(package)).get(name)
    try:
        return noted is not None and noted == state(name, package)
    except (OSError, KeyError, TypeError, AttributeError):  # what is wrong is told by who checks
        return False


def _noted(path: Path) -> dict[str, str]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


@cache
def _code() -> bytes:
    return b"".join((Path(__file__).parent / name).read_bytes() for name in CODE)
