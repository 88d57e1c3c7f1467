"""Where the exit leads: only to what is open now, in order, and to nothing twice."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from hotline.calls.exit.onward import Onward, Seeker, is_open, way_onward
from hotline.calls.wait.wishes import Wish
from hotline.config.settings import Settings, Title, Weekday
from hotline.config.tables.lines import OpenHours, Partner
from hotline.duty import Gender, LegId, Presence, Rota
from tests import make
from tests.scenarios.stage import NIGHT, site

NOW = make.utc("2026-11-24 15:10")  # a Tuesday, 23:10 in Shanghai
DAY = OpenHours(tuple(Weekday), time(8), time(20))
NIGHTS = OpenHours((Weekday.TUE,), time(22), time(6))
LAST = "tel:+862500000009"
A = Partner("a", make.title("A"), "tel:+862500000001", (DAY,))
B = Partner("b", make.title("B"), "tel:+862500000002", (DAY, NIGHTS))
C = Partner("c", make.title("C"), "tel:+862500000003")
OWN = replace(
    make.line("own", desks=("day",)),
    onward=("other", "a", "b", "c"),
    partner=LAST,
    partner_title=Title("九", "nine"),
)
OTHER = make.line("other", desks=("day", "night"), numbers=("2",))
ADA = make.volunteer("Ada", gender=Gender.WOMAN)
BO = make.volunteer("Bo", gender=Gender.MAN)
NOBODY = Rota((), ())


def settings() -> Settings:
    made = site((OWN, OTHER), (make.desk("day"), make.desk("night")))
    return replace(made, partners=(A, B, C))


def way(rota: Rota = NOBODY, *tried: str, wish: Wish | None = None) -> Onward | None:
    return way_onward(Seeker(OWN, wish or Wish(), tried), rota, settings(), NOW)


def test_ways_come_in_order_without_what_is_closed() -> None:
    keys: list[str] = []
    while (found := way(NOBODY, *keys)) is not None:
        keys.append(found.key)
    assert keys == [B.address, C.address, LAST]


def test_another_line_is_a_way_while_somebody_is_free_there() -> None:
    night = make.rota((ADA, "night", NIGHT))
    found = way(night)
    assert found is not None
    assert (found.key, found.line, found.address) == ("line:other", "other", None)
    assert way(night, "line:other") != found


def test_a_line_that_rings_the_same_people_is_no_way() -> None:
    first = way(make.rota((ADA, "day", NIGHT)))
    assert first is not None
    assert first.address == B.address


def test_a_line_where_everybody_is_busy_is_no_way() -> None:
    busy = replace(ADA, presence=Presence(LegId(1), talking=True))
    first = way(make.rota((busy, "night", NIGHT)))
    assert first is not None
    assert first.address == B.address


def test_a_line_where_nobody_meets_the_wish_is_no_way() -> None:
    night, wish = make.rota((BO, "night", NIGHT)), Wish(gender=Gender.WOMAN)
    for found, line in ((way(night, wish=wish), None), (way(night), "other")):
        assert found is not None
        assert found.line == line


def test_a_line_without_any_has_none() -> None:
    assert way_onward(Seeker(OTHER, Wish()), NOBODY, settings(), NOW) is None


@pytest.mark.parametrize(
    ("local", "open_"),
    [
        ("2026-11-24 21:59", False),
        ("2026-11-24 22:00", True),  # a Tuesday
        ("2026-11-25 05:59", True),
        ("2026-11-25 06:00", False),
        ("2026-11-25 23:00", False),
        ("2026-11-24 05:00", False),
    ],
)
def test_a_stretch_over_midnight_belongs_to_the_day_it_starts_on(local: str, open_: bool) -> None:
    assert is_open([NIGHTS], datetime.fromisoformat(local)) is open_


@pytest.mark.parametrize(
    ("local", "open_"),
    [
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-25 07:59", True),
        ("2026-11-25 08:00", False),
    ],
)
def test_equal_times_are_24_hours(local: str, open_: bool) -> None:
    whole = OpenHours((Weekday.TUE,), time(8), time(8))
    assert is_open([whole], datetime.fromisoformat(local)) is open_
