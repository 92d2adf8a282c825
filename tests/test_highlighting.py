"""Code is coloured in four ways, says what it said, and has no element without a colour."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from bs4 import BeautifulSoup
from highlighting import Sparse
from pygments.lexers import PythonLexer

STYLE = Path("book/_styles/book.css").read_text(encoding="utf-8")
CODE = """# Why.
if x not in {"a": f"{y!r} b"}:
    print(1.5)
"""


def coloured(code: str) -> BeautifulSoup:
    written = StringIO()
    Sparse().format(PythonLexer().get_tokens(code), written)
    return BeautifulSoup(written.getvalue(), "html.parser")


def test_each_element_is_one_that_the_style_colours() -> None:
    styled = set(re.findall(r"^\.highlight \.(\w+) ", STYLE, re.MULTILINE))
    spans = coloured(CODE).select("span[class]")
    assert {name for span in spans for name in span["class"]} == styled
    assert [span.text for span in spans] == [
        "# Why.",
        "if",
        "not",
        "in",
        '"a"',
        'f"{',
        '!r} b"',
        "1.5",
    ]


def test_the_code_is_what_it_was() -> None:
    assert coloured(CODE).text.strip() == CODE.strip()
