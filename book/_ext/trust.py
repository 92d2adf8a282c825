"""The page "How far to trust this": the scores of what tries the checks and the tests, as tables.

The directive `trust` stands for one part of it: `run` (what was tried, when and on which data),
`roles`, `kinds` or `unnoticed`; of the errors in code `code-sample`, `code-run`, `code` or
`code-missed`; and `covered`, which code the tests run.
Nothing of it is typed: `book/trust.json` is what the runs wrote.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.readings import Share
from analysis.words import partial_date
from tools.corrupt.score import FILE, Score, digest

ROLES = {
    "key": "Keys: which row, State, document or statement is meant",
    "fact": "Facts: numbers, dates, codes, places",
    "row": "Rows: one lost, or one twice",
    "quotation": "Words quoted from a document",
    "prose": "Our own words: titles, notes, sources, reasons",
}
KINDS = {
    "digit": "a digit was another",
    "thousandfold": "thousands were taken for units",
    "sign": "a number had a minus",
    "comma": "a decimal comma stood for the point",
    "date": "a date was a day, a month or a year off",
    "swap": "a value changed places with that of the next row",
    "columns": "two cells of a row changed places",
    "key": "a key named another row",
    "code": "a code of a list was another",
    "word": "a word was another",
    "lost": "a value was lost",
    "row lost": "a row was lost",
    "row doubled": "a row stood twice",
}
CHANGED = {
    "text": "a text, such as the words of a message or the name of a colour",
    "number": "a number",
    "comparison": "a comparison, such as less than for at most",
    "operator": "an operation, such as plus for minus",
    "logic": "a connection, such as or for and",
    "argument": "a setting that was left out",
    "nothing": "a value that was nothing instead",
    "other": "something else",
}
HEADS = ("tried", "noticed by a check", "noticed with the documents")


class Trust(SphinxDirective):
    """Put a part of the score here; the argument names it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(FILE))
        text = PARTS[self.arguments[0]](Score.read())
        holder = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), str(FILE)), 0, holder)
        return holder.children


def run(score: Score) -> str:
    """What was tried, in a sentence, and whether the data have changed since."""
    tried = sum(own["tried"] for own in score.roles.values())
    sharp = [score.roles[role] for role in ("key", "fact", "row")]
    every, caught, documents = (
        sum(own[of] for own in sharp) for of in ("tried", "noticed", "documents")
    )
    least, _ = Share(documents, every).interval
    since = "" if score.run["data"] == digest() else " The tables have changed since."
    day = partial_date(score.run["day"])
    return (
        f"On {day} {tried:,} errors were made, each in a copy of its own (seed "
        f"{score.run['seed']}).{since} **Of those in keys, facts and rows the checks noticed "
        f"{_percent(caught / every)}**, without a document at hand; with the documents "
        f"{documents:,} of {every:,}. Of all errors drawn like these they would notice at least "
        f"{_percent(math.floor(least * 1000) / 1000)}, with a confidence of 95%."
    )


def roles(score: Score) -> str:
    """By what was wrong."""
    rows = [(ROLES[role], own) for role, own in score.roles.items()]
    return _table(("What was wrong", *HEADS), ((words, *_shares(own)) for words, own in rows))


def kinds(score: Score) -> str:
    """By how it was wrong, keys, facts and rows alone."""
    whole: dict[str, dict[str, int]] = {}
    for name, own in score.kinds.items():
        role, kind = name.split(": ")
        if role in ("key", "fact", "row"):
            total = whole.setdefault(kind, dict.fromkeys(own, 0))
            for each, number in own.items():
                total[each] += number
    rows = ((KINDS[kind], *_shares(whole[kind])) for kind in KINDS if kind in whole)
    return _table(("How it was wrong", *HEADS), rows)


def unnoticed(score: Score) -> str:
    """The fields of keys and facts in which most errors pass."""
    worst = sorted(score.survivors.items(), key=lambda item: (_share(item[1]), item[0]))
    rows = [(f"`{name}`", *_shares(own)) for name, own in worst if name in score.sharp]
    return _table(("Table and field", *HEADS), rows)


def code(score: Score) -> str:
    """By module of the analysis, how many errors in its code the tests noticed."""
    heads = ("Module", "errors possible", "tried", "noticed")
    rows = [
        (f"`{name}`", f"{own['made']:,}", f"{own['tried']:,}", f"{_share(own):.0%}")
        for name, own in sorted(score.code.items())
    ]
    return _table(heads, rows)


def code_sample(score: Score) -> str:
    """How many of the errors that were drawn from all were noticed, in a sentence."""
    own = score.sample
    if not own:
        return "No change was drawn at random yet."
    return (
        f"On {partial_date(own['day'])} {own['tried']:,} changes were drawn at random from the "
        f"{own['made']:,} that it can make (seed {own['seed']}). **The tests noticed "
        f"{_share(own):.0%}**. Of all, they would notice {own['least']:.0%} to {own['most']:.0%}, "
        "with a confidence of 95%."
    )


def code_run(score: Score) -> str:
    """How many errors in code were tried and noticed module by module, in a sentence."""
    if not score.code:
        return "None was tried yet."
    tried, caught = (sum(own[key] for own in score.code.values()) for key in ("tried", "noticed"))
    day = partial_date(max(own["day"] for own in score.code.values()))
    return (
        f"Until {day} {tried:,} were tried in {len(score.code)} modules. "
        f"**The tests noticed {caught / tried:.0%}**."
    )


def code_missed(score: Score) -> str:
    """What the errors in code changed that no test noticed, the most frequent first."""
    counts: Counter[str] = Counter()
    for own in (score.sample, *score.code.values()):
        counts.update(own.get("missed", {}))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [(CHANGED[kind], f"{number:,}") for kind, number in ordered]
    return _table(("What was another", "not noticed"), rows)


def covered(score: Score) -> str:
    """How much of the code the tests run, by folder, in a sentence."""
    if not score.covered:
        return "How much of the code the tests run was not measured yet."
    day, *folders = score.covered.items()
    *most, last = [f"{share:.1f}% of `{folder}`" for folder, share in folders]
    return (
        f"On {partial_date(day[1])} the tests ran {', '.join(most)} and {last}, "
        "branches counted as statements are."
    )


def _share(own: dict[str, int]) -> float:
    return own["noticed"] / own["tried"]


def _shares(own: dict[str, int]) -> tuple[str, str, str]:
    tried = own["tried"]
    return f"{tried:,}", _percent(own["noticed"] / tried), _percent(own["documents"] / tried)


def _percent(share: float) -> str:
    """A share to a tenth, so that none but the whole reads as all of it."""
    return "100%" if share == 1 else f"{min(share, 0.999):.1%}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ("---", *["--:"] * (len(heads) - 1)), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


PARTS: dict[str, Callable[[Score], str]] = {
    "run": run, "roles": roles, "kinds": kinds, "unnoticed": unnoticed,
    "code": code, "code-run": code_run, "code-sample": code_sample, "code-missed": code_missed,
    "covered": covered,
}  # fmt: skip


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("trust", Trust)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
