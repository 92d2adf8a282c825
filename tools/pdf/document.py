"""The pages of the site as HTML documents to be typeset, one for each volume."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import Tag

from tools.edition import Edition
from tools.exhibits import Placed
from tools.pdf import exhibits, volumes
from tools.pdf.chapters import Chapter
from tools.pdf.contents import contents
from tools.pdf.cover import cover, imprint, metadata, titled
from tools.pdf.tags import soup
from tools.pdf.volumes import ANNEX, Place, Volume

# What a link's description is cut at.
LABEL = 80


@dataclass(frozen=True)
class Document:
    """A volume to be typeset.

    `html` is the markup; `labels` say for each id what stands there; `places` the same for ids of
    the other volumes; `formulas` are the texts of the formulas; `dangling` lists links that lead
    nowhere, as "page: #id".
    """

    volume: Volume
    html: str
    labels: dict[str, str]
    places: Mapping[str, Place]
    formulas: set[str]
    dangling: list[str]


def merge(
    volume: Volume,
    chapters: list[Chapter],
    known: Mapping[str, Placed],
    edition: Edition,
    places: Mapping[str, Place],
) -> Document:
    """Merge the pages of a volume; the annex ends with what stands apart.

    Args:
        volume: which; not the brief.
        chapters: all pages of the site; their links are led to where they lead in print.
        known: the exhibits by their ids.
        edition: what the cover says.
        places: what stands where in other volumes, by id.
    """
    own = [chapter for chapter in chapters if volumes.of(chapter.page.name) == volume]
    listed = [known[str(tag["id"])] for chapter in own for tag in chapter.exhibits]
    articles = [chapter.article for chapter in own]
    apart = {name: taken for chapter in chapters for name, taken in chapter.apart.items()}
    data = exhibits.appendix(known, apart) if volume == ANNEX else ""
    if data:
        html = f'<section class="page data" id="{exhibits.DATA}"><h1>{exhibits.TITLE}</h1>{data}'
        articles += soup(f"{html}</section>").find_all("section", recursive=False)
    for heading in (heading for article in articles for heading in article.find_all("h1")):
        heading["data-book"] = titled(edition, volume)
    front = cover(edition, volume) + imprint(edition, volume)
    return finish(volume, front + contents(own, listed, data=bool(data)), articles, edition, places)


def finish(
    volume: Volume, front: str, articles: list[Tag], edition: Edition, places: Mapping[str, Place]
) -> Document:
    """Lead the links of the articles to where they lead in print, and put all together."""
    labels = labelled(articles)
    dangling = []
    for article in articles:
        for link in article.select('a[href^="#"]'):
            target = str(link["href"])[1:]
            if target in labels:
                continue
            if target in places:
                volumes.lead(link, places)
            else:
                dangling.append(f"{article['id']}: #{target}")
    html = markup(volume, front, articles, edition)
    formulas = {str(i["alt"]) for a in articles for i in a.select("img.formula-drawing")}
    return Document(volume, html, labels, places, formulas, dangling)


def markup(volume: Volume, front: str, articles: list[Tag], edition: Edition) -> str:
    """The articles behind what precedes them, as a document to be typeset."""
    return (
        f'<!DOCTYPE html><html lang="{edition.language}"><head>{metadata(edition, volume)}</head>'
        f'<body class="{volume.key}">{front}{"".join(map(str, articles))}</body></html>'
    )


def labelled(articles: list[Tag]) -> dict[str, str]:
    """For each id in the articles, what stands there."""
    tags = [tag for article in articles for tag in [article, *article.find_all(id=True)]]
    return {str(tag["id"]): _label(tag) for tag in tags}


def _label(tag: Tag) -> str:
    """What stands at an id, in a few words, for those who hear a link."""
    shown: Tag = tag
    if tag.name == "figure":
        shown = tag.find(class_="exhibit-number") or tag
    elif tag.name == "section":
        shown = tag.find(["h1", "h2", "h3", "h4"]) or tag
    words = " ".join(shown.get_text(" ").split())
    return words if len(words) <= LABEL else words[: LABEL - 1].rsplit(" ", 1)[0] + "…"
