"""Copy the figure that the README shows from the notebook that draws it.

python -m tools.picture
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from tools.notebooks import BOOK

NOTEBOOK, EXHIBIT = "survey", "survey-regions"
PICTURE = BOOK.parent / ".github" / "readme-figure.svg"


def drawing(notebook: Path = BOOK / f"{NOTEBOOK}.ipynb") -> str:
    """The exhibit's SVG as the notebook holds it.

    Raises:
        LookupError: the notebook holds no such exhibit.
    """
    for cell in nbformat.read(notebook, as_version=4).cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            if f'id="{EXHIBIT}"' in html and (found := re.search(r"<svg .*?</svg>", html, re.S)):
                return found.group() + "\n"
    raise LookupError(f"{notebook.name} holds no drawing named {EXHIBIT}")


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
    print(f"The README's figure: {PICTURE.relative_to(BOOK.parent).as_posix()}")
