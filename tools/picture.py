"""Copy the figure that the README shows from the notebook that draws it.

python -m tools.picture
"""

from __future__ import annotations

import sys
from pathlib import Path

from analysis.exhibits import MIME
from tools.exhibits import in_notebook
from tools.notebooks import BOOK
from tools.replace import unwritten, whole
from tools.words import command

NOTEBOOK, EXHIBIT = "survey", "survey-regions"
PICTURE = BOOK.parent / ".github" / "readme-figure.svg"


def drawing(notebook: Path = BOOK / f"{NOTEBOOK}.ipynb") -> str:
    """The exhibit's SVG as the notebook holds it.

    Raises:
        LookupError: the notebook holds no such exhibit.
    """
    for bundle in in_notebook(notebook):
        if bundle[MIME]["exhibit_id"] == EXHIBIT:
            return bundle["image/svg+xml"] + "\n"
    raise LookupError(f"{notebook.name} holds no drawing named {EXHIBIT}")


if __name__ == "__main__":
    command(__doc__).parse_args()
    try:
        whole(PICTURE, drawing())
    except OSError as error:
        sys.exit(unwritten(PICTURE, error))
    print(f"The README's figure: {PICTURE.relative_to(BOOK.parent).as_posix()}")
