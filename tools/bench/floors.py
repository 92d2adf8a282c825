"""The floors: the least that the same tools take for as many pages, notebooks and figures.

Nothing can be faster than an empty book of as many pages, or than notebooks that only import what
every chapter needs; what the book takes beyond them is its own doing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

IMPORTS = "import matplotlib.pyplot as plt\nimport pandas as pd"
FIGURE = "_ = plt.figure(figsize=(7, 4)).add_subplot().plot([0, 1])"
LEFT = ("_build", "build", "dist", ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")


def project(source: Path, target: Path) -> Path:
    """A copy of the project without anything that was made from it."""
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT)))


def book(folder: Path, pages: int) -> Path:
    """A Jupyter Book whose pages have a heading and a sentence each; nothing is executed."""
    folder.mkdir(parents=True)
    names = [f"page-{number:02d}" for number in range(pages)]
    for name in names:
        (folder / f"{name}.md").write_text(f"# {name}\n\nA sentence.\n", encoding="utf-8")
    (folder / "_config.yml").write_text("execute: {execute_notebooks: 'off'}\n", encoding="utf-8")
    root, *others = names
    chapters = "".join(f"- file: {name}\n" for name in others)
    toc = f"format: jb-book\nroot: {root}\nchapters:\n{chapters}"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    return folder


def notebooks(folder: Path, figures: Sequence[int]) -> Iterator[str]:
    """Write notebooks that import pandas and matplotlib; the name of each.

    Args:
        folder: where they are written, as `floor-00.ipynb`.
        figures: how many figures each draws, of one line each.
    """
    for number, count in enumerate(figures):
        name = f"floor-{number:02d}"
        cells = [new_markdown_cell(f"# {name}"), new_code_cell(IMPORTS)]
        cells += [new_code_cell(FIGURE) for _ in range(count)]
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
        yield name
