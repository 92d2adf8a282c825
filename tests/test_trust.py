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
SCORE = replace(Score.read(), code=CODE)


def test_errors_in_code_are_summed_over_modules() -> None:
    assert trust.code_run(SCORE) == (
        "Until 27 November 2026 50 errors were tried in 2 modules. **The tests noticed 92%**."
    )
    assert trust.code(SCORE).splitlines()[2:] == [
        "| `analysis.days` | 95 | 20 | 95% |", "| `analysis.words` | 1,213 | 30 | 90% |",
    ]  # fmt: skip


def test_kinds_that_were_missed_come_the_most_frequent_first() -> None:
    rows = trust.code_missed(SCORE).splitlines()[2:]
    assert rows == [f"| {trust.CHANGED['number']} | 2 |", f"| {trust.CHANGED['text']} | 2 |"]


def test_nothing_tried_is_said() -> None:
    assert trust.code_run(replace(SCORE, code={})) == "None was tried yet."


def test_the_share_of_keys_facts_and_rows_is_that_of_the_score() -> None:
    sharp = [SCORE.roles[role] for role in ("key", "fact", "row")]
    share = sum(own["noticed"] for own in sharp) / sum(own["tried"] for own in sharp)
    assert f"the checks noticed {share:.0%}**" in trust.run(SCORE)
    heads = trust.roles(SCORE).splitlines()
    assert heads[1] == "| --- | --: | --: | --: |"
    assert len(heads) == 2 + len(SCORE.roles)
