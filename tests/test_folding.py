"""Code goes to the exhibit that it makes; what shows none is folded once a section, by its name."""

from __future__ import annotations

import nbformat
from bs4 import BeautifulSoup
from docutils import nodes
from folding import ExhibitNode, _fold

from tools.notebooks import BOOK


def _cell(source: str, *, shows: nodes.Node | None = None) -> nodes.container:
    cell = nodes.container(nb_element="cell_code")
    cell += nodes.container("", nodes.literal_block("", source), nb_element="cell_code_source")
    if shows is not None:
        cell += nodes.container("", shows, nb_element="cell_code_output")
    return cell


def test_an_exhibit_takes_the_code_of_its_section() -> None:
    exhibit = ExhibitNode(exhibit="stock-growth")
    cells = [_cell("load()"), _cell("show()", shows=exhibit), _cell("say()", shows=nodes.Text("x"))]
    section = nodes.section("", nodes.title("", "Growth"), *cells)
    _fold(section, cells)
    assert exhibit.astext().split() == ["load()", "show()", "say()"]
    assert len(section.children) == 3  # the cell that shows nothing is gone
    assert "<details" not in section.astext()


def test_code_before_the_first_section_goes_to_the_first_exhibit() -> None:
    exhibits = [ExhibitNode(exhibit="stock-growth"), ExhibitNode(exhibit="stock-share")]
    opening = [_cell("load()")]
    inner = [_cell(f"show({n})", shows=exhibit) for n, exhibit in enumerate(exhibits)]
    section = nodes.section("", nodes.title("", "Growth"), *inner)
    chapter = nodes.section("", nodes.title("", "Stock"), *opening, section)
    _fold(chapter, opening)
    _fold(section, inner)
    assert [each.astext().split() for each in exhibits] == [["load()", "show(0)"], ["show(1)"]]
    assert chapter.children[1:] == [section]


def test_a_section_without_exhibits_has_one_fold_with_its_name() -> None:
    cells = [_cell("load()"), _cell("say()", shows=nodes.Text("x"))]
    section = nodes.section("", nodes.title("", "Growth & share"), *cells)
    _fold(section, cells)
    folds = [node.astext() for node in section.findall(nodes.raw) if "<details" in node.astext()]
    assert folds == ['<details class="code"><summary>Code: Growth &amp; share</summary>\n']


def test_all_code_can_be_had_and_every_fold_has_a_name_of_its_own(
    chapters: dict[str, BeautifulSoup],
) -> None:
    for path in sorted(BOOK.glob("*.ipynb")):
        page = chapters[f"book/{path.stem}.html"]
        shown = "".join("".join(pre.get_text().split()) for pre in page.select("details.code pre"))
        code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        cells = [c for c in code if "remove-input" not in c.metadata.get("tags", [])]
        lost = [c.source for c in cells if "".join(c.source.split()) not in shown]
        assert lost == [], path.name
        names = [summary.get_text() for summary in page.select("details.code > summary")]
        assert len(names) == len(set(names)), path.name
