"""The tables of the audit as readers see them: heads, units, order."""

from __future__ import annotations

import pandas as pd

from analysis.audit.discrepancies import GRAVITY, PAGE, RECORD, by_class
from analysis.audit.relations import VERDICTS
from analysis.audit.verdicts import verdict_counts
from analysis.tables import describe, load, names


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


def gravest(rows: pd.DataFrame) -> pd.DataFrame:
    """The discrepancies of gravity 1 and 2, gravest first, for readers."""
    rows = rows[rows["gravity"] <= 2]
    rows = rows.sort_values(["gravity", "class", "discrepancy_id"], kind="stable")
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


def lesser(rows: pd.DataFrame) -> pd.DataFrame:
    """The discrepancies that `gravest` leaves out, in a line each; columns named for readers."""
    kept = rows[(rows["gravity"] > 2) & (rows["class"] != "none")]
    kept = kept.sort_values(["gravity", "class", "discrepancy_id"], kind="stable")
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
    kept = rows[rows["class"] == "none"]
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
