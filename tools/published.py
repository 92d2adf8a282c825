"""Where the book is published and where its project can be had, so that pages can say it.

Neither is guessed. The workflow that publishes the book knows both and says them in the
environment; whoever publishes it otherwise writes them into `_config.yml`.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

from tools import RefusedError

ADDRESS, REPOSITORY, REVISION = "BOOK_ADDRESS", "BOOK_REPOSITORY", "BOOK_REVISION"
EXPECTED = "expected an address that begins with https://, or nothing"
# Binder's names for the hosts that it knows by owner and project.
HOSTS = {"github.com": "gh", "gitlab.com": "gl"}


class AddressError(RefusedError, ValueError):
    """An address that is not one of the web."""


@dataclass(frozen=True)
class Published:
    """Addresses on the web, each empty if there is none.

    `book` is the site's root with a slash at its end, `repository` what git would clone, `revision`
    a branch, tag or commit of it, `hub` the BinderHub that launches notebooks.
    """

    book: str
    repository: str
    revision: str
    hub: str

    @classmethod
    def of(cls, root: Path) -> Published:
        """From the environment, else from the settings in `_config.yml`.

        Raises:
            AddressError: an address is not one of the web.
        """
        config = _settings((root / "_config.yml").read_text(encoding="utf-8"))
        place: dict[str, Any] = config.get("repository", {})
        buttons: dict[str, Any] = config.get("launch_buttons", {})
        settings: dict[str, Any] = config.get("sphinx", {}).get("config", {})
        book = _address(ADDRESS, settings.get("html_baseurl", ""))
        return cls(
            book=f"{book}/" if book else "",
            repository=_address(REPOSITORY, place.get("url", "")).removesuffix(".git"),
            revision=os.environ.get(REVISION) or str(place.get("branch") or "HEAD"),
            hub=str(buttons.get("binderhub_url") or "").rstrip("/"),
        )

    def launch(self, path: str) -> str:
        """The address that opens a notebook of the repository in Binder; empty if none can.

        Args:
            path: of the notebook in the repository. The form of the address is that of BinderHub's
                documentation, "Launch URLs".
        """
        if not (self.repository and self.hub):
            return ""
        place = urlsplit(self.repository)
        project = place.path.strip("/")
        if place.hostname == "github.com":
            source = f"gh/{project}"
        elif place.hostname in HOSTS:
            source = f"{HOSTS[place.hostname]}/{quote(project, safe='')}"
        else:
            source = f"git/{quote(self.repository, safe='')}"
        revision = quote(self.revision, safe="")
        return f"{self.hub}/v2/{source}/{revision}?urlpath=lab/tree/{quote(path)}"


@cache  # every page asks, and YAML is slow to read
def _settings(text: str) -> dict[str, Any]:
    return yaml.safe_load(text)


def address(given: str) -> str:
    """An address of the web, or nothing; for a word of a command line."""
    if not _fits(given):
        raise argparse.ArgumentTypeError(f"{given!r}: {EXPECTED}")
    return given


def _address(variable: str, setting: str) -> str:
    own = os.environ.get(variable)
    found = own or setting or ""
    if not _fits(found):
        raise AddressError(f"{variable if own else '_config.yml'}: {found!r}: {EXPECTED}")
    return found.rstrip("/")


def _fits(given: str) -> bool:
    try:
        parts = urlsplit(given)
    except ValueError:  # a bracket that is not closed
        return False
    return not given or (parts.scheme in ("http", "https") and bool(parts.hostname))
