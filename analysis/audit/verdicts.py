"""The audit: how each stated figure fares, and where two places disagree.

Every statement of the ledger gets a verdict. A recomputation decides if there is one
(`analysis.relations`); else another document that gives the same quantity for the same time
(`analysis.pairs`); else the figure is not checkable, with the reason.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis.audit.pairs import groups, pairs
from analysis.audit.relations import VERDICTS, evaluate, operands
from analysis.findings import Finding
from analysis.precision import Interval, compatible_counts
from analysis.statements import Statement, stated
from analysis.tables import load

Record = dict[str, Any]  # a row of a table
RANK = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
SIDES = "survey-sides-and-member-states"
LISTED = "participants-members-of-2006"
SPEAKERS = "hld-2006-states-making-statements-hld-slides"
SUPPORT = "hld-2006-share-supporting-forum-hld-slides"
CAPACITY = "speakers-in-two-plenaries"
PLENARIES = "hld-2006-plenary-meetings-res-60-227"


# --- A verdict for every statement


@cache
def _recomputed() -> pd.DataFrame:
    return evaluate(load("relations"))


def recomputed(basis: str = "stated") -> pd.DataFrame:
    """The relations of one basis worked out (`analysis.relations.evaluate`).

    Returns:
        The columns of `evaluate`, and `where`: document and place.
    """
    table = _recomputed()
    table = table[table["basis"] == basis].reset_index(drop=True)
    return table.assign(where=table["document_id"] + ", " + table["place"])


def by_place() -> pd.DataFrame:
    """The recomputations of `recomputed`, one row per relation and document, places joined."""
    same = ["claim", "kind", "document_id", "as_stated", "computed", "verdict"]
    grouped = recomputed().groupby(["relation_id", *same], sort=False)["place"]
    return grouped.agg(lambda places: "; ".join(dict.fromkeys(places))).reset_index()


@cache
def _ledger() -> pd.DataFrame:
    return pd.DataFrame([_line(stated(str(i))) for i in load("statements")["statement_id"]])


def ledger() -> pd.DataFrame:
    """Every statement with its verdict.

    Returns:
        `statement_id`, `document_id`, `place`, `topic`, `figure`, `quantity`, `verdict` (a key of
        `VERDICTS`), `checked_by` (recomputation, part of a relation, another document, nothing),
        `relations` (ids), `agree`, `conflict` (pairs with other statements), `reason`.
    """
    return _ledger().copy()


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """The ledger of verdicts in short: how many figures of a document and topic, and which.

    Documents and topics with most figures come first; verdicts are in the order of `VERDICTS`.
    """
    named = table.assign(which=table["place"] + ": " + table["figure"])
    keys = ["document_id", "topic", "verdict"]
    for key in keys:
        order = VERDICTS if key == "verdict" else verdict_counts(key).index
        named[key] = pd.Categorical(named[key], list(order), ordered=True)
    shown = named.groupby(keys, observed=True)["which"].agg(["size", "; ".join]).reset_index()
    shown[keys] = shown[keys].astype(str)
    return shown.set_axis(["Document", "Topic", "Verdict", "Figures", "Which"], axis=1)


def readable_results(table: pd.DataFrame) -> pd.DataFrame:
    """Some of `recomputed`, with columns named for readers."""
    shown = table[["claim", "where", "as_stated", "computed", "note"]]
    heads = ["What was recomputed", "Where", "Stated", "Recomputed", "Remark"]
    return shown.set_axis(heads, axis=1)


def readable_places(table: pd.DataFrame) -> pd.DataFrame:
    """The table `by_place` for readers, without the lists that have the items they should have."""
    counted = (table["kind"] == "list") & (table["verdict"] == "reproduced")
    shown = table.loc[
        ~counted, ["claim", "document_id", "place", "as_stated", "computed", "verdict"]
    ]
    heads = ["What was recomputed", "Document", "Place", "Stated", "Recomputed", "Verdict"]
    return shown.set_axis(heads, axis=1)


def _line(statement: Statement) -> Record:
    mine = _pairs_of().get(statement.statement_id, [])
    verdict, by, ids, reason = _verdict(statement, mine)
    return {
        "statement_id": statement.statement_id,
        "document_id": statement.document_id,
        "place": statement.place,
        "topic": statement.topic,
        "figure": statement.figure,
        "quantity": statement.quantity,
        "verdict": verdict,
        "checked_by": by,
        "relations": " ".join(ids),
        "agree": sum(pair["outcome"] == "agree" for pair in mine),
        "conflict": sum(pair["outcome"] == "conflict" for pair in mine),
        "reason": reason,
    }


@cache
def _pairs_of() -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for pair in pairs().to_dict("records"):
        for side in ("first", "second"):
            found.setdefault(pair[side], []).append(pair)
    return found


@cache
def _results_by(column: str) -> dict[str, list[Record]]:
    """The recomputations that count, by a column of `recomputed`."""
    found: dict[str, list[Record]] = {}
    for result in recomputed().to_dict("records"):
        found.setdefault(result[column], []).append(result)
    return found


def _rank(result: Record) -> int:
    return RANK[result["verdict"]]


def _verdict(statement: Statement, mine: list[Record]) -> tuple[str, str, list[str], str]:
    own = _results_by("statement_id").get(statement.statement_id, [])
    if own:
        # One failure among several recomputations is a failure.
        worst = max(own, key=_rank)
        ids = [str(result["relation_id"]) for result in own]
        return worst["verdict"], "recomputation", ids, worst["claim"]
    ids = list(dict.fromkeys(_uses().get(statement.statement_id, [])))
    if ids:
        # A figure that enters a sum that comes out is borne out by it, whatever else fails.
        best = min((r for i in ids for r in _results_by("relation_id")[i]), key=_rank)
        return best["verdict"], "part of a relation", ids, best["claim"]
    elsewhere = [pair for pair in mine if pair["across"]]
    if any(p["outcome"] == "conflict" and pd.isna(p["explained"]) for p in elsewhere):
        return "inconsistent", "another document", [], "Another document gives another figure."
    if any(pair["outcome"] == "agree" for pair in elsewhere):
        exact = statement.interval.width == 0
        verdict = "reproduced" if exact else "consistent within rounding"
        return verdict, "another document", [], "Another document gives the same figure."
    return "not checkable", "nothing", [], _why_not(statement, mine)


@cache
def _uses() -> dict[str, list[str]]:
    rows = load("relations")
    found: dict[str, list[str]] = {}
    for row in rows[rows["basis"] == "stated"].to_dict("records"):
        for operand in operands(row):
            found.setdefault(operand, []).append(str(row["relation_id"]))
    return found


def _why_not(statement: Statement, mine: list[Record]) -> str:
    if any(pair["outcome"] == "agree" for pair in mine):
        return "Repeated in the same document; nothing to recompute it from."
    if statement.unit == "share":
        return "A share in words; the count behind it is not given."
    if statement.unit == "per cent":
        return "A percentage; the counts behind it are not given."
    if statement.qualifier in ("about", "more-than", "at-least", "at-most", "up-to", "range"):
        return "A hedged figure; what it counts is not listed."
    return "A single figure; what it counts is not listed, and no record holds it."


def verdict_counts(column: str) -> pd.DataFrame:
    """Statements by a column of the ledger and verdict.

    Returns:
        Index: values of the column, most statements first; one column per verdict and `total`.
    """
    table = pd.crosstab(_ledger()[column], _ledger()["verdict"])
    table = table.reindex(columns=list(VERDICTS), fill_value=0)
    return table.assign(total=table.sum(axis=1)).sort_values(
        "total", ascending=False, kind="stable"
    )


# --- Findings


def findings() -> list[Finding]:
    """All findings of the chapter, computed from the tables and statements."""
    return [
        _coverage(),
        _listed(),
        _sides(),
        _conflicts(),
        _discrepancies(),
        _capacity(),
        _support(),
    ]


def _coverage() -> Finding:
    counts, total = _ledger()["verdict"].value_counts(), len(_ledger())
    checked = total - int(counts.get("not checkable", 0))
    return Finding(
        "audit-coverage", "audit", "How many stated figures stand up to recomputation",
        f"Of the {total} stated figures, {checked} can be checked against other figures, lists or "
        f"the record: {counts['reproduced']} are reproduced exactly, "
        f"{counts['consistent within rounding']} are consistent within what they state, and "
        f"{counts['inconsistent']} fail. The other {total - checked} cannot be checked "
        "from these sources.",
        float(checked), "stated figures", "2003/2017", (), "consistency.ledger", "recorded",
        records=records_used(), front=True,
    )  # fmt: skip


def records_used() -> tuple[str, ...]:
    tables = recomputed()["record"].str.partition("/")[0]
    return tuple(sorted(set(tables) - {""}))


def _result(relation_id: str) -> pd.Series:
    return _recomputed().set_index("relation_id").loc[relation_id]


def _listed() -> Finding:
    listed, row = load("hld_participants"), _result(LISTED)
    target, members = stated(str(row["statement_id"])), load("un_members").set_index("iso3")
    kinds = listed["kind"].value_counts()
    named = f"{kinds['member']} of {len(members)}"
    whole = f"all {len(members)}" if kinds["member"] == len(members) else named
    late = members.loc[members.index.isin(listed["iso3"]) & (members["un_member_since"] > 2006)]
    since = " and ".join(f"{m.name}, a member since {m.un_member_since}" for m in late.itertuples())
    return Finding(
        "audit-participants", "audit", "The participating States of the High-level Dialogue",
        f"The list of {target.figure} participating States on a page about the Dialogue, headed "
        f"2006, cannot be taken as a record of who came. It names {whole} present Member States "
        f"and {kinds['observer']} observers; in 2006 both together were {row['computed']}. "
        f"On the list, and not yet a member then: {since}.",
        float(target.count), "States", "2006", (target.statement_id,),
        f"relation {LISTED}, and the list matched by name", "contradicted",
        records=("un_members", "un_membership_by_year"), front=True,
    )  # fmt: skip


def _sides() -> Finding:
    row = _result(SIDES)
    favour = stated(str(row["statement_id"]))
    members, against = (stated(i) for i in _operands_of(SIDES))
    return Finding(
        "audit-sides", "audit", "Member States on both sides of the conference",
        f"A/58/98 has {favour.count} Member States for a conference and {against.count} with "
        f"reservations, together {favour.count + against.count - members.count} more than the "
        f"{members.count} that answered: the Holy See, which is no Member State, is counted on one "
        "of the sides, and the report does not say on which.",
        float(row["computed"]), "Member States in favour, if the others are all members",
        "2003-07", (favour.statement_id, members.statement_id, against.statement_id),
        f"relation {SIDES}", "contradicted",
    )  # fmt: skip


def _operands_of(relation_id: str) -> list[str]:
    row = load("relations").set_index("relation_id", drop=False).loc[relation_id]
    return operands(row.to_dict())


def _conflicts() -> Finding:
    outcome, conflict = pairs()["outcome"].value_counts(), groups("conflict")
    unexplained = int(pairs().query("outcome == 'conflict'")["explained"].isna().sum())
    said = "every one is" if not unexplained else f"all but {unexplained} are"
    return Finding(
        "audit-conflicts", "audit", "Figures that different places give differently",
        f"Over all {len(pairs())} pairs of statements of the same quantity, {outcome['agree']} "
        f"agree and {outcome['conflict']} conflict, all about {len(conflict)} quantities "
        f"({'; '.join(conflict['quantity'])}); {said} a proposal against a decision.",
        float(outcome["conflict"]), "pairs of statements", "2003/2017", (), "consistency.pairs",
        "reproduced",
    )  # fmt: skip


def _discrepancies() -> Finding:
    rows = load("discrepancies")
    real = rows[rows["class"] != "none"]
    grave = int((real["gravity"] <= 2).sum())
    unresolved = int((real["status"] == "unresolved").sum())
    return Finding(
        "audit-discrepancies", "audit", "Discrepancies between the documents",
        f"Reading every document against every other gave {len(rows)} comparisons; "
        f"{len(rows) - len(real)} turned out to agree and {len(real)} do not, of which {grave} "
        f"touch a figure, date or attribution that matters and {unresolved} cannot be settled "
        "from these sources.",
        float(len(real)), "discrepancies", "2003/2017", (), "discrepancies.by_class", "recorded",
        records=("public_pages",),
    )  # fmt: skip


def _capacity() -> Finding:
    row, spoke = _result(CAPACITY), stated(SPEAKERS)
    limit = stated(_operands_of(CAPACITY)[-1])
    room = int(str(row["computed"]).split()[0])
    return Finding(
        "audit-capacity", "audit", "Room for statements in the plenary meetings first proposed",
        f"The programme proposed in 2005 had room for at most {room} statements of "
        f"{limit.figure} minutes in its plenary meetings; {spoke.count} Member States spoke at the "
        f"Dialogue, for which the Assembly decided on {stated(PLENARIES).figure} such meetings.",
        float(room), "statements", "2006-09-14", (SPEAKERS, limit.statement_id, PLENARIES),
        f"relation {CAPACITY}, from the times of the programme", "conditional",
    )  # fmt: skip


def _support() -> Finding:
    spoke, share = stated(SPEAKERS).count, stated(SUPPORT)
    counts = compatible_counts(share.share, spoke)
    return Finding(
        "audit-support", "audit", "Member States that supported the Forum, as a count",
        f"“About {share.figure}” of the {spoke} Member States that spoke supported the Forum: any "
        f"number from {counts[0]} to {counts[-1]}, which no document counts.",
        Interval(counts[0], counts[-1]), "Member States", "2006-09", (SUPPORT, SPEAKERS),
        "precision.compatible_counts", "bounded",
    )  # fmt: skip
