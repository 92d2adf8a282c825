"""What readers may put to three pages: the data that `asking.js` answers from, within each page.

Every page reads in full without it; the exhibits beside the questions are the fixed answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from analysis import migrants, treaties
from analysis.markup import script
from analysis.survey import replies
from analysis.tables import load

Asked = dict[str, Any]


def majority() -> Asked:
    """For the tipping point: who favoured and who replied, by Member States and by letters.

    Returns:
        `after`: the exhibit it stands before. `counts`: per way of counting its name, the units
        that favoured, the silent, and all units.
    """
    size = len(replies.members())
    counts = []
    for position in replies.POSITIONS:
        lean = replies.member_states(position)
        side = "in favour" if position == replies.FAVOUR else "with reservations"
        counts.append([f"States; the Holy See {side}", lean.favour, size - lean.replied, size])
    silent = counts[0][2]
    letters = replies.leaning().query("unit == @replies.LETTER")
    for row in letters.itertuples():
        side = "in favour" if row.bloc == replies.FAVOUR else "with reservations"
        heard = row.favour + row.reserve
        name = f"letters, the Holy See's too; the letter for several States {side}"
        counts.append([name, row.favour, silent, heard + silent])
    return {"kind": "majority", "before": "survey-regions", "counts": counts}


def editions() -> Asked:
    """For the look-up: the stock of every country by edition and year, persons.

    Returns:
        `years`, `editions`, and `countries`: name to a list per year of values per edition.
    """
    known, years = migrants.countries(), [1990, 2000, 2010]
    all_editions = migrants.editions()
    persons = known.set_index(["name", "year", "edition"])["persons"].to_dict()
    countries = {
        name: [[_whole(persons.get((name, y, e))) for e in all_editions] for y in years]
        for name in sorted(set(known["name"]))
    }
    return {
        "kind": "editions", "before": "vintages-lookup", "years": years,
        "editions": all_editions, "countries": countries,
    }  # fmt: skip


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def status() -> Asked:
    """For any day and State: signature, deposit and force by instrument, as ISO dates.

    Returns:
        `instruments`: name, last day of the record, and State to its three days; `admitted`: the
        years in which the Member States of today were; `first`: when the oldest was adopted.
    """
    instruments = []
    for instrument_id, name in treaties.NAMES.items():
        dates = [
            treaties.signatures(instrument_id), treaties.deposits(instrument_id),
            treaties.in_force(instrument_id),
        ]  # fmt: skip
        states = sorted(set().union(*(each.index for each in dates)))
        days = {state: [_day(each.get(state)) for each in dates] for state in states}
        instruments.append([name, _day(treaties.complete_to(instrument_id)), days])
    admitted = sorted(int(year) for year in load("un_members")["un_member_since"])
    return {
        "kind": "status", "before": "conventions-windows", "instruments": instruments,
        "admitted": admitted, "first": _day(min(map(treaties.adopted, treaties.NAMES))),
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return None if day is None else str(day.date())


ASKED: dict[str, Callable[[], Asked]] = {
    "book/survey": majority, "book/vintages": editions, "book/conventions": status,
}  # fmt: skip


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if pagename not in ASKED:
        return
    data = script(ASKED[pagename]())
    context["body"] = f'{context["body"]}<script type="application/json" id="asked">{data}</script>'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it before the page looks for what it holds."""
    app.connect("html-page-context", _context, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
