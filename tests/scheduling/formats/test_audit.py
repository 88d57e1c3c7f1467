"""Does the auditor find each breach of the public format, and each price?"""

from dataclasses import replace

import pytest

from scheduling.formats import audit
from scheduling.formats.instance import Cover, Employee, Instance, Plan, Request, ShiftType

EARLY, LATE = ShiftType("E", 480), ShiftType("L", 600, frozenset({"E"}))
ADA = Employee(
    "Ada",
    {"E": 3},
    most_minutes=2400,
    least_minutes=960,
    longest_run=3,
    shortest_run=2,
    fewest_days_off=2,
    weekends=1,
    days_off=frozenset({0}),
)
WEEKS = Instance(14, (EARLY, LATE), (ADA,))


def plan(days: str) -> Plan:
    """A roster from one letter a day; a dot is a day off."""
    return Plan({"Ada": tuple(None if day == "." else day for day in days)})


@pytest.mark.parametrize(
    "days",
    [
        "..EEL.........",
        ".EE..........E",  # a run at the end may be short, and so may days off at the start
        ".EL..EE.......",
    ],
)
def test_a_legal_roster_has_no_breach(days: str) -> None:
    assert list(audit.breaches(WEEKS, plan(days))) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("EE............", "Ada works on day 0, a day off."),
        ("..NEE.........", "Ada works the unknown shift N on day 2."),
        ("..ELE.........", "Ada works E right after L on day 4."),
        ("..E...........", "Ada works 480 minutes, not 960 to 2400."),
        ("..LLL..LL.....", "Ada works 3000 minutes, not 960 to 2400."),
        ("..EE..EE......", "Ada works E 4 times, more than 3."),
        (".....EL....LL.", "Ada works on 2 weekends, more than 1."),
        ("..EEEL........", "Ada works 4 days in a row from day 2."),
        ("..E..EE.......", "Ada works only 1 days in a row from day 2."),
        ("..EE.EL.......", "Ada has only 1 days off from day 4."),
        ("..EE", "Ada has 4 days, not 14."),
    ],
)
def test_each_rule_is_audited(days: str, said: str) -> None:
    assert said in list(audit.breaches(WEEKS, plan(days)))


def test_somebody_forgotten_is_a_breach() -> None:
    assert list(audit.breaches(WEEKS, Plan())) == ["Ada has 0 days, not 14."]


def test_wishes_and_cover_are_priced() -> None:
    # given
    instance = replace(
        WEEKS,
        wanted=(Request("Ada", 2, "E", 1), Request("Ada", 2, "L", 20)),
        unwanted=(Request("Ada", 3, "E", 300), Request("Ada", 4, "E", 5000)),
        cover=(Cover(2, "E", 3, 10000, 1), Cover(3, "E", 0, 1, 700000), Cover(9, "L", 0, 1, 1)),
    )
    # then
    assert audit.price(instance, plan("..EE..........")) == 20 + 300 + 20000 + 700000
    assert audit.price(instance, Plan()) == 21 + 30000
