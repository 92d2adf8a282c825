"""What each notebook shows is what its cells compute: prose, tables, drawings, places of marks.

`make test` reruns the notebooks in kernels of their own besides, as readers do. Here their cells
run in the process of the tests, in seconds, so that a change of the code is noticed at once. To
save half of these, what is drawn for phones is drawn, and not compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from analysis import drawings, exhibits, marks, style
from analysis.exhibits import MIME

pytestmark = pytest.mark.slow
BOOK = Path(__file__).resolve().parent.parent / "book"
Parts = dict[str, str]


def parts(output: dict[str, Any]) -> Parts:
    """The texts of an output by their types; the data of an exhibit one by one."""
    prose = "text/markdown" in output  # of which a terminal shows nothing
    passed = {MIME, "image/png", "text/plain"} if prose else {MIME, "image/png"}
    told = {kind: "".join(text) for kind, text in output.items() if kind not in passed}
    for name, part in output.get(MIME, {}).items():
        if name != "phone":
            own = part.get("page") if name == "marks" else part
            told[name] = json.dumps(own, sort_keys=True)
    return told


def stored(notebook: Path) -> Iterator[tuple[str, list[Parts]]]:
    """The source of each cell of code, and what it has shown."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"]), [parts(output["data"]) for output in cell["outputs"]]


def difference(new: Parts, old: Parts) -> str:
    """The first part of an output that is another, from shortly before its first letter that is."""
    name = next((name for name in {**old, **new} if new.get(name) != old.get(name)), "")
    one, other = new.get(name, ""), old.get(name, "")
    first = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    near = slice(max(0, first - 30), first + 50)
    return f"{name} has {one[near]!r}; expected: {other[near]!r}"


def test_a_difference_is_told_by_its_part_and_place() -> None:
    old, new = ({"phone": end, "title": f"{'x' * 99}{end}"} for end in ("old", "new"))
    told = difference(parts({"text/html": ["a"], MIME: new}), parts({"text/html": "a", MIME: old}))
    assert told == f"title has '{'x' * 30}new\"'; expected: '{'x' * 30}old\"'"
    assert parts({"image/png": "x", "text/html": ["<p>", "</p>"]}) == {"text/html": "<p></p>"}


@pytest.fixture
def on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let drawings for phones be nothing once they are drawn, and make no PNG."""

    def keep(module: ModuleType, name: str, nothing: Any) -> None:
        whole = getattr(module, name)
        monkeypatch.setattr(
            module, name,
            lambda drawing, *more: nothing if drawing.get_figwidth() < style.PAGE.width
            else whole(drawing, *more),
        )  # fmt: skip

    keep(style, "faults", [])
    keep(drawings, "svg", "-")
    keep(marks, "marks", [])
    monkeypatch.setattr(drawings, "png", lambda drawing: ("", 0, 0))


@pytest.mark.usefixtures("on_the_page")
@pytest.mark.parametrize("notebook", sorted(BOOK.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_computes(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Parts] = []

    def keep(content: Any, **how: Any) -> None:
        shown.append(parts(content if how.get("raw") else {"text/markdown": content.data}))

    monkeypatch.setattr(exhibits, "display", keep)
    names: dict[str, Any] = {}
    for number, (source, before) in enumerate(stored(notebook), start=1):
        shown.clear()
        exec(source, names)
        for new, old in zip(shown, before, strict=True):
            assert new == old, f"cell {number}: {difference(new, old)}"
