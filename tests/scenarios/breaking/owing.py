"""Events of callbacks: promised, offered, placed, kept, out of time, in any order."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hotline.calls import paths
from hotline.calls.ringing.sending import send_due
from hotline.promises.keeping import keep_promises, settle_tries
from hotline.promises.states import OVER, AttemptResult, CallbackState, Safe
from hotline.store.owed.promising import NewPromise, promise_by_form
from tests.scenarios.breaking.ground import Ground
from tests.scenarios.rows import named

NUMBERS = st.sampled_from(["+8613912345678", "+8613912345679"])
KEYS = st.sampled_from(["1", "1", "1", "2", "7", ""])
ENDINGS = st.sampled_from(["completed", "busy", "no-answer", "failed", "canceled", "initiated"])


class Owing(Ground):
    """Promises, and the telephones of those to whom they were made."""

    def __init__(self) -> None:
        super().__init__()
        self.over: dict[int, str] = {}

    @rule(number=NUMBERS, minutes=st.sampled_from([2, 20, 60]), urgent=st.booleans())
    def a_callback_is_promised(self, number: str, minutes: int, urgent: bool) -> None:
        now, privacy = self.hotline.clock(), self.sender.privacy
        due, line = now + timedelta(minutes=minutes), self.hotline.settings.lines[0].name
        cipher, hashed = privacy.sealed(number), privacy.hashed(number)
        new = NewPromise(None, line, now, due, cipher, hashed, Safe.ANY, urgent)
        with self.store.writing() as db:
            promise_by_form(db, new)

    @rule(number=NUMBERS, steps=st.integers(2, 6))
    def a_callback_takes_its_course(self, number: str, steps: int) -> None:
        """As it usually goes, so far: offered, rung, taken on, placed, confirmed, talked."""
        self.carrier.mood = "well"
        self.a_callback_is_promised(number, 60, urgent=True)
        course = (
            lambda: keep_promises(self.sender),
            lambda: send_due(self.sender),
            self._taken_on,
            lambda: send_due(self.sender),
            self._picked_up,
            self._hung_up,
        )
        for step in course[:steps]:
            step()

    @rule(mood=st.sampled_from(["well", "well", "down"]))
    def the_worker_keeps_promises(self, mood: str) -> None:
        self.carrier.mood = mood
        keep_promises(self.sender)

    @precondition(lambda self: self.returns())
    @rule(data=st.data())
    def a_volunteer_takes_a_callback_on(self, data: st.DataObject) -> None:
        self._taken_on_of(data.draw(st.sampled_from(self.returns())))

    @precondition(lambda self: self.returns())
    @rule(data=st.data(), keys=KEYS)
    def a_called_telephone_is_picked_up(self, data: st.DataObject, keys: str) -> None:
        self._picked_up_of(data.draw(st.sampled_from(self.returns())), keys)

    @precondition(lambda self: self.returns())
    @rule(data=st.data(), keys=KEYS, status=ENDINGS)
    def a_called_telephone_asks_anything(self, data: st.DataObject, keys: str, status: str) -> None:
        call = data.draw(st.sampled_from(self.returns()))
        token = call["token"]
        known = [paths.called_key(token, 1), paths.called_over(token), paths.called_status(token)]
        self._called(call, data.draw(st.sampled_from(known)), Digits=keys, CallStatus=status)

    def every_promise_stands_somewhere(self) -> None:
        """One call keeps it at a time, and what is over stays over."""
        calls = self.rows["call"]
        open_calls = [call for call in calls if call["callback_id"] and call["state"] != "closed"]
        kept_by = {call["callback_id"]: call["id"] for call in open_calls}
        assert len(kept_by) == len(open_calls), "a callback is kept by one call at a time"
        for callback in self.rows["callback"]:
            number, state = callback["id"], callback["state"]
            if number in kept_by and state not in OVER:
                assert (state, callback["return_id"]) == ("in-hand", kept_by[number])
            if state in OVER:
                assert self.over.setdefault(number, state) == state
            assert callback["attempts"] <= self.hotline.settings.promised.attempts
        assert self.over.keys() <= {row["id"] for row in self.rows["callback"]}

    def one_person_is_rung_for_a_callback(self) -> None:
        """More only when a conversation has begun and its volunteer is gone."""
        legs = [leg for leg in self.rows["leg"] if leg["state"] != "ended"]
        for call in self.rows["call"]:
            if call["state"] in {"offered", "placing"}:
                assert sum(leg["call_id"] == call["id"] for leg in legs) <= 1

    def returns(self) -> list[dict[str, Any]]:
        """The latest calls that keep a callback, or did."""
        return [call for call in self.rows["call"] if call["callback_id"]][-3:]

    def no_promise_is_lost(self) -> None:
        """Once all calls are over: each is kept or unkept, and kept means that they talked.

        Perhaps in the call of an older promise, if they had asked anew before they talked in it.
        """
        with self.store.writing() as db:
            settle_tries(self.sender.turn(db))
        tries = named(self.store, "attempt")
        assert all(each["result"] for each in tries)
        talked = {each["callback_id"] for each in tries if each["result"] == AttemptResult.TALKED}
        began = [(c["caller_hash"], c["joined"]) for c in named(self.store, "call") if c["joined"]]
        for callback in named(self.store, "callback"):
            state = callback["state"]
            assert state != CallbackState.IN_HAND
            self.reached[f"callback {state}"] += 1
            whom, asked = callback["number_hash"], callback["asked"]
            later = any(caller == whom and joined >= asked for caller, joined in began)
            if state == CallbackState.KEPT:
                assert callback["id"] in talked or later
            elif state != CallbackState.REPLACED:
                assert callback["id"] not in talked

    def _latest(self) -> dict[str, Any] | None:
        self.look()
        return self.returns()[-1] if self.returns() else None

    def _taken_on(self) -> None:
        if call := self._latest():
            self._taken_on_of(call)

    def _taken_on_of(self, call: dict[str, Any]) -> None:
        for leg in named(self.store, "leg"):
            if leg["call_id"] == call["id"]:
                sid, direction = f"CA9{leg['id']}", "outbound-api"
                self.ask(sid, paths.whisper(leg["token"]), Direction=direction)
                self.ask(sid, paths.leg_key(leg["token"]), Direction=direction, Digits="1")

    def _picked_up(self) -> None:
        if call := self._latest():
            self._picked_up_of(call, "1")

    def _picked_up_of(self, call: dict[str, Any], keys: str) -> None:
        self._called(call, paths.called(call["token"]))
        self._called(call, paths.called_key(call["token"], 0), Digits=keys)

    def _hung_up(self) -> None:
        if call := self._latest():
            self.passes(20)
            self._called(call, paths.called_status(call["token"]), CallStatus="completed")
            keep_promises(self.sender)

    def _called(self, call: dict[str, Any], path: str, **form: str) -> None:
        sid = call["sid"] if call["sid"].startswith("CA") else f"CA8{call['id']}"
        self.addresses.setdefault(sid, [])
        self.ask(sid, path, Direction="outbound-api", **form)
