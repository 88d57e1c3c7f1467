"""Telephones are tried: in drills of volunteers who agreed, and when somebody wishes it."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from typing import Final

import pytest

from hotline.config.settings import DeskName
from hotline.config.tables.drills import Drills
from hotline.config.tables.ringing import Ringing
from hotline.duty import Attended, ToldBy
from hotline.handshake.ringing import ring_volunteers
from hotline.handshake.trying import drill_telephones, try_telephone
from hotline.oversight.alarms import AlarmKind
from hotline.oversight.drilling import drill_at_night, report
from hotline.oversight.drills import Drill, DrillWord, Trial
from hotline.practice import ACCEPTS, MAILBOX, OFF, PASSES, RINGS_OUT, Answer, Behaviour
from hotline.practice.faults import Rest
from hotline.store import Store
from hotline.store.duty.attendance import NewFact, attend
from hotline.store.duty.trial_rings import last_test
from hotline.store.people.everybody import person_of
from hotline.store.sending.alarms import open_alarms
from hotline.store.sending.drills import agreed_to_drills, last_drill, say_of_drills
from hotline.store.sending.errands import NewErrand, Purpose, plan_errands
from tests import make
from tests.scenarios.rows import column, named
from tests.scenarios.stage import SITE, Hotline

RINGS_EVERY: Final = 2.0
TOMORROW: Final = make.span("2026-11-25 14:00", "2026-11-25 22:00")
DAY: Final = DeskName("day")
A_WHILE: Final = timedelta(minutes=10)
HEARS: Final = Behaviour(answers=(Answer("听到请按1", "1"),))


class Drilled(Hotline):
    """A hotline at night, in which people agree to drills and are drilled."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, replace(SITE, ringing=Ringing(misses=1, aside=1800)))

    def knows(self, name: str, phone: Behaviour) -> None:
        """Somebody of the desk who is not on duty."""
        self.people[name] = make.hire(self.store, name)
        self.phone(name, phone)

    def passes(self, seconds: float) -> None:
        """Time goes by, and the worker looks at what it has to ring as often as in earnest."""
        assert self.stage.sender is not None
        end = self.clock() + timedelta(seconds=seconds)
        while self.clock() < end:
            ring_volunteers(self.stage.sender)
            super().passes(min(RINGS_EVERY, (end - self.clock()).total_seconds()))

    def agrees(self, *names: str, word: bool = True) -> None:
        """What people say of drills."""
        with self.store.writing() as db:
            for name in names:
                said = DrillWord(word, self.clock(), ToldBy.CONSOLE)
                say_of_drills(db, self.people[name].id, said)

    def drill(self) -> int:
        """A drill with real telephones; how many are to be rung."""
        with self.store.writing() as db:
            number = report(db, Drill(self.clock(), (), 0, 0), self.clock())
            return drill_telephones(db, self.settings, number, self.clock())

    def came(self) -> dict[str, Trial]:
        """What became of the telephones of the last drill."""
        with self.store.reading() as db:
            found = last_drill(db)
        assert found is not None
        return {phone.name: phone.came for phone in found[1].phones}

    def tries(self, name: str) -> bool:
        """Somebody wishes that a telephone is tried."""
        with self.store.writing() as db:
            person = person_of(db, self.people[name].code)
            assert person is not None
            return try_telephone(db, person, self.clock())

    def tested(self, name: str) -> Trial:
        """What came of the last test of a telephone."""
        with self.store.reading() as db:
            found = last_test(db, self.people[name].id)
        assert found is not None
        return found[1]


@pytest.fixture
def hotline(store: Store) -> Drilled:
    return Drilled(store)


def test_who_agreed_and_is_on_duty_is_rung_and_presses_1(hotline: Drilled) -> None:
    hotline.on_duty("Ada", "Bo", phone=HEARS)
    hotline.knows("Cem", HEARS)
    hotline.agrees("Ada", "Cem")

    assert hotline.drill() == 1
    hotline.passes(60)

    assert hotline.came() == {"Ada": Trial.REACHED}
    assert "这是演练" in hotline.volunteer_heard("Ada")
    assert hotline.rung() == ["Ada"]
    assert column(hotline.store, "call", "id") == []
    hotline.is_sound()


def test_who_took_her_word_back_is_not_rung(hotline: Drilled) -> None:
    hotline.on_duty("Ada", "Bo", phone=HEARS)
    hotline.agrees("Ada", "Bo")
    hotline.agrees("Ada", word=False)

    assert hotline.drill() == 1
    with hotline.store.reading() as db:
        assert agreed_to_drills(db) == {hotline.people["Bo"].id}


def test_nobody_is_rung_twice_a_night_and_again_the_next_one(hotline: Drilled) -> None:
    hotline.on_duty("Ada", phone=HEARS)
    hotline.agrees("Ada")
    hotline.drill()
    hotline.passes(60)
    hotline.clock.set(hotline.clock() + timedelta(hours=3))  # past midnight

    assert hotline.drill() == 0
    hotline.passes(60)
    assert hotline.rung() == ["Ada"]

    hotline.on_duty("Ada", phone=HEARS, span=TOMORROW)
    hotline.clock.set(TOMORROW.start + timedelta(hours=1))
    assert hotline.drill() == 1


def test_people_are_rung_one_after_the_other(hotline: Drilled) -> None:
    hotline.on_duty("Ada", "Bo", "Cem", phone=HEARS)
    hotline.agrees("Ada", "Bo", "Cem")

    assert hotline.drill() == 3
    hotline.passes(180)

    assert set(hotline.came().values()) == {Trial.REACHED}
    legs = sorted(hotline.carrier.phone_record(), key=lambda leg: leg.asked_at)
    assert len(legs) == 3
    for before, after in pairwise(legs):
        assert before.ended_at is not None
        assert before.ended_at <= after.asked_at


@pytest.mark.parametrize(
    ("phone", "came"),
    [
        (RINGS_OUT, Trial.UNANSWERED),
        (MAILBOX, Trial.SILENT),
        (PASSES, Trial.SILENT),
        (OFF, Trial.UNANSWERED),
    ],
)
def test_a_telephone_that_does_not_reach_its_person_is_told_and_not_put_aside(
    hotline: Drilled, phone: Behaviour, came: Trial
) -> None:
    hotline.on_duty("Ada", phone=phone)
    hotline.agrees("Ada")

    hotline.drill()
    hotline.passes(180)

    assert hotline.came() == {"Ada": came}
    assert column(hotline.store, "presence", "missed") == [0]
    with hotline.store.reading() as db:
        assert open_alarms(db) == ()


def test_nobody_is_drilled_while_a_caller_waits_for_them(hotline: Drilled) -> None:
    hotline.on_duty("Ada", phone=RINGS_OUT)
    hotline.agrees("Ada")
    hotline.caller_rings(patience=100)
    hotline.passes(40)  # she missed the call, and rings as the last resort

    hotline.drill()
    hotline.passes(50)
    assert "这是演练" not in hotline.volunteer_heard("Ada")
    assert hotline.came() == {"Ada": Trial.UNDER_WAY}


@pytest.mark.parametrize("after", [4, 7.5])
def test_a_caller_who_comes_in_the_middle_of_a_drill_has_her_at_once(
    hotline: Drilled, after: float
) -> None:
    slow = replace(HEARS, thinks=timedelta(seconds=5), answers=())
    hotline.on_duty("Ada", phone=replace(slow, answers=(Answer("接听请按1", "1"),)))
    hotline.agrees("Ada")
    hotline.drill()

    caller = hotline.caller_rings(after=after, talk=20)
    hotline.passes(60)
    hotline.until_quiet()

    assert hotline.talked_to(caller) == ["Ada"]
    assert hotline.waited(caller) < 30
    assert hotline.came() == {"Ada": Trial.NEEDED}
    hotline.is_sound()


def test_who_is_off_duty_on_standby_or_resting_is_not_drilled(hotline: Drilled) -> None:
    hotline.on_duty("Ada", "Bo", phone=HEARS)
    hotline.knows("Cem", HEARS)
    hotline.agrees("Ada", "Bo", "Cem")
    with hotline.store.writing() as db:
        now = hotline.clock()
        attend(db, NewFact(hotline.people["Ada"].id, Attended.CHECKED_OUT, now, ToldBy.CONSOLE))
        until = now + timedelta(minutes=30)
        attend(
            db, NewFact(hotline.people["Bo"].id, Attended.BREAK_BEGAN, now, ToldBy.CONSOLE, until)
        )

    assert hotline.drill() == 0


@pytest.mark.parametrize(("wanted", "rung"), [(False, []), (True, ["Ada"])])
def test_the_nightly_drill_rings_only_if_the_site_wants_it(
    hotline: Drilled, wanted: bool, rung: list[str]
) -> None:
    hotline.on_duty("Ada", phone=HEARS)
    hotline.agrees("Ada")
    sender = hotline.stage.sender
    assert sender is not None
    night = replace(sender.settings, drills=Drills(nightly=time(23), volunteers=wanted))
    played = Drill(hotline.clock(), (), 0, 0)

    for _ in range(2):
        drill_at_night(replace(sender, settings=night, drill=lambda *_: played))
    hotline.passes(60)

    assert hotline.rung() == rung


def test_a_test_ring_brings_a_telephone_back_that_was_put_aside(hotline: Drilled) -> None:
    hotline.on_duty("Ada", "Bo", phone=RINGS_OUT)
    hotline.caller_rings(patience=100)
    hotline.until_quiet()
    with hotline.store.reading() as db:
        assert {each.alarm.subject for each in open_alarms(db)} == {"ada", "bo"}
    hotline.phone("Ada", HEARS)

    assert hotline.tries("Ada")
    hotline.passes(60)

    assert hotline.tested("Ada") is Trial.REACHED
    assert "没有来电等候" in hotline.volunteer_heard("Ada")
    missed = {row["person_id"]: row["missed"] for row in named(hotline.store, "presence")}
    assert missed[hotline.people["Ada"].id] == 0
    with hotline.store.reading() as db:
        assert [each.alarm.subject for each in open_alarms(db)] == ["bo"]


def test_a_test_ring_in_vain_leaves_a_telephone_aside(hotline: Drilled) -> None:
    hotline.on_duty("Ada", phone=RINGS_OUT)
    hotline.caller_rings(patience=100)
    hotline.until_quiet()

    hotline.tries("Ada")
    hotline.passes(120)

    assert hotline.tested("Ada") is Trial.UNANSWERED
    with hotline.store.reading() as db:
        assert [each.alarm.kind for each in open_alarms(db)] == [AlarmKind.UNREACHABLE]


def test_a_telephone_is_tried_off_duty_and_once_in_a_minute(hotline: Drilled) -> None:
    hotline.knows("Cem", HEARS)

    assert hotline.tries("Cem")
    assert not hotline.tries("Cem")
    hotline.passes(61)
    assert hotline.tries("Cem")
    hotline.passes(60)

    assert hotline.rung() == ["Cem", "Cem"]


def test_a_number_that_the_carrier_refuses_is_told_to_who_tries_it(hotline: Drilled) -> None:
    hotline.on_duty("Ada").with_faults(rest=Rest.FAILS)

    hotline.tries("Ada")
    hotline.passes(60)

    assert hotline.tested("Ada") is Trial.UNSENT


def test_a_question_that_is_answered_clears_the_alarm_too(hotline: Drilled) -> None:
    """An answer to another question than a test proves as much."""
    hotline.on_duty("Ada", phone=RINGS_OUT)
    hotline.caller_rings(patience=100)
    hotline.until_quiet()
    hotline.phone("Ada", ACCEPTS)
    with hotline.store.writing() as db:
        now = hotline.clock()
        errand = NewErrand(
            "TOKEN", "k", Purpose.CONFIRM, hotline.people["Ada"].id, DAY, now, now, now + A_WHILE
        )
        plan_errands(db, [errand])
    hotline.passes(60)

    with hotline.store.reading() as db:
        assert open_alarms(db) == ()
