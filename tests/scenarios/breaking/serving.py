"""Events of those who serve: they dial in, cannot come, and are asked to stand in."""

from collections import Counter
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hotline.calls import paths
from hotline.handshake.ringing import ring_volunteers
from hotline.handshake.working import find_stand_ins
from tests.scenarios.breaking.ground import ON_DUTY, PIN, Ground
from tests.scenarios.rows import named
from tests.scenarios.stage import STAFF

CANNOT_COME = ["5", "1", "1"]
AT_THE_MENU = (["1"], ["2"], ["3"], ["4"], CANNOT_COME, ["5", "1", "2"], ["5", "1"], ["6"])
KEYS = st.sampled_from(["1", "1", "2", "3", "7", ""])
ENDINGS = st.sampled_from(["completed", "busy", "no-answer", "failed", "initiated"])


class Serving(Ground):
    """Volunteers on the telephone without a caller."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled_in = 0

    @rule(name=st.sampled_from(ON_DUTY), steps=st.integers(2, 5))
    def somebody_who_cannot_come_is_stood_in_for(self, name: str, steps: int) -> None:
        """As it usually goes, so far: told, looked for, rung, picked up, agreed."""
        self.carrier.mood = "well"
        course: tuple[Callable[[], object], ...] = (
            lambda: self._dials_in(name, CANNOT_COME),
            lambda: find_stand_ins(self.sender),
            lambda: ring_volunteers(self.sender),
            lambda: self._asked_at(paths.errand_answered),
            lambda: self._asked_at(lambda token: paths.errand_key(token, 0), Digits="1"),
        )
        for step in course[:steps]:
            step()

    @rule(name=st.sampled_from(ON_DUTY), keys=st.sampled_from(AT_THE_MENU))
    def somebody_dials_in(self, name: str, keys: list[str]) -> None:
        self._dials_in(name, keys)

    def _dials_in(self, name: str, keys: list[str]) -> None:
        self.dialled_in += 1
        sid = f"CA7{self.dialled_in}"
        asked = self.ask(sid, "/voice/incoming", From=f"client:{name.lower()}", To=STAFF)
        for pressed in (PIN, *keys):
            assert asked, "every menu has an address"
            asked = self.ask(sid, asked[0], Digits=pressed)

    @rule(mood=st.sampled_from(["well", "well", "well", "down", "silent"]))
    def the_worker_finds_stand_ins(self, mood: str) -> None:
        self.carrier.mood = mood
        find_stand_ins(self.sender)
        ring_volunteers(self.sender)

    def _asked_at(self, path: Callable[[str], str], **form: str) -> None:
        for errand in named(self.store, "errand")[-1:]:
            sid = f"CA6{errand['id']}"
            self.ask(sid, path(errand["token"]), Direction="outbound-api", **form)

    @precondition(lambda self: bool(self.rows["errand"]))
    @rule(data=st.data(), keys=KEYS, status=ENDINGS)
    def who_is_asked_to_stand_in_asks_anything(
        self, data: st.DataObject, keys: str, status: str
    ) -> None:
        errand = data.draw(st.sampled_from(self.rows["errand"][-3:]))
        token, sid = errand["token"], f"CA6{errand['id']}"
        known = (paths.errand_key(token, 1), paths.errand_back(token), paths.errand_status(token))
        path = data.draw(st.sampled_from([paths.errand_answered(token), *known]))
        form = {"Digits": keys, "CallStatus": status}
        self.ask(sid, path, Direction="outbound-api", **form)

    def nobody_is_asked_while_they_ring_or_talk(self) -> None:
        """One reservation of each person, for callers and questions alike."""
        now = self.hotline.clock()
        asked = [
            errand["person_id"]
            for errand in self.rows["errand"]
            if errand["state"] in {"dialled", "answered"} and errand["due"] > now
        ]
        legs = [leg for leg in self.rows["leg"] if leg["state"] != "ended"]
        assert len(set(asked)) == len(asked)
        assert not set(asked) & {leg["person_id"] for leg in legs}

    def one_stands_in_for_one(self) -> None:
        """Of many who say yes, one comes."""
        yes = [row["search_id"] for row in self.rows["question"] if row["state"] == "agreed"]
        assert max(Counter(yes).values(), default=0) <= 1
        for search in self.rows["search"]:
            if search["state"] in {"found", "settled"}:
                assert search["id"] in yes

    def searches_are_counted(self) -> None:
        """What they came to."""
        self.reached.update(f"search {search['state']}" for search in self.rows["search"])
