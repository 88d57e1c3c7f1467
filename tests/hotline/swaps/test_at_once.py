"""Several people at the very same time, in threads, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from hotline.config.tables.swaps import Approval
from hotline.people import StoredPerson
from hotline.store import Store
from hotline.store.people.everybody import active_people
from hotline.swaps.asking import Answered, ShiftKey, SwapError, agree
from hotline.swaps.deciding import approve, turn_down
from hotline.swaps.open_shifts import take
from hotline.swaps.watching import watch_swaps
from tests import make
from tests.hotline.swaps.cast import DAY, DESK, SITE, Desk, approving, evening, night
from tests.scenarios.rows import named
from tests.scenarios.staff.test_stand_ins_at_once import at_once

TUESDAY, THURSDAY = night(24), night(26)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store).knows("Ada", "Bo", "Cem").published(("Ada", TUESDAY), ("Bo", THURSDAY))


def test_two_coordinators_at_once_decide_once(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    desk.says("Bo", "yes", number)

    answers = at_once(
        lambda: desk.store.settled(lambda db: approve(db, SITE, number, desk.now)),
        lambda: desk.store.settled(lambda db: turn_down(db, SITE, number, desk.now)),
        lambda: desk.store.settled(lambda db: approve(db, SITE, number, desk.now)),
    )

    assert answers.count(Answered.TOO_LATE) == 2
    kept = len(named(desk.store, "override"))
    assert kept == (2 if Answered.APPROVED in answers else 0)


def test_of_two_partners_who_agree_at_once_one_comes(desk: Desk) -> None:
    desk.settings = approving(Approval.NEVER)
    asked = [(name, desk.asks("Ada", TUESDAY, name)) for name in ("Bo", "Cem")]

    def yes(name: str, number: int) -> Answered:
        who = desk.people[name].id
        return desk.store.settled(lambda db: agree(db, desk.settings, number, who, desk.now))

    answers = at_once(*(lambda each=each: yes(*each) for each in asked))

    assert Counter(answers) == {Answered.APPROVED: 1, Answered.TOO_LATE: 1}
    assert len(desk.rung(TUESDAY)) == 1


def test_the_last_chair_is_taken_once(desk: Desk) -> None:
    open_one = ShiftKey(DAY, evening(25).start)
    with desk.store.reading() as db:
        people = [p for p in active_people(db) if p.name in ("Ada", "Cem")]

    def takes(person: StoredPerson) -> str:
        try:
            desk.store.settled(lambda db: take(db, SITE, person, open_one, desk.now))
        except SwapError:
            return "too late"
        return "comes"

    assert Counter(at_once(*(lambda who=who: takes(who) for who in people))) == {
        "comes": 1,
        "too late": 1,
    }
    assert len(desk.rung(evening(25))) == 1


def test_two_workers_tell_of_what_expired_once(desk: Desk) -> None:
    desk.asks("Ada", TUESDAY, "Bo")

    def look() -> None:
        watch_swaps(desk.store, SITE, TUESDAY.start)

    at_once(look, look)

    assert Counter(kind for _, kind in desk.told())["swap-expired"] == 2


def test_of_two_swaps_that_share_a_shift_and_no_person_the_loser_is_told(store: Store) -> None:
    # given: one of the two in the night must hold the crisis module, and each may go alone
    held = make.cover("22:00-08:00", 1, certificate="crisis")
    night_desk = replace(DESK, cover=(*DESK.cover, held))
    desk = Desk(store, make.settings(desks=[night_desk], lines=[make.line()]))
    for name in ("Ada", "Bo"):
        desk.people[name] = make.hire(store, name, certificates={"crisis": make.LONG_AFTER})
    desk.knows("Cem", "Fen").published(("Ada", TUESDAY), ("Bo", TUESDAY))
    one, other = desk.asks("Ada", TUESDAY, "Cem"), desk.asks("Bo", TUESDAY, "Fen")
    desk.says("Cem", "yes", one)
    desk.says("Fen", "yes", other)

    # when: two coordinators approve, the second before the first is done
    with ThreadPoolExecutor(1) as second:
        with store.writing() as db:
            assert approve(db, desk.settings, one, desk.now) is Answered.APPROVED
            late = second.submit(
                store.settled, lambda db: approve(db, desk.settings, other, desk.now)
            )
            with pytest.raises(TimeoutError):
                late.result(timeout=0.5)
        answer = late.result()

    # then
    assert answer is Answered.VOID
    assert desk.rung(TUESDAY) == ["Bo", "Cem"]
    assert {name for name, kind in desk.told() if kind == "swap-void"} == {"Bo", "Fen"}
