"""The tables of the audit as readers see them: heads, units, order."""

from __future__ import annotations

import re

import pandas as pd

from analysis import readings
from analysis.audit import judged
from analysis.audit.discrepancies import GRAVITY, PAGE, RECORD, by_class
from analysis.audit.pairs import groups
from analysis.audit.relations import (
    ARITHMETIC,
    BOUND,
    CONSISTENT,
    INCONSISTENT,
    OUTSIDE,
    OWN_LIST,
    REPETITION,
    REPRODUCED,
    UNCHECKED,
)
from analysis.audit.verdicts import (
    BOUNDED,
    HEDGED,
    IN_WORDS,
    PERCENTAGE,
    REPEATED,
    SINGLE,
    SMALL,
    standing_counts,
)
from analysis.cells import Formats
from analysis.markup import plain
from analysis.precision import Interval
from analysis.tables import describe, load, names
from analysis.words import capital, span

VERDICTS = {
    REPRODUCED: "reproduced exactly",
    CONSISTENT: "consistent within what it states",
    INCONSISTENT: "inconsistent",
    UNCHECKED: "not checkable",
}
STANDINGS = {
    OUTSIDE: "borne out from outside",
    ARITHMETIC: "borne out by arithmetic",
    OWN_LIST: "counts the document's own list",
    REPETITION: "repeated by another document",
    INCONSISTENT: "inconsistent",
    UNCHECKED: "not checkable",
}
MEANINGS = {
    OUTSIDE: "the public record gives the figure, or the cases that it counts",
    ARITHMETIC: "other figures of the same document, or the calendar, give it",
    OWN_LIST: "the document lists as many; a slip in counting would show, a wrong list would not",
    REPETITION: "another document has the same figure, perhaps copied",
    INCONSISTENT: "what comes out lies outside what the figure allows",
    UNCHECKED: "our sources hold nothing to recompute it from, or no more than a bound",
}
# Of the documents that state figures.
DOCUMENTS = {
    "GRCP7": "Report on the meeting of 2017", "A/59/325": "Report of 2004",
    "A/58/98": "Report of 2003", "A/60/205": "Proposal of 2005",
    "A/RES/60/227": "Resolution of 2005", "HLD-SLIDES": "Slides on the Dialogue",
    "HLD-PAGE": "Page on the Dialogue", "IMR2006-II": "Introduction of 2006",
}  # fmt: skip
ERRORS = ("contradiction", "typing error")  # Classes in which a side is wrong in substance.
GROUNDS = {
    OUTSIDE: "outside evidence",
    ARITHMETIC: "arithmetic",
    OWN_LIST: "the document's own list",
    REPETITION: "repetition",
    BOUND: "a bound",
}
REASONS = {
    BOUNDED: "A bound is all that is known: it could refute the figure, not confirm it.",
    REPEATED: "Repeated in the same document; nothing to recompute it from.",
    IN_WORDS: "A share in words; the count behind it is not given.",
    PERCENTAGE: "A percentage; the counts behind it are not given.",
    HEDGED: "A hedged figure; what it counts is not listed.",
    SINGLE: "A single figure; a list of what it counts is not in our sources.",
}
# The word for a chapter in the consequences of discrepancies, and its name.
CHAPTERS = {
    "Stock": "Migrant stock",
    "Survey": "Survey of Governments",
    "Conventions": "Convention ratifications",
    "GRCP 7": "GRCP 7",
    "Timeline": "Timeline",
}
# Where a sentence ends and the next begins; not after "p.", before the number of a page.
SENTENCE = re.compile(r"(?<!\bp)\. (?=[A-Z\d])")
SAID = ["Quantity", "What is stated, and where", "Pairs"]


def outcome(result: Interval) -> str:
    """What comes out, for readers: a share to a tenth of a point, a count whole.

    Of a count from nought, its upper end alone.
    """
    whole = all(float(end).is_integer() for end in result.finite_ends if end is not None)
    return span(result, ",.0f" if whole else ".1f", least=0)


# What documents state is text: as they word it.
RESULTS: Formats = {"Stated": str, "Recomputed": outcome, "Comes out": outcome}


def standings() -> pd.DataFrame:
    """Stated figures by document and by topic, and how they fare: a row for each part of a bar."""
    parts = []
    for by, column in (("document", "document_id"), ("topic", "topic")):
        counts = standing_counts(column).rename(index=DOCUMENTS, columns=STANDINGS)
        rows = counts[list(STANDINGS.values())].stack().rename("Figures")
        rows = rows[rows > 0].rename_axis(["Document or topic", "How it fares"]).reset_index()
        parts.append(rows.assign(By=by))
    return pd.concat(parts, ignore_index=True)[
        ["By", "Document or topic", "How it fares", "Figures"]
    ]


def readable_grounds(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `analysis.audit.verdicts.grounds`, and a row for all of them."""
    whole = table.sum().to_frame("All").T
    shown = pd.concat([table.rename(index=GROUNDS), whole]).rename_axis("Rests on").reset_index()
    shown.loc[shown.index[-1], "quantities"] = pd.NA  # a quantity can have several grounds
    heads = ["Figures", "Exactly", "Within", "Different quantities", f"Counts up to {SMALL}"]
    return shown.set_axis(["Rests on", *heads], axis=1)


def readable_results(table: pd.DataFrame) -> pd.DataFrame:
    """Some of `recomputed`, numbers all, with columns named for readers; formats: `RESULTS`."""
    shown = table[["claim", "where", "as_stated", "result", "note"]]
    heads = ["What was assumed", "Where", "Stated", "Comes out", "Remark"]
    return shown.set_axis(heads, axis=1)


def readable_places(table: pd.DataFrame) -> pd.DataFrame:
    """The table `by_place` for readers, without the lists that have the items they should have.

    Readers can link to a row by its relation and document. Formats: `RESULTS`.
    """
    counted = (table["ground"] == OWN_LIST) & (table["verdict"] == REPRODUCED)
    named = table.assign(
        verdict=table["verdict"].map(VERDICTS), ground=table["ground"].map(GROUNDS),
        computed=table["computed"].where(table["result"].isna()),
    )  # fmt: skip
    heads = {
        "claim": "What was recomputed", "document_id": "Document", "place": "Place",
        "as_stated": "Stated", "result": "Recomputed", "computed": "Day or order",
        "verdict": "Verdict", "ground": "Rests on",
    }  # fmt: skip
    slugs = named["document_id"].str.lower().str.replace("[^a-z0-9]+", "-", regex=True)
    named.index = pd.Index(named["relation_id"] + "-in-" + slugs, name="recomputation_id")
    return named.loc[~counted.to_numpy(), list(heads)].rename(columns=heads)


def unchecked(ledger: pd.DataFrame) -> pd.DataFrame:
    """Why figures cannot be checked, by topic, the commonest reason first.

    Args:
        ledger: rows of `analysis.audit.verdicts.ledger` that nothing checks.
    """
    reasons = pd.crosstab(ledger["reason"].map(REASONS), ledger["topic"])
    reasons.insert(0, "All", reasons.sum(axis=1))
    reasons = reasons.sort_values("All", ascending=False).rename_axis(None, axis=1)
    return reasons.rename_axis("Why").reset_index()


def conflicts() -> pd.DataFrame:
    """The quantities that documents give differently for one time, and what explains each."""
    kinds = load("discrepancies").set_index("discrepancy_id")["class"]
    table = groups("conflict")
    table["explained"] = table["explained"].map(kinds)
    return table.set_axis([*SAID, "Explained as"], axis=1)


def changes() -> pd.DataFrame:
    """The quantities whose figures differ because their times do."""
    return groups("change").drop(columns="explained").set_axis(SAID, axis=1)


def consequences(touched: pd.DataFrame) -> pd.DataFrame:
    """What follows from discrepancies (rows of `analysis.audit.discrepancies.chapters`)."""
    heads = ["Chapter", "What disagrees", "What follows"]
    return touched.drop(columns="gravity").set_axis(heads, axis=1)


def documents(rows: pd.DataFrame) -> pd.Series:
    """Both sides of each discrepancy: "A/58/98; the record", or one document with itself."""
    named = rows["document_b"].where(rows["document_b"] != RECORD, "the record")
    same = rows["document_a"] == named
    return rows["document_a"].where(same, rows["document_a"] + "; " + named)


def places(rows: pd.DataFrame) -> pd.Series:
    """Where both sides stand: document and place, or the table of the record."""
    first = rows["document_a"] + ", " + rows["place_a"]
    second = rows["document_b"] + ", " + rows["place_b"].fillna("")
    table = rows["record_b"].str.partition("/")[0].map(_title)
    second = second.where(rows["document_b"] != RECORD, "record: " + table.fillna("none"))
    return first + " — " + second


def evidence(rows: pd.DataFrame) -> pd.Series:
    """The evidence in words, without the keys of the public pages (see `cited_pages`)."""
    plain = rows["evidence"].str.replace(rf" \({PAGE.pattern}\)", "", regex=True)
    return plain.str.replace(rf"; {PAGE.pattern}", "", regex=True)


def cited_pages(rows: pd.DataFrame) -> str:
    """A sentence that names the public pages behind the graver discrepancies."""
    titles = load("public_pages").set_index("page_id")["title"]
    texts = rows.loc[rows["gravity"] <= 2, "evidence"]
    keys = sorted({key for text in texts for key in PAGE.findall(text)})
    return f"Public pages in evidence: {'; '.join(titles[keys])}." if keys else ""


def _title(table: object) -> str:
    known = isinstance(table, str) and table in names()
    return str(describe(str(table))["title"]) if known else "none"


def strip(counts: pd.Series) -> pd.DataFrame:
    """How all stated figures fare, for readers; counts as `figures.strip` has them."""
    named = counts[counts > 0].rename(index=STANDINGS)
    return named.rename_axis("How it fares").rename("Stated figures").reset_index()


def _gravest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by their ids, to which readers can link."""
    order = ["gravity", "class", "discrepancy_id"]
    return rows.sort_values(order, kind="stable").set_index("discrepancy_id")


def gravest(rows: pd.DataFrame) -> pd.DataFrame:
    """The discrepancies of gravity 1 and 2, gravest first, for readers."""
    rows = rows[rows["gravity"] <= 2]
    rows = _gravest_first(rows)
    return pd.DataFrame(
        {
            "What disagrees": rows["title"],
            "Class": rows["class"],
            "Where": places(rows),
            "Evidence": evidence(rows),
            "Status": rows["status"],
            "Gravity": rows["gravity"].astype(int),
        }
    )


def cases(rows: pd.DataFrame) -> pd.DataFrame:
    """The discrepancies of the highest gravity, and the gravest error that is settled."""
    worst = rows[rows["gravity"] == rows["gravity"].min()]
    settled = rows[rows["class"].isin(ERRORS) & (rows["status"] == "resolved")]
    return pd.concat([worst, settled.sort_values("gravity", kind="stable").head(1)])


def cards(rows: pd.DataFrame) -> str:
    """Discrepancies as a list to read: what was said, what is right, what follows (CommonMark)."""
    told = []
    for row, proof in zip(rows.itertuples(), evidence(rows), strict=True):
        right = SENTENCE.split(proof, maxsplit=1)[0].rstrip(".")
        if row.favours == "b":
            right = f"{row.reading_b}. {right}"
        follows = capital(str(row.consequence).partition(": ")[2])
        told.append(
            f"- **{plain(str(row.title))}**\n"
            f"  - *What was said*: {plain(f'{row.reading_a} ({row.document_a}, {row.place_a})')}.\n"
            f"  - *What is right*: {plain(right)}.\n"
            f"  - *What follows*: {plain(follows)} [Evidence and status](#{row.discrepancy_id})"
        )
    return "\n".join(told)


def lesser(rows: pd.DataFrame) -> pd.DataFrame:
    """The discrepancies that `gravest` leaves out, in a line each; columns named for readers."""
    kept = rows[(rows["gravity"] > 2) & (rows["class"] != "none")]
    kept = _gravest_first(kept)
    return pd.DataFrame(
        {
            "What disagrees": kept["title"],
            "Class": kept["class"],
            "Documents": documents(kept),
            "Status": kept["status"],
            "Gravity": kept["gravity"].astype(int),
        }
    )


def apparent(rows: pd.DataFrame) -> pd.DataFrame:
    """The comparisons that turned out to agree, in a line each; columns named for readers."""
    kept = rows[rows["class"] == "none"].set_index("discrepancy_id")
    return pd.DataFrame({"What was considered": kept["title"], "Documents": documents(kept)})


def dots(rows: pd.DataFrame) -> pd.DataFrame:
    """Discrepancies by class and gravity, and the unresolved of each; columns named for readers."""
    table, columns = by_class(rows), {}
    open_ = rows[rows["status"] == "unresolved"]
    unresolved = pd.crosstab(open_["class"], open_["gravity"])
    unresolved = unresolved.reindex(index=table.index, columns=list(GRAVITY), fill_value=0)
    for degree in GRAVITY:
        columns[f"Gravity {degree}"] = table[degree]
        columns[f"{degree}, unresolved"] = unresolved[degree]
    shown = pd.DataFrame(columns | {"Total": table["total"]})
    return shown.rename_axis("Class").reset_index()


def judgements() -> pd.DataFrame:
    """Agreement of two judgements by field, and how many differences went to which.

    Formats: `analysis.readings.KAPPA`.
    """
    kept = judged.resolved().drop(columns="neither")
    kept.columns = pd.Index([f"{capital(side)} kept" for side in kept])
    table = readings.agreement(judged.kappas()).join(kept, on="Field")
    return table.replace({"Field": {judged.REAL: "disagreement or none"}})
