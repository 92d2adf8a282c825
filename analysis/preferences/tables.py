"""The tables of the chapter on preferences as readers see them: names, heads, units."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import pandas as pd

from analysis import readings
from analysis.precision import Interval
from analysis.preferences import answers, hedges, twice
from analysis.tables import load
from analysis.words import capital, from_to

# What stands for the ids of `hedges` and `answers`.
SIDES = {
    hedges.FAVOUR: "For a conference",
    hedges.RESERVE: "Not in favour of a conference",
    hedges.ROLE: "Roles of the United Nations",
}
VERDICTS = {
    answers.MET: "met",
    answers.PARTLY: "partly met",
    answers.NOT_MET: "not met",
    answers.SILENT: "not comparable",
}
NOT_ASKED = "not asked"
STAGES = {
    answers.PROPOSED: "Proposed in 2005",
    answers.DECIDED: "Decided in 2005",
    answers.HELD: "Held in 2006",
}
ATTRIBUTIONS = {"stated": "said", "implied": "implied", "own": "the report's own words"}
NO_NUMBER = "no number"
LISTED = 10  # preferences named in one cell, at most
# The documents among which an answer of the last column stands.
ACCOUNTS = {"HLD-SLIDES": "slides", "HLD-PAGE": "page", "IOM-HLD": "IOM page"}


def span(row: Any) -> str:
    """The counts of a row of `hedges.counts`, in words."""
    return NO_NUMBER if pd.isna(row.fewest) else from_to(row.fewest, row.most)


def words(row: Any) -> str:
    """The hedge of a preference as the report writes it; nothing where there is none."""
    known = load("hedges").set_index("hedge")["words"]
    return "" if row.hedge == hedges.NO_HEDGE else str(known[row.hedge])


def allowances() -> pd.DataFrame:
    """What each hedge allows of the Governments in favour, and why."""
    rules, size = load("hedges"), max(hedges.bases()[hedges.FAVOUR])
    sets = [[hedges.allowed(rule, size, candid=candid) for _, rule in rules.iterrows()]
            for candid in (False, True)]  # fmt: skip
    spans, candid = ([Interval(s[0], s[-1]) for s in each] for each in sets)
    head = f"Allows, of {size}"
    return pd.DataFrame({
        "Words": rules["words"], head: spans,
        f"{head}, if a majority would be called one": candid, "Why": rules["reason"],
    })  # fmt: skip


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """The preferences about a conference, of `hedges.counts`, for readers."""
    return pd.DataFrame({
        "Side": table["base"].map(SIDES), "Preference": table["wish"].map(capital),
        "Words": [words(row) for row in table.itertuples()],
        "Fewest Governments": table["fewest"], "Most Governments": table["most"],
        "Most, by the nearest reading": table["likely"], "A/58/98": table["place"],
    })  # fmt: skip


def asked_and_got() -> pd.DataFrame:
    """Each preference about a conference beside what was proposed, decided and held.

    Last come arrangements that nobody is reported to have asked for.
    """
    table = answers.verdicts()
    table = table[(table["side"] != hedges.ROLE) & table["asks"]]
    given = load("preference_answers")
    rows = []
    for row in table.itertuples():
        own = given[given["preference_id"] == row.preference_id]
        hedge = f" ({words(row)})" if words(row) else ""
        asked = f"{capital(row.wish)}{hedge}, {row.place}"
        rows.append((asked, *_cells(own), judged(row)))
    for part, own in given[given["preference_id"].isna()].groupby("part"):
        rows.append((f"– ({part.replace('-', ' ')})", *_cells(own), NOT_ASKED))
    return pd.DataFrame(rows, columns=["Asked in 2003", *STAGES.values(), "Verdict"])


def _cells(own: pd.DataFrame) -> list[str]:
    """What was answered at each stage, part by part; an empty text is silence."""
    return ["; ".join(_quoted(row) for row in own[own["stage"] == stage].itertuples())
            for stage in STAGES]  # fmt: skip


def _quoted(row: Any) -> str:
    account = ACCOUNTS.get(row.document_id)
    place = row.place
    if account:
        title = place.partition(": ")[2] or place
        place = f"{account}, {shorten(title, 34, placeholder=' …')}"
    instead = "instead: " if row.reading == "refuses" else ""
    doubt = "; doubtful" if row.certainty == "doubtful" else ""
    inner = row.phrase.translate(str.maketrans("“”’", "‘’’"))
    return f"{instead}“{inner}” ({place}{doubt})"


def judged(row: Any) -> str:
    """The verdict of a row of `answers.verdicts`, and the other where doubts are left out."""
    sure = row.verdict == row.clear
    return VERDICTS[row.verdict] if sure else f"{VERDICTS[row.verdict]}, or {VERDICTS[row.clear]}"


def verdicts(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `answers.verdicts`, those that ask for something, for readers."""
    granted = answers.decisive().query("reading == 'grants'")["preference_id"].value_counts()
    return pd.DataFrame({
        "Group": table["side"].map(SIDES), "Preference": table["wish"].map(capital),
        "Held by Governments": table["attribution"].map(ATTRIBUTIONS), "A/58/98": table["place"],
        "Parts": table["parts"].str.count(";") + 1,
        "Parts granted": table["preference_id"].map(granted).fillna(0).astype(int),
        "Verdict": table["verdict"].map(VERDICTS),
        "Without doubtful answers": table["clear"].map(VERDICTS),
    })  # fmt: skip


def agreement() -> pd.DataFrame:
    """Kappa of each field, answer and verdict, and on which preferences the readings differ.

    Formats: `analysis.readings.KAPPA`.
    """
    table = readings.agreement(twice.kappas())
    wish = load("preferences").set_index("preference_id")["wish"]
    differ = [wish[twice.differing(name)] for name in table["Field"]]
    named = ["; ".join(each) if len(each) <= LISTED else f"{len(each)} preferences"
             for each in differ]  # fmt: skip
    fields = table["Field"].replace("verdict-clear", "verdict without doubtful answers")
    fields = fields.str.replace("[-_]", " ", regex=True)
    return table.assign(**{"Field": fields, "Differ on": named})
