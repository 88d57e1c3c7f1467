"""Several people and several workers at the very same time, in threads, on both databases."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

from sqlalchemy import text

from hotline.calls.ringing.sending import Sender
from hotline.handshake.ringing import ring_volunteers
from hotline.handshake.stand_ins.answers import Answered, Saying, says_yes
from hotline.handshake.stand_ins.searching import go_on
from hotline.handshake.working import find_stand_ins, look_after_duties
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.duty.questions import (
    questions_of,
)
from hotline.store.duty.standins import (
    searches_due,
)
from hotline.store.sending.outbox import pace
from tests.scenarios.duties import Duties, duties
from tests.scenarios.reaching.test_at_once import Counting
from tests.scenarios.rows import column, named
from tests.scenarios.stage import NIGHT, SECRETS

T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> Sequence[T]:
    """What each answered, all begun together."""
    barrier = Barrier(len(works))

    def begun(work: Callable[[], T]) -> T:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begun, works))


def workers(hotline: Duties, carrier: Counting, count: int = 2) -> list[Sender]:
    """So many workers by mistake."""
    privacy = Privacy(SECRETS)
    return [
        Sender(hotline.store, hotline.settings, privacy, hotline.clock, carrier)
        for _ in range(count)
    ]


def test_of_four_yeses_in_one_instant_one_comes(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo", "Cem", "Dee", "Eve")
    hotline.cannot_come("Ada")
    hotline.without_worker()
    for _ in range(4):
        _search_goes_on(hotline)
        hotline.clock.set(hotline.clock() + timedelta(minutes=21))
    with store.reading() as db:
        asked = questions_of(db, [1])
    assert len(asked) == 4

    def yes(question: int) -> Answered:
        saying = Saying(question)
        return store.settled(lambda db: says_yes(db, hotline.settings, saying, hotline.clock()))

    answers = at_once(*(lambda number=each.id: yes(number) for each in asked))

    assert Counter(answers) == {Answered.COMES: 1, Answered.TOO_LATE: 3}
    assert len(named(store, "override")) == 1
    assert len(hotline.rung_at(NIGHT.start)) == 1
    told = Counter(kind for _, kind in hotline.told())
    assert (told["stands-in"], told["replaced"]) == (1, 1)


def test_two_workers_at_the_same_instant_ask_and_ring_once(store: Store) -> None:
    hotline = Duties(store, duties()).on_duty("Ada", "Bo").knows("Cem", "Dee")
    hotline.cannot_come("Ada")
    hotline.clock.set(NIGHT.start - timedelta(minutes=59))
    carrier = Counting()
    both = workers(hotline, carrier)

    for job in (look_after_duties, find_stand_ins, ring_volunteers):
        at_once(*(lambda sender=each, job=job: job(sender) for each in both))
    hotline.clock.set(hotline.clock() + timedelta(seconds=3))
    at_once(*(lambda sender=each: ring_volunteers(sender) for each in both))

    assert [name for name, _ in hotline.asked()] == ["Cem"]
    assert hotline.told() == [("Bo", "confirm"), ("Cem", "stand-in")]
    assert set(column(store, "errand", "purpose")) == {"confirm", "stand-in"}
    assert len(column(store, "errand", "id")) == 2
    assert list(carrier.rung.values()) == [1, 1]


def _search_goes_on(hotline: Duties) -> None:
    with hotline.store.reading() as db:
        (search,) = searches_due(db, hotline.clock())
    go_on(hotline.store, hotline.settings, search, hotline.clock())


def test_a_caller_who_needs_the_person_first_is_not_crossed_by_a_question(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo")
    hotline.cannot_come("Ada")
    carrier = Counting()
    (worker,) = workers(hotline, carrier, 1)
    find_stand_ins(worker)
    _late(worker, hotline)
    with store.writing() as db:  # a leg of a caller takes over a reservation that has run out
        db.connection().execute(text("update presence set leg_id = 7, until = :until"), LATER)

    ring_volunteers(worker)

    assert column(store, "errand", "state") == ["waiting"]
    assert not carrier.rung


LATER = {"until": NIGHT.start}


def _late(worker: Sender, hotline: Duties) -> None:
    """The person is reserved, and the worker comes back to it much later."""
    slot = hotline.clock() + timedelta(seconds=1)
    with hotline.store.writing() as db:
        pace(db, 1, timedelta(seconds=1), hotline.clock())
    ring_volunteers(worker)
    assert column(hotline.store, "errand", "state") == ["planned"]
    hotline.clock.set(slot + timedelta(seconds=30))
