"""Install the packages of the lock, on every core: pip downloads, unpacks and compiles on one.

    .venv/bin/python -m tools.install requirements.txt

Runs on a bare Python. Each pip is given some packages of its own; since the lock is whole, none
looks for those that another one needs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.supply.lock import packages

# What every Python that starts meanwhile looks at comes before all others.
FIRST = "setuptools=="
SHARES = 4  # of each core: one that has small packages takes more of them
MOST = 8  # at once, on however many cores: each waits for the same disk and network
# --no-deps: the lock is whole, and older pips cannot resolve it where a package asks for an extra.
PIP = [
    sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
    "--require-hashes", "--no-deps", "--compile", "-r",
]  # fmt: skip


def shared_out(packages: Sequence[str], shares: int) -> list[str]:
    """Packages, with their hashes, in at most so many shares of about one size."""
    first = [package for package in packages if package.startswith(FIRST)]
    others = [package for package in packages if not package.startswith(FIRST)]
    return [
        "".join(share) for share in (first, *(others[i::shares] for i in range(shares))) if share
    ]


def install(share: Path) -> str:
    """Let pip install a share; what it says where it fails, or nothing."""
    done = subprocess.run([*PIP, str(share)], capture_output=True, text=True, errors="replace")
    return "" if done.returncode == 0 else done.stdout + done.stderr or f"pip: {done.returncode}"


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description="Install the packages of a lock.")
    parser.add_argument("lock", type=Path)
    lock = parser.parse_args().lock
    cores = min(os.cpu_count() or 1, MOST)
    try:
        shares = shared_out(packages(lock), SHARES * cores)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder, ThreadPoolExecutor(cores) as pool:
        paths = [Path(folder) / f"{number}.txt" for number in range(len(shares))]
        for path, share in zip(paths, shares, strict=True):
            path.write_text(share, encoding="utf-8")
        failed = [*filter(None, [install(paths[0]), *pool.map(install, paths[1:])])]
    print("".join(failed), end="", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
