"""All events of callers, volunteers and promises, in any order, repeated, lost and late."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from hotline.calls import paths
from hotline.calls.arrival.repeating import CallerStanding
from hotline.calls.colleagues import menu_paths
from hotline.calls.ringing.facts import CallId
from hotline.calls.ringing.sending import keep_calls_moving, send_due
from hotline.calls.wait.wishes import Part, wish_of
from hotline.duty import Attended, ToldBy
from hotline.handshake.ringing import ring_volunteers
from hotline.store import Store
from hotline.store.calling.callers import NewAct, change_caller
from hotline.store.duty.attendance import NewFact, attend
from tests.databases import PostgresCluster
from tests.scenarios.breaking.ground import CALLERS, ON_DUTY
from tests.scenarios.breaking.owing import Owing
from tests.scenarios.breaking.serving import Serving

KEYS = st.sampled_from(["1", "1", "2", "3", "5", "6", "7", "9", "0", ""])
ENDINGS = st.sampled_from(["completed", "busy", "no-answer", "failed", "canceled", "initiated"])
IN_THE_TALK: tuple[Callable[[str, int], str], ...] = (
    paths.volunteer_alone,
    paths.leg_done,
    menu_paths.leg_menu,
    menu_paths.leg_menu_key,
    menu_paths.leg_hold,
    menu_paths.leg_hold_key,
    menu_paths.leg_desk_key,
    menu_paths.leg_aside,
    menu_paths.leg_aside_alone,
    menu_paths.leg_aside_key,
    menu_paths.leg_aside_rings,
    menu_paths.leg_partner_key,
    menu_paths.leg_ground_key,
    menu_paths.leg_handing,
    menu_paths.leg_partnered,
    menu_paths.leg_outside,
    menu_paths.leg_outside_key,
)
# What the events must have come to, in some example each.
DEEP = {"callback kept", "callback open", "search found", "call answered", "call left"}
LISTENING = frozenset({"planned", "dialled", "answered"})


class AnyOrder(Owing, Serving):
    """Webhooks of two callers, and of everybody else, as nobody would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[int, str] = {}

    def teardown(self) -> None:
        """Whatever was thrown at it: in the end every call is closed and everybody is free."""
        self.carrier.mood = "down"
        for _ in range(12):
            self.passes(120)
            keep_calls_moving(self.sender)
            ring_volunteers(self.sender)
        self.everything_holds()
        assert {call["state"] for call in self.rows["call"]} <= {"closed"}
        self.no_promise_is_lost()
        self.searches_are_counted()
        self.reached.update(f"call {call['outcome']}" for call in self.rows["call"])
        now = self.hotline.clock()
        for person in self.rows["presence"]:
            assert person["leg_id"] is None
            assert person["free_at"] <= now
        self._open.__exit__(None, None, None)

    @rule(
        sid=st.sampled_from(CALLERS),
        number=st.sampled_from(["+8613912345678", "anonymous"]),
        dialled=st.sampled_from(["96111", "12355"]),
    )
    def a_caller_rings(self, sid: str, number: str, dialled: str) -> None:
        self.ask(sid, "/voice/incoming", From=number, To=dialled, CallStatus="ringing")

    @precondition(lambda self: any(self.addresses.values()))
    @rule(data=st.data(), keys=KEYS, gone=st.sampled_from([False, False, False, True]))
    def the_next_address_of_a_caller_is_asked(
        self, data: st.DataObject, keys: str, gone: bool
    ) -> None:
        sid = data.draw(st.sampled_from(self._heard_of()))
        recent = self.addresses[sid][-4:]
        self._caller_asks(sid, data.draw(st.sampled_from(recent)), keys, gone)

    @precondition(lambda self: any(self.addresses.values()))
    @rule(data=st.data(), keys=KEYS, gone=st.booleans())
    def any_address_of_a_caller_is_asked(self, data: st.DataObject, keys: str, gone: bool) -> None:
        sid = data.draw(st.sampled_from(self._heard_of()))
        self._caller_asks(sid, data.draw(st.sampled_from(self.addresses[sid])), keys, gone)

    @rule(name=st.sampled_from(ON_DUTY), kind=st.sampled_from(Attended))
    def somebody_comes_goes_or_rests(self, name: str, kind: Attended) -> None:
        now = self.hotline.clock()
        until = now + timedelta(minutes=5) if kind is Attended.COOLS_DOWN else None
        who = self.hotline.people[name].id
        with self.store.writing() as db:
            attend(db, NewFact(who, kind, now, ToldBy.TELEPHONE, until))

    @rule(standing=st.sampled_from(CallerStanding), minutes=st.sampled_from([None, 5]))
    def people_decide_about_a_caller(self, standing: CallerStanding, minutes: int | None) -> None:
        call = next((row for row in self.rows["call"] if row["caller_hash"]), None)
        if call is None:
            return
        now, dee = self.hotline.clock(), self.hotline.people["Ada"].id
        until = None if minutes is None else now + timedelta(minutes=minutes)
        act = NewAct(call["caller_hash"], CallId(call["id"]), now, "decided", dee)
        with self.store.writing() as db:
            change_caller(db, act, standing=standing, blocked_until=until)

    @rule(sid=st.sampled_from(CALLERS), status=ENDINGS)
    def the_carrier_tells_of_a_caller(self, sid: str, status: str) -> None:
        known = {"From": "anonymous", "To": "96111", "Direction": "inbound"}
        self.ask(sid, "/voice/status", **known, CallStatus=status)

    @precondition(lambda self: self._legs())
    @rule(data=st.data(), keys=KEYS)
    def a_volunteer_answers_and_presses(self, data: st.DataObject, keys: str) -> None:
        leg = data.draw(st.sampled_from(self._legs()))
        self._volunteer(leg, paths.whisper(leg["token"]))
        self._volunteer(leg, paths.leg_key(leg["token"]), Digits=keys)

    @precondition(lambda self: self._legs())
    @rule(data=st.data(), number=st.integers(0, 9), keys=KEYS)
    def a_volunteers_leg_asks_anything(self, data: st.DataObject, number: int, keys: str) -> None:
        leg = data.draw(st.sampled_from(self._legs()))
        token = leg["token"]
        known = [
            paths.whisper(token),
            paths.leg_key(token),
            paths.leg_key_again(token),
            paths.leg_over(token),
            *(build(token, number) for build in IN_THE_TALK),
        ]
        self._volunteer(leg, data.draw(st.sampled_from(known)), Digits=keys)

    @precondition(lambda self: self._legs())
    @rule(data=st.data(), status=ENDINGS)
    def the_carrier_tells_of_a_leg(self, data: st.DataObject, status: str) -> None:
        leg = data.draw(st.sampled_from(self._legs()))
        self._volunteer(leg, paths.leg_status(leg["token"]), CallStatus=status)

    @rule(seconds=st.sampled_from([1, 5, 8, 20, 46, 61, 200]))
    def time_passes(self, seconds: int) -> None:
        self.passes(seconds)

    @rule(mood=st.sampled_from(["well", "well", "down", "refuses", "silent"]))
    def the_worker_sends(self, mood: str) -> None:
        self.carrier.mood = mood
        send_due(self.sender)

    @rule()
    def the_worker_keeps_calls_moving(self) -> None:
        keep_calls_moving(self.sender)

    @invariant()
    def everything_holds(self) -> None:
        """Whatever happened last."""
        self.look()
        calls = {call["id"]: call for call in self.rows["call"]}
        legs = {leg["id"]: leg for leg in self.rows["leg"]}
        self.every_promise_stands_somewhere()
        self.one_person_is_rung_for_a_callback()
        self.nobody_is_asked_while_they_ring_or_talk()
        self.one_stands_in_for_one()
        self._one_outcome_for_ever(calls)
        self._live_legs_belong_to_their_calls(calls, legs)
        self._everybody_is_reserved_for_their_live_leg(legs)
        self._nobody_rings_against_a_wish(calls, legs)

    def _nobody_rings_against_a_wish(
        self, calls: dict[int, dict[str, Any]], legs: dict[int, dict[str, Any]]
    ) -> None:
        """A wish that was given up stays given up, so what is rung now fits what holds now."""
        genders = {person["id"]: person["gender"] for person in self.rows["person"]}
        for leg in legs.values():
            wish = wish_of(calls[leg["call_id"]]["wish"])
            if leg["state"] in LISTENING and Part.GENDER in wish.holding:
                assert genders[leg["person_id"]] == wish.gender

    def _one_outcome_for_ever(self, calls: dict[int, dict[str, Any]]) -> None:
        for number, call in calls.items():
            assert (call["outcome"] is not None) == (call["state"] == "closed")
            if call["outcome"]:
                assert self.outcomes.setdefault(number, call["outcome"]) == call["outcome"]

    def _live_legs_belong_to_their_calls(
        self, calls: dict[int, dict[str, Any]], legs: dict[int, dict[str, Any]]
    ) -> None:
        for number, leg in legs.items():
            call = calls[leg["call_id"]]
            if leg["state"] == "accepted":
                assert call["leg_id"] == number, "a call has one winner"
                assert call["state"] in {"accepted", "talking", "held", "placing"}
            elif leg["state"] in LISTENING:
                assert call["state"] in {"ringing", "offered"}, "telephones ring for nobody else"
        for call in calls.values():
            if call["state"] == "accepted":
                assert legs[call["leg_id"]]["state"] == "accepted"

    def _everybody_is_reserved_for_their_live_leg(self, legs: dict[int, dict[str, Any]]) -> None:
        live = {leg["person_id"]: number for number, leg in legs.items() if leg["state"] != "ended"}
        assert len(live) == sum(leg["state"] != "ended" for leg in legs.values())
        reserved = {p["person_id"]: p["leg_id"] for p in self.rows["presence"]}
        assert {who: leg for who, leg in reserved.items() if leg is not None and leg > 0} == live

    def _heard_of(self) -> list[str]:
        return [sid for sid, known in self.addresses.items() if known]

    def _legs(self) -> list[dict[str, Any]]:
        return self.rows["leg"][-6:]

    def _caller_asks(self, sid: str, path: str, keys: str, gone: bool) -> None:
        status = "completed" if gone else "in-progress"
        result = "hangup" if gone else "leave"
        form = {"CallStatus": status, "QueueResult": result, "DialCallStatus": "no-answer"}
        self.ask(sid, path, **form, Digits=keys, RecordingSid="RE1", DialBridged="false")

    def _volunteer(self, leg: dict[str, Any], path: str, **form: str) -> None:
        direction = "outbound-dial" if leg["by_dial"] else "outbound-api"
        self.ask(f"CA9{leg['id']}", path, Direction=direction, **form)


@contextmanager
def _copy(template: Path) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hotline.db"
        shutil.copyfile(template, path)
        store = Store(f"sqlite:///{path}")
        yield store
        store.close()


@contextmanager
def _fresh(cluster: PostgresCluster) -> Iterator[Store]:
    with cluster.fresh_database() as url:
        store = Store(url)
        yield store
        store.close()


def test_no_order_of_events_breaks_a_promise_on_sqlite(sqlite_template: Path) -> None:
    reached = _thrown("OnSqlite", lambda: _copy(sqlite_template), examples=12)

    assert reached.keys() >= DEEP, "events must come as far as to what is promised here"


@pytest.mark.postgresql
def test_no_order_of_events_breaks_a_promise_on_postgresql(postgres: PostgresCluster) -> None:
    _thrown("OnPostgres", lambda: _fresh(postgres), examples=4)


def _thrown(name: str, fresh: Callable[[], object], examples: int) -> Counter[str]:
    """What the events of so many examples came to, of 40 events at most each."""
    reached: Counter[str] = Counter()
    machine = type(name, (AnyOrder,), {"fresh": staticmethod(fresh), "reached": reached})
    run_machine(machine, settings=settings(max_examples=examples, stateful_step_count=40))
    return reached
