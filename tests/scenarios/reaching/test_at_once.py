"""Several requests at the very same time, in threads of their own, on both databases."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from threading import Barrier, Lock
from typing import TypeVar

from werkzeug.test import TestResponse

from hotline.calls.ringing.sending import Sender, keep_calls_moving, send_due
from hotline.config.settings import Settings
from hotline.ports import CallSid, Dialled, LegOrder, Recorded
from hotline.privacy import Privacy
from hotline.store import Store
from tests.scenarios.asking import Asker
from tests.scenarios.rows import column, named
from tests.scenarios.stage import SECRETS, SITE, Hotline, site

T = TypeVar("T")
ROUNDS = 20


class Counting:
    """A carrier that counts what it is asked."""

    def __init__(self) -> None:
        self.rung: Counter[str] = Counter()
        self._lock, self._sids = Lock(), count(100)

    def ring(self, order: LegOrder) -> CallSid:
        """A leg."""
        with self._lock:
            self.rung[order.status_path] += 1
            return CallSid(f"CA{next(self._sids)}")

    def move(self, sid: CallSid, path: str) -> None:
        """Done."""

    def release(self, sid: CallSid) -> None:
        """Done."""

    def hang_up(self, sid: CallSid) -> None:
        """Done."""

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Done."""

    def recording(self, sid: str) -> bytes:
        """Silence."""
        return b""

    def erase_recording(self, sid: str) -> None:
        """Done."""

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """Nothing."""
        return ()

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """Nothing."""
        return ()


class House:
    """A hotline that is asked by many at once."""

    def __init__(self, store: Store, settings: Settings = SITE) -> None:
        self.hotline = Hotline(store, settings)
        self.store = store
        self.carrier = Counting()
        parts = self.hotline.parts
        privacy = Privacy(SECRETS)
        self.sender = Sender(store, settings, privacy, parts.clock, self.carrier)
        self._askers = [Asker(parts) for _ in range(8)]

    def post(self, place: int, path: str, **form: str) -> TestResponse:
        """Asked by the carrier's thread of that place."""
        answer = self._askers[place].post(path, form)
        assert answer.status_code in {200, 204}
        assert "again=1" not in answer.text, "something failed"
        return answer

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.hotline.clock.set(self.hotline.clock() + timedelta(seconds=seconds))

    def nobody_is_reserved_twice(self) -> None:
        """Each live leg has its person, and nobody else has them."""
        live = [leg for leg in named(self.store, "leg") if leg["state"] != "ended"]
        people = [leg["person_id"] for leg in live]
        assert len(people) == len(set(people))
        reserved = {p["leg_id"] for p in named(self.store, "presence")} - {None}
        assert reserved == {leg["id"] for leg in live}


def at_once(*actions: Callable[[], T]) -> list[T]:
    """What they answer, all started at the same moment."""
    start = Barrier(len(actions))

    def run(action: Callable[[], T]) -> T:
        start.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_of_two_who_press_1_in_the_same_instant_exactly_one_wins(store: Store) -> None:
    house = House(store, site(wave=2))
    house.hotline.on_duty("Ada", "Bo")

    for number in range(ROUNDS):
        house.post(0, "/voice/incoming", CallSid=f"CA{number}", To="96111", From="anonymous")
        ada, bo = (str(token) for token in column(store, "leg", "token")[-2:])
        for place, leg in enumerate((ada, bo)):
            house.post(place, f"/voice/leg/{leg}/answered", CallSid=f"CB{number}{place}")
        first, second = at_once(*_pressing(house, (ada, bo)))

        joined = ["<Conference" in answer.text for answer in (first, second)]
        assert sorted(joined) == [False, True]
        assert "已经有人接听" in (first.text + second.text)
        winner = named(store, "call")[-1]["leg_id"]
        assert named(store, "leg")[-2:][joined.index(True)]["id"] == winner
        house.nobody_is_reserved_twice()
        house.post(0, "/voice/status", CallSid=f"CA{number}", CallStatus="completed")
        house.passes(300)

    assert column(store, "call", "state") == ["closed"] * ROUNDS


def _pressing(house: House, legs: Sequence[str]) -> list[Callable[[], TestResponse]]:
    def press(place: int, leg: str) -> Callable[[], TestResponse]:
        return lambda: house.post(place, f"/voice/leg/{leg}/key", CallSid=f"C{place}", Digits="1")

    return [press(place, leg) for place, leg in enumerate(legs)]


def test_visits_of_many_callers_and_the_worker_never_reserve_a_person_twice(store: Store) -> None:
    house = House(store, site(ring_again=1))
    house.hotline.on_duty("Ada", "Bo", "Cem", "Dan")
    for number in range(4):
        house.post(0, "/voice/incoming", CallSid=f"CA{number}", To="96111", From="anonymous")
    calls = [str(token) for token in column(store, "call", "token")]

    def visit(place: int, token: str, number: int) -> Callable[[], object]:
        return lambda: house.post(place, f"/voice/wait/{token}/{number}", CallSid=f"CA{place}")

    for number in range(8, 8 + ROUNDS * 9, 9):
        house.passes(9)
        visits = [visit(place, token, number) for place, token in enumerate(calls)]
        at_once(*visits, lambda: keep_calls_moving(house.sender))
        house.nobody_is_reserved_twice()


def test_callers_who_arrive_together_are_all_greeted_and_ring_different_people(
    store: Store,
) -> None:
    house = House(store, site(wave=2))
    house.hotline.on_duty("Ada", "Bo", "Cem", "Dan", "Fay", "Gus")

    def arrives(place: int) -> Callable[[], TestResponse]:
        sid = f"CA{place}"
        return lambda: house.post(place, "/voice/incoming", CallSid=sid, To="96111", From="private")

    answers = at_once(*(arrives(place) for place in range(6)))

    assert all("<Enqueue" in answer.text for answer in answers)
    house.nobody_is_reserved_twice()
    house.passes(1)
    keep_calls_moving(house.sender)
    assert len({leg["call_id"] for leg in named(store, "leg") if leg["state"] != "ended"}) == 6


def test_one_arrival_told_of_by_four_threads_is_one_call_with_one_document(store: Store) -> None:
    house = House(store)
    house.hotline.on_duty("Ada", "Bo")

    def arrives(place: int) -> Callable[[], TestResponse]:
        return lambda: house.post(place, "/voice/incoming", CallSid="CA1", To="96111", From="x")

    answers = at_once(*(arrives(place) for place in range(4)))

    assert len({answer.data for answer in answers}) == 1
    assert len(column(store, "call", "id")) == 1
    house.nobody_is_reserved_twice()


def test_dispatchers_side_by_side_send_each_order_once(store: Store) -> None:
    house = House(store, site(wave=6, calls_per_second=100.0))
    house.hotline.on_duty("Ada", "Bo", "Cem", "Dan", "Fay", "Gus")

    for number in range(5):
        house.post(0, "/voice/incoming", CallSid=f"CA{number}", To="96111", From="anonymous")
        house.passes(1)
        at_once(*[lambda: send_due(house.sender)] * 4)
        house.post(0, "/voice/status", CallSid=f"CA{number}", CallStatus="completed")
        house.passes(60)

    assert house.carrier.rung == Counter(dict.fromkeys(house.carrier.rung, 1))
    assert len(house.carrier.rung) == 5 * 6


def test_a_key_and_the_callers_hanging_up_in_the_same_instant_leave_nobody_bound(
    store: Store,
) -> None:
    house = House(store, site(wave=1))
    house.hotline.on_duty("Ada")

    for number in range(ROUNDS):
        sid = f"CA{number}"
        house.post(0, "/voice/incoming", CallSid=sid, To="96111", From="anonymous")
        leg = str(column(store, "leg", "token")[-1])
        house.post(0, f"/voice/leg/{leg}/answered", CallSid="CB")
        gone = _gone(house, sid)
        at_once(_pressing(house, [leg])[0], gone)

        assert named(store, "call")[-1]["state"] == "closed"
        house.nobody_is_reserved_twice()
        assert column(store, "presence", "leg_id") == [None]
        house.passes(300)


def _gone(house: House, sid: str) -> Callable[[], TestResponse]:
    return lambda: house.post(1, "/voice/status", CallSid=sid, CallStatus="completed")
