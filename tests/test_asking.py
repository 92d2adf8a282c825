"""What the pages answer from is what the chapters say, counted from the files."""

from __future__ import annotations

import csv
from pathlib import Path

import asking

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tipping_point_has_the_stated_counts() -> None:
    """25 of 47 favoured, the Holy See among the 47; one letter stood for 15 of 46 States."""
    counts = asking.majority()["counts"]
    assert [entry[1:] for entry in counts] == [
        [24, 145, 191], [25, 145, 191], [11, 145, 178], [25, 145, 178],
    ]  # fmt: skip
    assert len({name for name, *_ in counts}) == 4


def test_the_editions_of_every_country_are_those_of_the_record() -> None:
    asked = asking.editions()
    names = {r["m49"]: r["name"] for r in rows("record/migrant_stock_areas.csv")}
    found = 0
    for row in rows("record/migrant_stock.csv"):
        values = asked["countries"].get(names[row["m49"]])
        if values is None or int(row["year"]) not in asked["years"]:
            continue
        place = asked["years"].index(int(row["year"])), asked["editions"].index(int(row["edition"]))
        if names[row["m49"]] not in {"Northern America"}:
            assert values[place[0]][place[1]] == int(row["persons"]), row
            found += 1
    listed = sum(value is not None for c in asked["countries"].values() for y in c for value in y)
    assert listed == found > 3_000


def test_the_status_of_a_day_is_the_count_of_the_actions() -> None:
    asked = asking.status()
    deposits = [
        r["action_date"] for r in rows("record/treaty_actions.csv")
        if r["instrument_id"] == "icrmw" and r["action_date"]
    ]  # fmt: skip
    days = {name: states for name, _, states in asked["instruments"]}["Migrant Workers Convention"]
    by_day = [state for state, own in days.items() if own[1] and own[1] <= "2004-09-22"]
    assert len(by_day) == sum(day <= "2004-09-22" for day in deposits) == 26
    assert sum(bool(own[2]) and own[2] <= "2004-09-22" for own in days.values()) == 25
    assert sum(year <= 2004 for year in asked["admitted"]) == 191


def test_what_a_page_holds_cannot_end_its_script(site: Path) -> None:
    for page in asking.ASKED:
        html = (site / f"{page}.html").read_text("utf-8")
        start = html.index('id="asked">')
        assert "<" not in html[start : html.index("</script>", start)]
