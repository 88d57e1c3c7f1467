"""Is each clause of an agreement read as a coordinator reads it aloud?"""

from datetime import date

import pytest

from hotline.people.agreement import CLAUSES, NOTHING_MORE, Agreement, agreement_written
from scheduling.problem import Cap, Period, Rota, Unit


@pytest.mark.parametrize(
    ("clause", "means"),
    [
        ("at most 2 nights a month", {"caps": (Cap(Unit.NIGHTS, Period.MONTH, most=2),)}),
        ("at most 1 24h a month", {"caps": (Cap(Unit.FULL_DAYS, Period.MONTH, most=1),)}),
        ("at most 1 weekend a month", {"caps": (Cap(Unit.WEEKENDS, Period.MONTH, most=1),)}),
        ("at least 3 shifts a month", {"caps": (Cap(Unit.SHIFTS, Period.MONTH, least=3),)}),
        ("at most 4.5 hours a week", {"caps": (Cap(Unit.HALF_HOURS, Period.WEEK, most=9),)}),
        (
            "at most 40 hours in 28 days",
            {"caps": (Cap(Unit.HALF_HOURS, Period.ROLLING, most=80, days=28),)},
        ),
        ("at most 4 days running", {"days_running": 4}),
        ("at least 2 days running", {"least_days_running": 2}),
        ("at least 2 nights running", {"least_nights_running": 2}),
        ("2 days off in a row", {"days_off": 2}),
        ("1 day off in a row", {"days_off": 1}),
        ("no nights", {"exempt": frozenset({Rota.NIGHTS})}),
        ("no 24h", {"exempt": frozenset({Rota.FULL_DAYS})}),
        ("never with v07", {"never": frozenset({"v07"})}),
        ("since 2026-09-01", {"since": date(2026, 9, 1)}),
        ("always with v12", {"always": frozenset({"v12"})}),
    ],
)
def test_a_clause_says_what_it_says(clause: str, means: dict[str, object]) -> None:
    assert agreement_written(clause) == Agreement(**means, text=clause)  # type: ignore[arg-type]


def test_clauses_add_up_and_spaces_do_not_matter() -> None:
    agreed = agreement_written(" no nights;no 24h ;; at most  4 days running")
    assert agreed.exempt == {Rota.NIGHTS, Rota.FULL_DAYS}
    assert agreed.days_running == 4
    assert agreed.text == "no nights; no 24h; at most 4 days running"
    assert agreement_written(agreed.text) == agreed


def test_nothing_written_is_nothing_agreed() -> None:
    assert agreement_written(" ; ") == NOTHING_MORE


def test_every_clause_that_is_offered_as_an_example_is_one() -> None:
    assert [agreement_written(clause).text for clause in CLAUSES] == list(CLAUSES)
