"""A browser that is already there: found on the path, opened on one site, its troubles noted."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
Problems = dict[str, list[str]]


def program() -> str:
    """The browser to use; the run ends with one line where there is none."""
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    sys.exit(f"no browser on the path; one of {', '.join(BROWSERS)} is needed")


def within(program: str, task: Callable[[Browser], Problems]) -> Problems:
    """Do a task in a browser of its own."""
    # Playwright's objects belong to the thread that made them.
    with sync_playwright() as playwright:
        return task(playwright.chromium.launch(executable_path=program, args=FLAGS))


@contextmanager
def opened(browser: Browser, base: str, problems: Problems, **options: Any) -> Iterator[Page]:
    """A page that may load from the site alone; other requests and all errors are problems."""
    context = browser.new_context(reduced_motion="reduce", **options)

    def guard(route: Route) -> None:
        if route.request.url.startswith(base):
            route.continue_()
        else:
            problems["a request leaves the site"].append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()

    def told(kind: str) -> Callable[[object], None]:
        return lambda event: problems[kind].append(f"{page.url}: {getattr(event, 'text', event)}")

    page.on("pageerror", told("an error in a script"))
    page.on("console", lambda m: told("the console complains")(m) if m.type == "error" else None)
    try:
        yield page
    finally:
        context.close()


def report(results: list[Problems], looked_at: str) -> int:
    """Print what was found, once each, and how much; the exit code."""
    found = [f"{k}: {p}" for r in results for k, told in r.items() for p in dict.fromkeys(told)]
    print("\n".join([*found, f"{looked_at}: {len(found)} problems"]))
    return int(bool(found))
