"""What the words of a command line may be, beyond what argparse knows."""

from __future__ import annotations

import argparse
from pathlib import Path


def command(described: str | None) -> argparse.ArgumentParser:
    """The parser of a command, which takes no words of its own yet.

    Args:
        described: the description of its module, of which the first line is shown.
    """
    return argparse.ArgumentParser(description=(described or "").split("\n")[0])


def folder(given: str) -> Path:
    """The folder of that name, made if it is not there."""
    try:
        if not given:
            raise FileNotFoundError(0, "no name")
        Path(given).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"{given!r}: {error.strerror}; expected: a folder, or the name of a new one"
        raise argparse.ArgumentTypeError(told) from None
    return Path(given)


def count(given: str) -> int:
    """How many of something, at least one."""
    if not (given.isascii() and given.isdigit() and int(given)):
        raise argparse.ArgumentTypeError(f"{given!r}; expected: a number from 1")
    return int(given)
