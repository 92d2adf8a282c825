"""The roles: a known figure becomes a link with its place; an unknown one fails the build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.statements import stated

KNOWN = "world-migrant-stock-2000-a-58-98"
SERIES = "governments-immigration-too-high-1975-a-59-325"


def build(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Build a book of one chapter and an empty ledger, as strictly as the real one."""
    (folder / "book").mkdir()
    (folder / "conf.py").write_text(
        'extensions = ["sphinx_external_toc", "myst_parser", "stated", "exhibits"]\n',
        encoding="utf-8",
    )
    (folder / "_toc.yml").write_text(
        "root: book/chapter\nsubtrees:\n- entries:\n  - file: book/ledger\n", encoding="utf-8"
    )
    (folder / "book" / "chapter.md").write_text(f"# Chapter\n\n{text}\n", encoding="utf-8")
    (folder / "book" / "ledger.md").write_text("# Ledger\n", encoding="utf-8")
    extensions = Path(__file__).resolve().parent.parent / "book" / "_ext"
    start = (
        f"import sys; sys.path.insert(0, {str(extensions)!r}); from sphinx.cmd.build import main"
    )
    return subprocess.run(
        [sys.executable, "-c", f"{start}; sys.exit(main(sys.argv[1:]))",
         "-n", "-W", "--keep-going", "-q", "-b", "html", str(folder), str(folder / "out")],
        text=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def test_a_stated_figure_is_printed_linked_and_placed(tmp_path: Path) -> None:
    result = build(tmp_path, f"There were {{stated}}`{KNOWN}`, and {{stated}}`{SERIES}`.")
    assert result.returncode == 0, result.stderr
    html = (tmp_path / "out" / "book" / "chapter.html").read_text(encoding="utf-8")
    first, second = BeautifulSoup(html, "html.parser").select("a.stated")
    assert first.get_text() == "175 million"
    assert first["href"] == f"ledger.html#{KNOWN}"
    assert str(first["title"]).startswith("A/58/98, para. 1: “")
    # The per cent sign stands only with the last of the series.
    assert stated(SERIES).figure == "7"
    assert second.get_text() == "7 per cent"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{stated}`world-migrant-stock-2001`", "no statement 'world-migrant-stock-2001'"),
        ("{exhibit}`no-such-figure`", "no exhibit named 'no-such-figure'"),
        ("[gone](gone.md)", "gone"),
    ],
)
def test_a_dangling_reference_fails_the_build(tmp_path: Path, text: str, told: str) -> None:
    result = build(tmp_path, text)
    assert result.returncode != 0
    assert told in result.stderr
