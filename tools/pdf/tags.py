"""Small helpers for elements of Beautiful Soup."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag


def soup(html: str) -> BeautifulSoup:
    """Parsed HTML, to be put into another tree."""
    return BeautifulSoup(html, "html.parser")


def classes(tag: Tag) -> list[str]:
    """The element's classes; empty if it has none."""
    # As it was read, a list; as it was set here, a text.
    given = tag.get_attribute_list("class") if tag.has_attr("class") else []
    return [name for names in given for name in str(names).split()]


def add_classes(tag: Tag, *names: str) -> None:
    """Give the element classes beside those that it has."""
    tag["class"] = " ".join([*classes(tag), *names])


def text(tag: Tag) -> str:
    """The element's text on one line."""
    return " ".join(tag.get_text().split())
