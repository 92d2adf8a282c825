"""A browser that is already there: found on the path, opened on one site, its troubles noted."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

# The shell draws no window that nobody looks at, and takes four fifths of the time.
BROWSERS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20_000  # milliseconds that a page may take on a busy machine
PAUSE = 50  # milliseconds until it is looked at again
Problems = dict[str, list[str]]


def program() -> str:
    """The browser to use; the run ends with one line where there is none."""
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    sys.exit(f"no browser on the path; one of {', '.join(BROWSERS)} is needed")


def within(program: str, task: Callable[[Browser], Problems]) -> Problems:
    """Do a task in a browser of its own; one that does not start is a problem."""
    # Playwright's objects belong to the thread that made them.
    try:
        with sync_playwright() as playwright:
            return task(playwright.chromium.launch(executable_path=program, args=FLAGS))
    except Error as error:
        return {"the browser stops": [_line(error)]}


def comes(page: Page, wanted: Callable[[], object]) -> bool:
    """Whether what is wanted of a page holds, now or before patience ends."""
    for _ in range(PATIENCE // PAUSE):
        if wanted():
            return True
        page.wait_for_timeout(PAUSE)
    return bool(wanted())


def told(found: Iterable[str]) -> Iterator[str]:
    """What a check finds, and what it cannot do or waits for in vain."""
    try:
        yield from found
    except Error as error:
        yield f"the rest is not checked: {_line(error)}"


def _line(error: Error) -> str:
    """What went wrong, and what was waited for, without the log of each try."""
    first, *log = str(error).splitlines()
    return "; ".join([first, *(line.strip(" -") for line in log if "waiting for" in line)])


@contextmanager
def opened(browser: Browser, base: str, problems: Problems, **options: Any) -> Iterator[Page]:
    """A page that may load from the site alone; other requests and all errors are problems."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})

    def refuse(route: Route) -> None:
        problems["a request leaves the site"].append(route.request.url)
        route.abort()

    context.route(re.compile(f"^(?!{re.escape(base)})"), refuse)
    page = context.new_page()

    def noted(kind: str) -> Callable[[object], None]:
        return lambda event: problems[kind].append(f"{page.url}: {getattr(event, 'text', event)}")

    page.on("pageerror", noted("an error in a script"))
    page.on("console", lambda m: noted("the console complains")(m) if m.type == "error" else None)
    try:
        yield page
    finally:
        context.close()


def report(results: list[Problems], looked_at: str) -> int:
    """Print what was found, once each, and how much; the exit code."""
    found = [f"{k}: {p}" for r in results for k, told in r.items() for p in dict.fromkeys(told)]
    print("\n".join([*found, f"{looked_at}: {len(found)} problems"]))
    return int(bool(found))
