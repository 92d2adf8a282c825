"""The wheel and the source distribution, with bytes that depend on nothing but their content.

Setuptools dates what it packs by the clock and takes modes from the checkout; so each is packed
again, all files dated by the release.
"""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from tools.archive import archive

BACKEND = "import sys, setuptools.build_meta as b; print(getattr(b, sys.argv[1])(sys.argv[2]))"


def built(project: Path, target: Path, day: date) -> dict[str, bytes]:
    """The source distribution of a project and the wheel, by their names.

    Args:
        project: its folder, in which setuptools leaves what it needs meanwhile.
        target: a folder for what setuptools makes.
        day: of the release.

    Raises:
        subprocess.CalledProcessError: setuptools cannot build one of them.
    """
    wheel, source = (build(f"build_{kind}", project, target) for kind in ("wheel", "sdist"))
    return {wheel.name: _wheel(wheel, day), source.name: _source(source, day)}


def build(hook: str, project: Path, target: Path) -> Path:
    """What the build backend makes of a project, as `pip` calls it; nothing is fetched.

    Args:
        hook: `build_wheel` or `build_sdist`.
        project: its folder.
        target: the folder for what is made.

    Raises:
        subprocess.CalledProcessError: setuptools cannot build it; its `stderr` says why.
    """
    command = [sys.executable, "-c", BACKEND, hook, str(target)]
    result = subprocess.run(
        command, cwd=project, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return target / result.stdout.splitlines()[-1]


def _wheel(path: Path, day: date) -> bytes:
    with zipfile.ZipFile(path) as bundle:
        # In its own order, which ends with the list of what is in it.
        names = [name for name in bundle.namelist() if not name.endswith("/")]
        return archive({name: bundle.read(name) for name in names}, day)


def _source(path: Path, day: date) -> bytes:
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    packed = io.BytesIO()
    with (
        tarfile.open(path) as bundle,
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=moment) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as again,
    ):
        for member in sorted(bundle.getmembers(), key=lambda m: m.name):
            if not member.isfile():
                continue  # folders follow from what is in them
            entry = tarfile.TarInfo(member.name)
            entry.size, entry.mtime = member.size, moment
            entry.mode = 0o755 if member.mode & 0o100 else 0o644
            again.addfile(entry, bundle.extractfile(member))
    return packed.getvalue()
