"""The page "How far to trust this": its tables are the scores, counted."""

from __future__ import annotations

from dataclasses import replace

import trust

from tools.corrupt.score import Score

CODE = {
    "analysis.days": {
        "day": "2026-11-25", "made": 95, "tried": 20, "noticed": 19, "missed": {"number": 1},
    },
    "analysis.words": {
        "day": "2026-11-27", "made": 1213, "tried": 30, "noticed": 27,
        "missed": {"text": 2, "number": 1},
    },
}  # fmt: skip
SAMPLE = {
    "seed": 5, "day": "2026-11-27", "made": 31509, "tried": 300, "noticed": 282,
    "least": 0.9072, "most": 0.9617, "missed": {"text": 12, "logic": 6},
}  # fmt: skip
SCORE = replace(Score.read(), code=CODE, sample=SAMPLE)


def test_a_sample_says_of_how_many_it_is_and_how_sure_it_is() -> None:
    assert trust.code_sample(SCORE) == (
        "On 27 November 2026 300 changes were drawn at random from the 31,509 that it can make "
        "(seed 5). **The tests noticed 94%**. Of all, they would notice 91% to 96%, with a "
        "confidence of 95%."
    )


def test_a_run_in_which_nothing_was_missed_says_how_sure_that_makes() -> None:
    caught = {"tried": 1000, "noticed": 990, "documents": 1000}
    roles = dict.fromkeys(("key", "fact", "row"), caught) | {"prose": caught}
    told = trust.run(replace(SCORE, roles=roles))
    # Of 3,000 tries without a miss: 0.025 to the power of 1/3000 is 0.9988.
    assert told.endswith(
        "noticed 99.0%**, without a document at hand; with the documents 3,000 of 3,000. Of all "
        "errors drawn like these they would notice at least 99.8%, with a confidence of 95%."
    )


def test_errors_in_code_are_summed_over_modules() -> None:
    assert trust.code_run(SCORE) == (
        "Until 27 November 2026 50 were tried in 2 modules. **The tests noticed 92%**."
    )
    assert trust.code(SCORE).splitlines()[2:] == [
        "| `analysis.days` | 95 | 20 | 95% |", "| `analysis.words` | 1,213 | 30 | 90% |",
    ]  # fmt: skip


def test_kinds_that_were_missed_come_the_most_frequent_first() -> None:
    rows = trust.code_missed(SCORE).splitlines()[2:]
    expected = (("text", 14), ("logic", 6), ("number", 2))
    assert rows == [f"| {trust.CHANGED[kind]} | {count} |" for kind, count in expected]


def test_only_the_whole_reads_as_all() -> None:
    rounded = {"tried": 2000, "noticed": 1999, "documents": 2000}
    (row,) = trust.roles(replace(SCORE, roles={"row": rounded})).splitlines()[2:]
    assert row.endswith("| 2,000 | 99.9% | 100% |")


def test_what_the_tests_run_is_told_by_folder() -> None:
    measured = {"day": "2026-11-27", "analysis": 98.04, "tools": 91.5, "book/_ext": 97.0}
    assert trust.covered(replace(SCORE, covered=measured)) == (
        "On 27 November 2026 the tests ran 98.0% of `analysis`, 91.5% of `tools` and 97.0% of "
        "`book/_ext`, branches counted as statements are."
    )


def test_nothing_tried_is_said() -> None:
    assert trust.covered(replace(SCORE, covered={})).endswith("was not measured yet.")
    assert trust.code_run(replace(SCORE, code={})) == "None was tried yet."
    assert trust.code_sample(replace(SCORE, sample={})) == "No change was drawn at random yet."


def test_the_share_of_keys_facts_and_rows_is_that_of_the_score() -> None:
    sharp = [SCORE.roles[role] for role in ("key", "fact", "row")]
    share = sum(own["noticed"] for own in sharp) / sum(own["tried"] for own in sharp)
    assert f"the checks noticed {share:.1%}**" in trust.run(SCORE)
    heads = trust.roles(SCORE).splitlines()
    assert heads[1] == "| --- | --: | --: | --: |"
    assert len(heads) == 2 + len(SCORE.roles)
