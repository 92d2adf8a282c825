"""Make everything that is published from a fresh clone, so that only what is committed counts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.archive import archive
from tools.cite import KEY
from tools.downloads import CHECKSUMS, EXHIBITS, ZIP, checksum
from tools.edition import Edition
from tools.exhibits import DOWNLOADS
from tools.pdf.volumes import VOLUMES
from tools.published import ADDRESS, REPOSITORY, REVISION
from tools.release import packages

SITE = f"{KEY}-site.zip"
# The addresses of a host belong to its copy of the site, the epoch to figures inside kernels.
OF_A_HOST = {ADDRESS, REPOSITORY, REVISION, "SOURCE_DATE_EPOCH"}
STEPS = ("tools.book", "tools.pdf")


def made(root: Path) -> dict[str, bytes]:
    """The files of a release by their names; the checksums come last.

    Made of the commit that is checked out in `root`, in a clone that is gone afterwards.

    Raises:
        subprocess.CalledProcessError: git fails, or a step, which has said why.
    """
    with TemporaryDirectory() as folder:
        clone, target = Path(folder, "project"), Path(folder, "packages")
        # Of whatever is checked out, a tag too, without advice about that.
        quiet = ["git", "-c", "advice.detachedHead=false", "clone", "--quiet"]
        subprocess.run([*quiet, str(root), str(clone)], check=True)
        environment = {k: v for k, v in os.environ.items() if k not in OF_A_HOST}
        environment["PYTHONPATH"] = str(clone)
        for step in STEPS:
            start = time.monotonic()
            command = [sys.executable, "-m", "tools.leaving", step]
            subprocess.run(command, cwd=clone, env=environment, check=True)
            print(f"== {step}: {time.monotonic() - start:.0f} s", flush=True)
        day = Edition.of(clone).released
        site = clone / "_build" / "html"
        files = {SITE: archive(_tree(site), day)}
        files |= {volume.file: (site / volume.file).read_bytes() for volume in VOLUMES.values()}
        files |= {name: (site / DOWNLOADS / name).read_bytes() for name in (ZIP, EXHIBITS)}
        target.mkdir()
        files |= packages.built(clone, target, day)
    return {**files, CHECKSUMS: sums(files)}


def sums(files: dict[str, bytes]) -> bytes:
    """The checksums as `sha256sum --check` reads them."""
    return "".join(f"{checksum(files[name])}  {name}\n" for name in sorted(files)).encode()


def differing(released: str, again: str) -> list[str]:
    """A line for each file that is not the same in two lists of checksums."""
    was, is_ = _listed(released), _listed(again)
    return [
        f"{name}: {was.get(name, 'not released')}; made again: {is_.get(name, 'not made')}"
        for name in sorted({*was, *is_})
        if was.get(name) != is_.get(name)
    ]


def _listed(text: str) -> dict[str, str]:
    return {name: found for found, _, name in (line.partition("  ") for line in text.splitlines())}


def _tree(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
