"""Open every notebook in JupyterLab as one that came from elsewhere; say what cannot be seen.

    python -m tools.seen                    # all notebooks of the book, as they are on the disk
    python -m tools.seen stock --shots SHOTS

Needs Chromium or Chrome on the path. JupyterLab does not trust what it did not run, and then shows
less: no SVG, no HTML beyond the harmless. So it is started with settings of its own that have
trusted nothing, on copies, without kernels. Each drawing must be there at the size that is stored
with it; no output may show its plain text in place of a richer form, and no cell its markup.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from playwright.sync_api import Browser, Page, TimeoutError, ViewportSize

from tools.browser import Problems, opened, program, report, within
from tools.notebooks import BOOK, ROOT, notebooks
from tools.words import command, folder

PATIENCE = 60_000  # milliseconds that JupyterLab may take to start, or to show a notebook
WIDTH, HEIGHT = 1400, 1000  # of the window, in pixels: wider than any drawing
SETTINGS = ROOT / "tools" / "jupyterlab" / "overrides.json"
# Every cell is drawn, not only those in the window.
WHOLE = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
KINDS = ("config", "data", "runtime")  # of folders that Jupyter keeps about its user
MARKUP = {
    "a role": r"\{[\w:+-]+\}`[^`]*`",
    "a directive": r":::|language-\{[^`]*",
    "a target": r"^\([\w-]+\)=$",
    "attributes": r"\{[.#][^}`]*\}",
    "a MIME type": r"image/(?:svg\+xml|png)",
    "an object": r"<(?:IPython|Figure|matplotlib|pandas)\b[^>]*>?",
    "a refusal": r"Cannot display[^.]*\.",
}
# What a reader sees of each cell; code within text keeps its backticks and names its language.
CELLS = """async () => {
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  const text = (node) => {
    const copy = node.cloneNode(true);
    for (const code of copy.querySelectorAll("code"))
      code.replaceWith((code.className.match(/language-.*/) ?? "") + "`" + code.textContent + "`");
    return copy.textContent;
  };
  return [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => ({
    text: [...cell.querySelectorAll(".jp-OutputArea-output, .jp-MarkdownOutput")].map(text),
    kinds: [...cell.querySelectorAll(".jp-OutputArea-output")].map((e) => e.dataset.mimeType),
    drawings: [...cell.querySelectorAll(".jp-OutputArea-output img")].map((image) => {
      const box = image.getBoundingClientRect();
      return {
        natural: [image.naturalWidth, image.naturalHeight], shown: [box.width, box.height],
        visible: image.checkVisibility() && box.left >= 0 && box.right <= innerWidth,
      };
    }),
  }));
}"""
BELOW = """(() => {
  const scroller = document.querySelector(".jp-WindowedPanel-outer");
  return scroller.scrollHeight - scroller.clientHeight;
})()"""
# Another notebook in the place of the one that is open, without loading JupyterLab again.
OPEN = """async (path) => {
  const { shell, commands } = jupyterapp;
  shell.currentWidget?.close();
  await commands.execute("docmanager:open", { path });
}"""
TRUSTED = "jupyterapp.shell.currentWidget?.content.widgets.some((cell) => cell.model.trusted)"


@contextmanager
def jupyterlab(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """The address and the token of a JupyterLab that trusts nothing, on copies of notebooks."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        own = {f"JUPYTER_{kind.upper()}_DIR": str(home / kind) for kind in KINDS}
        for name in ("book", "settings", *KINDS):
            (home / name).mkdir()
        for path in paths:
            shutil.copy(path, home / "book")
        settings = json.loads(SETTINGS.read_text(encoding="utf-8")) | WHOLE
        (home / "settings" / SETTINGS.name).write_text(json.dumps(settings), encoding="utf-8")
        command = [
            sys.executable, "-m", "tools.leaving", "jupyterlab", "--no-browser", "--allow-root",
            "--expose-app-in-browser", "--LabApp.notebook_starts_kernel=False",
            f"--LabApp.app_settings_dir={home / 'settings'}",
            f"--ServerApp.root_dir={home / 'book'}",
        ]  # fmt: skip
        log = home / "log"
        with (
            log.open("w", encoding="utf-8") as told,
            subprocess.Popen(command, env=os.environ | own, stdout=told, stderr=told) as server,
        ):
            try:
                yield _address(home / "runtime", server, log)
            finally:
                server.kill()  # it has nothing to save, and can take for ever to stop by itself


def _address(runtime: Path, server: subprocess.Popen[bytes], log: Path) -> tuple[str, str]:
    """Wait until the server has written where it is."""
    until = time.monotonic() + PATIENCE / 1000
    while server.poll() is None and time.monotonic() < until:
        for path in runtime.glob("jpserver-*.json"):
            with suppress(json.JSONDecodeError):  # caught while it is being written
                told = json.loads(path.read_text(encoding="utf-8"))
                return told["url"], told["token"]
        time.sleep(0.1)
    last = log.read_text(encoding="utf-8").strip().rpartition("\n")[2]
    sys.exit(f"JupyterLab did not start: {last}")


def stored_drawings(cell: nbformat.NotebookNode) -> list[int | None]:
    """The width, where it is stated, of each drawing among a cell's outputs."""
    return [
        output.metadata.get("image/png", {}).get("width")
        for output in cell.get("outputs", [])
        if any(kind.startswith("image/") for kind in output.get("data", {}))
    ]


def drawing_problems(cell: nbformat.NotebookNode, drawings: list[dict[str, Any]]) -> Iterator[str]:
    """Drawings that are missing, hidden, or not of the size that the notebook states."""
    stored = stored_drawings(cell)
    if len(drawings) != len(stored):
        yield f"{len(drawings)} drawings seen, {len(stored)} stored"
        return
    for width, drawing in zip(stored, drawings, strict=True):
        (natural_width, natural_height), shown = drawing["natural"], drawing["shown"]
        if not (natural_width and drawing["visible"]):
            yield "a drawing that is not visible"
            continue
        expected = float(width or natural_width)
        size = (expected, expected * natural_height / natural_width)
        if any(abs(is_ - ought) > 1 for is_, ought in zip(shown, size, strict=True)):
            yield "a drawing {:.0f} x {:.0f} pixels, not {:.0f} x {:.0f}".format(*shown, *size)


def text_problems(cell: nbformat.NotebookNode, kinds: list[str], text: list[str]) -> Iterator[str]:
    """Markup that a reader sees, and plain text in place of what is richer."""
    for name, pattern in MARKUP.items():
        for match in re.finditer(pattern, "\n".join(text), re.MULTILINE):
            yield f"{name}: {match[0][:80]}"
    outputs = cell.get("outputs", [])
    if len(kinds) != len(outputs):
        yield f"{len(kinds)} outputs seen, {len(outputs)} stored"
        return
    for kind, output in zip(kinds, outputs, strict=True):
        if kind == "text/plain" and len(richer := set(output.get("data", {}))) > 1:
            yield f"plain text in place of {', '.join(sorted(richer - {kind}))}"


def look(
    browser: Browser, paths: list[Path], site: tuple[str, str], shots: Path | None
) -> Problems:
    """What cannot be seen of notebooks, opened one after the other in one JupyterLab."""
    problems: Problems = defaultdict(list)
    base, token = site
    size: ViewportSize = {"width": WIDTH, "height": HEIGHT}
    with opened(browser, base, problems, viewport=size) as page:
        page.goto(f"{base}doc?token={token}", timeout=PATIENCE)
        page.wait_for_function("globalThis.jupyterapp?.restored.then(() => true)", timeout=PATIENCE)
        for path in paths:
            page.evaluate(OPEN, path.name)
            problems[path.name] += _problems(page, nbformat.read(path, as_version=4).cells)
            if shots:
                page.set_viewport_size({"width": WIDTH, "height": HEIGHT + page.evaluate(BELOW)})
                page.screenshot(path=shots / f"{path.stem}.png")
                page.set_viewport_size(size)
    return problems


def _problems(page: Page, cells: list[nbformat.NotebookNode]) -> Iterator[str]:
    """What cannot be seen of the notebook that is open."""
    _settle(page, sum(len(cell.get("outputs", [])) for cell in cells), len(cells))
    if page.evaluate(TRUSTED):
        yield "JupyterLab trusts it, which shows more than others see"
    seen = page.evaluate(CELLS)
    if len(seen) != len(cells):
        yield f"{len(seen)} cells seen, {len(cells)} stored"
    for index, (cell, shown) in enumerate(zip(cells, seen, strict=False)):
        found = [
            *drawing_problems(cell, shown["drawings"]),
            *text_problems(cell, shown["kinds"], shown["text"]),
        ]
        yield from (f"cell {index}: {problem}" for problem in found)


def _settle(page: Page, outputs: int, cells: int) -> None:
    # Whatever does not come in time is told as not seen.
    there = """([outputs, cells]) =>
      document.querySelectorAll(".jp-Notebook .jp-Cell").length >= cells &&
      document.querySelectorAll(".jp-Notebook .jp-OutputArea-output").length >= outputs &&
      [...document.querySelectorAll(".jp-RenderedMarkdown")].every((e) => e.hasChildNodes())"""
    with suppress(TimeoutError):
        page.wait_for_function(there, arg=[outputs, cells], timeout=PATIENCE)


def main() -> int:
    """The command line; returns the exit code."""
    parser = command(__doc__)
    parser.add_argument("names", nargs="*", help="look at these notebooks")
    parser.add_argument("--shots", type=folder, help="keep a picture of every notebook here")
    arguments = parser.parse_args()
    paths = [BOOK / f"{Path(name).stem}.ipynb" for name in arguments.names] or notebooks()
    if missing := [path.name for path in paths if not path.is_file()]:
        parser.error(f"no such notebook in book/: {', '.join(missing)}")
    browser = program()
    with jupyterlab(paths) as site:
        found = within(browser, partial(look, paths=paths, site=site, shots=arguments.shots))
    return report([found], f"{len(paths)} of the book's notebooks in JupyterLab")


if __name__ == "__main__":
    sys.exit(main())
