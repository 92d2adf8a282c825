"""Wherever the project lies: no name of a folder or a file is read as something else."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
import yaml
from sphinx.project import Project

from analysis import tables
from tools.contents import reading_order

ROOT = Path(__file__).resolve().parent.parent
# What a pattern, a shell, an address or a configuration file would expand.
FOLDERS = ["project [copy]", "what?", "a*b", "#1", "50% off", "%(x)s", "a & b", "it's", " led",
           "trailing ", "-dash", "$HOME", "~", "данные", "数据"]  # fmt: skip
ON_WINDOWS = "?*"  # no file can be called so there
# Windows keeps these names for devices, whatever follows a full stop, and refuses these characters
# (Microsoft, "Naming Files, Paths, and Namespaces").
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]')
LONGEST = 120  # of 260 characters in all, so that half are left for the folder around it


def misnamed(paths: Iterable[str]) -> list[str]:
    """What is wrong with names of files on any of Linux, macOS and Windows, one line each."""
    found, listed = [], sorted(paths)
    for path in listed:
        for part in PurePosixPath(path).parts:
            if REFUSED.search(part):
                found.append(f"{path}: a character that Windows refuses")
            if part.partition(".")[0].lower() in DEVICES:
                found.append(f"{path}: the name of a device")
            if part != part.rstrip(". "):
                found.append(f"{path}: ends with a full stop or a space, which Windows drops")
        if not path.isascii():
            found.append(f"{path}: not ASCII, which macOS may spell another way")
        if len(path) > LONGEST:
            found.append(f"{path}: {len(path)} characters; expected: at most {LONGEST}")
    whole = {str(PurePosixPath(p)) for p in listed} | {
        str(parent) for p in listed for parent in PurePosixPath(p).parents
    }
    alike = Counter(path.lower() for path in whole)
    found += [f"{path}: names differ in capitals alone" for path, n in alike.items() if n > 1]
    return found


def test_every_file_has_a_name_that_each_system_takes(kept: list[str]) -> None:
    assert not misnamed(kept)


def test_every_file_of_the_site_has_a_name_that_each_system_takes(site: Path) -> None:
    assert not misnamed(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    "paths",
    [["a/con.csv"], ["LPT1"], ["a:b"], ["a/b."], ["a /b"], ["b/A.md", "b/a.md"], ["A/x", "a/y"],
     ["é"], ["x" * (LONGEST + 1)]],
)  # fmt: skip
def test_a_name_that_some_system_refuses_is_found(paths: list[str]) -> None:
    assert len(misnamed(paths)) == 1


@pytest.mark.parametrize("name", FOLDERS)
def test_tables_load_and_are_checked_in_any_folder(name: str, tmp_path: Path) -> None:
    if sys.platform == "win32" and set(name) & set(ON_WINDOWS):
        return
    data = tmp_path / name / "data"
    for table in ("documents", "statements"):
        for part in (tables.describe(table)["path"], f"schemas/{table}.json"):
            (data / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(tables.PACKAGE.parent / part, data / part)
    shutil.copy(tables.PACKAGE.parent / "datapackage.json", data)
    _keep_two(data / "datapackage.json")
    package = data / "datapackage.json"
    assert len(tables.load("statements", package)) == len(tables.load("statements"))
    # Its foreign key leads into the other table, whose file is found in the same folder.
    path = data / tables.describe("documents")["path"]
    path.write_text(path.read_text("utf-8").replace("A/58/98,", "A/58/99,", 1), encoding="utf-8")
    tables._load.cache_clear()
    with pytest.raises(tables.TableError, match=r"statements\.csv: row \d+: field 'document_id'"):
        tables.load("statements", package)


def _keep_two(package: Path) -> None:
    described = json.loads(package.read_text(encoding="utf-8"))
    kept = [r for r in described["resources"] if r["name"] in ("documents", "statements")]
    package.write_text(json.dumps({**described, "resources": kept}), encoding="utf-8")


def test_pages_are_told_from_other_files_without_a_pattern_of_the_whole_path() -> None:
    """Sphinx's own search, whose patterns are relative, finds the pages of the contents alone."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    project = Project(ROOT, {".md": "markdown", ".ipynb": "myst-nb"})
    project.discover(config["exclude_patterns"], ["**"])
    assert project.docnames == {page.docname for page in reading_order(ROOT)}


def test_a_folder_that_cannot_work_is_named_on_one_line(tmp_path: Path) -> None:
    """A colon parts the folders of PATH, so that no environment can be made below one."""
    if sys.platform == "win32":
        return
    folder = tmp_path / "a:b"
    folder.mkdir()
    result = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", ".venv"],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode != 0
    (told,) = (result.stdout + result.stderr).strip().splitlines()
    assert "a:b" in told
