"""The tables of the chapter on revisions by country: made of numbers by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import migrants
from analysis.vintages import revisions, tables


def test_the_most_revised_have_a_column_for_each_edition() -> None:
    editions = migrants.editions()
    known = pd.DataFrame([["Oman", 2.5, *range(1000, 1000 + len(editions))]],
                         columns=["name", "ratio", *editions])  # fmt: skip
    known.loc[1] = ["Cuba", 2.0, None, *range(2001, 2000 + len(editions))]
    shown = tables.largest(known)
    heads = [f"Edition of {edition}" for edition in editions]
    assert list(shown) == ["Country or area", *heads, "Highest to lowest"]
    assert shown["Country or area"].tolist() == ["Oman", "Cuba"]
    assert shown["Highest to lowest"].tolist() == [2.5, 2]
    assert shown[heads[0]].fillna(-1).tolist() == [1000, -1]
    assert shown[heads[-1]].tolist() == [999 + len(editions), 1999 + len(editions)]


def test_a_step_is_in_thousands_and_shares_of_all_that_moved() -> None:
    """Nine countries moved; those beyond the largest are one row up and one down."""
    codes = list(migrants.areas().index[:10])
    moved = [9000, -8000, 7000, 6000, -5000, 4000, 3000, 2000, -1000, 500]
    earlier, later = migrants.editions()[:2]
    known = pd.DataFrame({earlier: 100_000.0, later: 100_000.0}, index=codes)
    known[later] += moved
    step = revisions.Step(earlier, later, 10, 10, 31_500, -14_000, 0, 0.1, 0.9)
    shown = tables.revision_data(known, [step])
    top = sorted(sorted(moved, key=abs)[-revisions.TOP :], reverse=True)
    rest = [each for each in moved if each not in top]
    sums = [sum(each for each in rest if each > 0), sum(each for each in rest if each < 0)]
    assert shown["Revision, thousands"].tolist() == pytest.approx([n / 1000 for n in (*top, *sums)])
    gross = sum(map(abs, moved))
    assert shown["Share of gross revision, %"].tolist() == pytest.approx(
        [100 * abs(n) / gross for n in (*top, *sums)]
    )
    names = migrants.areas()["name"]
    place = {n: names[code] for n, code in zip(moved, codes, strict=True)}
    assert shown["Country or area"].tolist() == [
        *(place[n] for n in top), "Others, raised", "Others, lowered",
    ]  # fmt: skip
    assert set(shown["Earlier edition"]) == {earlier}
    assert set(shown["Later edition"]) == {later}
