"""The table of contents of a volume, and the list of its figures and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from tools.exhibits import Placed
from tools.pdf import exhibits
from tools.pdf.chapters import Chapter
from tools.pdf.tags import text

OFTEN = 2  # chapters: a heading of more tells them apart no longer


def contents(chapters: list[Chapter], listed: list[Placed], *, data: bool) -> str:
    """Both lists, as HTML.

    Args:
        chapters: of the volume.
        listed: its exhibits.
        data: whether the data of the figures stand at its end.
    """
    headings = Counter(text(h) for chapter in chapters for h in chapter.article.find_all("h2"))
    common = {words for words, times in headings.items() if times > OFTEN}
    lines = []
    for chapter in chapters:
        if chapter.opens:
            lines.append(f'<p class="contents-part">{escape(chapter.page.part)}</p>')
        lines.append(_entry(chapter.page.name, chapter.number, chapter.title, "chapter"))
        lines += _sections(chapter, common) if chapter.number else []
    if data:
        lines.append(_entry(exhibits.DATA, "", exhibits.TITLE, "chapter"))
    shown = [_entry(exhibits.anchor(e), e.number, e.title, "exhibit-entry") for e in listed]
    second = _columns('<h1 class="second">Figures and tables</h1>', shown) if shown else ""
    return f'<section class="contents">{_columns("<h1>Contents</h1>", lines)}{second}</section>'


def _columns(heading: str, lines: list[str]) -> str:
    return f'{heading}<div class="entries">{"".join(lines)}</div>'


def _sections(chapter: Chapter, common: set[str]) -> Iterator[str]:
    for heading in chapter.article.find_all("h2"):
        section = heading.find_parent("section", id=True)
        if section is not None and text(heading) not in common:
            yield _entry(str(section["id"]), "", text(heading), "section")


def _entry(target: str, mark: str, words: str, kind: str) -> str:
    # The number stands outside the link: boxes within a link would become links of their own.
    number = f'<span class="mark">{escape(mark)}</span> ' if mark else ""
    kind += " marked" if mark else ""
    return f'<p class="entry {kind}">{number}<a href="#{escape(target)}">{escape(words)}</a></p>'
