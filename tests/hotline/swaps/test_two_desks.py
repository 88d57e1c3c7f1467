"""A swap between two cities: it holds when the coordinators of both have approved."""

from dataclasses import replace

import pytest

from hotline.config.settings import DeskName
from hotline.config.tables.swaps import Approval
from hotline.store import Store
from hotline.swaps.asking import Answered, Asking, ShiftKey, ask
from hotline.swaps.deciding import approve, turn_down
from hotline.swaps.inbox import inbox, waiting
from hotline.swaps.states import SwapState
from scheduling.problem import Span
from tests import make
from tests.hotline.swaps.cast import DAY, NOW, SITE, Desk, approving, night

NORTH = DeskName("north")
BOTH = (DAY, NORTH)
TUESDAY, THURSDAY = night(24), night(26)
WEEK = Span(TUESDAY.start, THURSDAY.end)


class Cities(Desk):
    """Ada has Tuesday's night in one city, Bo Thursday's in the other, and both know both."""

    def __init__(self, store: Store) -> None:
        north = make.desk("north", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
        lines = [make.line(), make.line("north", desks=("north",), numbers=("12356",))]
        both = make.settings(desks=[*SITE.desks, north], lines=lines)
        super().__init__(store, replace(both, swaps=approving(Approval.ALWAYS).swaps))
        for name in ("Ada", "Bo"):
            self.people[name] = make.hire(store, name, desks="day north")
        make.store_roster(store, (self.people["Ada"], TUESDAY))
        make.store_roster(store, (self.people["Bo"], THURSDAY), desk=NORTH)

    def agreed(self) -> int:
        """Ada asks, and Bo says yes."""
        gives, takes = ShiftKey(DAY, TUESDAY.start), ShiftKey(NORTH, THURSDAY.start)
        with self.store.writing() as db:
            number = ask(db, self.settings, Asking("ada", "bo", gives, takes), self.now).id
        assert self.says("Bo", "yes", number) is Answered.AGREED
        return number

    def approves(self, number: int, *desks: DeskName) -> Answered:
        """The coordinator of some desks says yes."""
        with self.store.writing() as db:
            return approve(db, self.settings, number, self.now, desks)

    def wait(self, *desks: DeskName) -> int:
        """How many things want a decision of who coordinates these desks."""
        with self.store.reading() as db:
            found = inbox(db, self.settings, desks, NOW)
            assert waiting(db, desks, WEEK, NOW) == found.count
        return found.count


@pytest.fixture
def cities(store: Store) -> Cities:
    return Cities(store)


@pytest.mark.parametrize(("first", "second"), [(DAY, NORTH), (NORTH, DAY)])
def test_it_holds_when_both_cities_have_approved(
    cities: Cities, first: DeskName, second: DeskName
) -> None:
    number = cities.agreed()
    assert (cities.wait(first), cities.wait(second)) == (1, 1)

    assert cities.approves(number, first) is Answered.HALF

    assert cities.state(number) is SwapState.AGREED
    assert cities.rung(TUESDAY) == ["Ada"]
    assert (cities.wait(first), cities.wait(second)) == (0, 1)
    assert cities.approves(number, second) is Answered.APPROVED
    assert cities.rung(TUESDAY) == ["Bo"]
    assert (cities.wait(first), cities.wait(second)) == (0, 0)


def test_one_city_alone_moves_nobody_however_often_it_says_so(cities: Cities) -> None:
    number = cities.agreed()

    answers = [cities.approves(number, DAY) for _ in range(3)]

    assert answers == [Answered.HALF] * 3
    assert cities.state(number) is SwapState.AGREED
    assert cities.swap(number).unapproved == {NORTH}


def test_who_coordinates_both_approves_at_once(cities: Cities) -> None:
    assert cities.approves(cities.agreed(), *BOTH) is Answered.APPROVED


def test_somebody_of_a_third_city_approves_nothing(cities: Cities) -> None:
    number = cities.agreed()

    assert cities.approves(number, DeskName("south")) is Answered.HALF

    assert cities.swap(number).unapproved == set(BOTH)


def test_either_city_may_say_no_also_after_the_other_said_yes(cities: Cities) -> None:
    number = cities.agreed()
    cities.approves(number, DAY)

    with cities.store.writing() as db:
        assert turn_down(db, cities.settings, number, cities.now) is Answered.REFUSED

    assert cities.approves(number, NORTH) is Answered.TOO_LATE
    assert cities.rung(TUESDAY) == ["Ada"]
    assert [kind for _, kind in cities.told()].count("swap-not-approved") == 2


def test_within_one_desk_its_coordinator_is_enough(store: Store) -> None:
    desk = Desk(store, approving(Approval.ALWAYS)).knows("Ada", "Bo")
    desk.published(("Ada", TUESDAY), ("Bo", THURSDAY))
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    desk.says("Bo", "yes", number)

    with store.writing() as db:
        assert approve(db, desk.settings, number, desk.now, {DAY}) is Answered.APPROVED
