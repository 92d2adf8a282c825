"""Colour code in four ways and no more, so that what has no colour needs no element of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text, _TokenType
from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

# What a token counts as; whatever is not here is plain text.
KINDS = {
    Keyword: Keyword, Operator.Word: Keyword, Name.Tag: Keyword,
    String: String, Comment: Comment, Number: Number,
}  # fmt: skip
Coloured = Iterable[tuple[_TokenType, str]]


class Sparse(HtmlFormatter):
    """Neighbours of one colour share an element; plain text has none."""

    def format(self, tokensource: Coloured, outfile: IO[str]) -> None:
        """Write tokens as HTML.

        Args:
            tokensource: kinds of tokens and their texts, in order.
            outfile: where the HTML goes.
        """
        super().format(((kind(token), text) for token, text in tokensource), outfile)


def kind(token: _TokenType) -> _TokenType:
    """What a token is coloured as."""
    return next((each for among, each in KINDS.items() if token in among), Text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Have Sphinx colour by it."""
    PygmentsBridge.html_formatter = Sparse
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
