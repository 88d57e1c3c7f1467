"""The form after a conversation, filled in on a page beside the keys; what is due; what is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome, Part
from hotline.calls.turn import Turn
from hotline.care.filling import (
    ChangedMeanwhileError,
    Filled,
    NotTheirsError,
    fill_in,
    follow_up_done,
    follow_up_later,
)
from hotline.care.records import FollowedUp, Reader, RiskLevel
from hotline.config.settings import LineName, Secrets
from hotline.duty import LegId, PersonId
from hotline.privacy import Privacy, new_data_key
from hotline.store import Store
from hotline.store.calling.legs import StoredLeg, leg_of_id
from hotline.store.tables import CallRow, LegRow
from hotline.store.talking.care import (
    Whose,
    count_follow_ups,
    follow_ups_due,
    record_of,
    records_of_call,
    records_to_fill,
)
from hotline.store.talking.forms import note_form
from tests.hotline.console import scene
from tests.scenarios.rows import named
from tests.statements import statements

NOW = scene.BUSY
TOMORROW = NOW + timedelta(days=1)
PRIVACY = Privacy(Secrets("key", new_data_key()))
NANJING = LineName("96111-nanjing")
ADA = Reader(PersonId(1 + scene.NAMES.index("赵敏")), frozenset())
SAM = Reader(PersonId(1 + scene.NAMES.index("陈静")), frozenset({NANJING}))
EVE = Reader(PersonId(1 + scene.NAMES.index("王芳")), frozenset({LineName("12355")}))


@pytest.fixture
def talked(store: Store) -> Store:
    """Ada has just had a conversation on the line of Nanjing."""
    with store.writing() as db:
        scene.fill(db)
        call = scene.talks(db, NANJING, "赵敏", NOW - timedelta(minutes=12))
        leg = db.get_one(LegRow, call.leg_id)
        leg.state, leg.result, leg.ended = "ended", "talked", NOW - timedelta(minutes=1)
        call.state, call.outcome = "closed", Outcome.ANSWERED.value
        db.add_all([leg, call])
    return store


@contextmanager
def turn(store: Store, at: datetime = NOW) -> Iterator[Turn]:
    with store.writing() as db:
        yield Turn(db, scene.settings(), PRIVACY, at)


def form(
    risk: RiskLevel = RiskLevel.LOW,
    note: str = "",
    follow_up: datetime | None = None,
    seen: int = 0,
) -> Filled:
    return Filled(risk, 2, note, follow_up, seen)


LEG = LegId(1)


def test_what_is_filled_in_is_kept_and_the_note_encrypted(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(RiskLevel.MEDIUM, "  怕考试。 ", TOMORROW))

    with talked.reading() as db:
        record = record_of(db, LEG)
    assert record is not None
    assert (record.risk, record.kind, record.follow_up) == (RiskLevel.MEDIUM, 2, TOMORROW)
    assert (record.done, record.version) == (NOW, 1)
    assert record.note is not None
    assert "怕考试".encode() not in record.note
    assert PRIVACY.opened(record.note) == "怕考试。"
    assert [each["kind"] for each in named(talked, "call_event")][-1] == "form-filled-in"


def test_a_form_can_be_changed_by_whoever_has_seen_how_it_is(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(note="erst"))
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(note="", seen=1))

    with talked.reading() as db:
        record = record_of(db, LEG)
    assert record is not None
    assert (record.note, record.version) == (None, 2)


def test_a_form_that_was_changed_meanwhile_is_not_overwritten(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(note="one"))

    with turn(talked) as now, pytest.raises(ChangedMeanwhileError):
        fill_in(now, LEG, ADA, form(note="two"))


def test_keys_and_page_complete_one_form(talked: Store) -> None:
    with turn(talked) as now:
        note_form(now.db, keyed_leg(now), NOW, risk="high")
        record = record_of(now.db, LEG)
        assert record is not None
        assert (record.risk, record.version, record.done) == (RiskLevel.HIGH, 1, None)
        fill_in(now, LEG, ADA, form(RiskLevel.HIGH, "note", seen=1))
    with turn(talked) as now:
        note_form(now.db, keyed_leg(now), NOW, kind=1)
        record = record_of(now.db, LEG)
    assert record is not None
    assert (record.kind, record.version) == (1, 3)
    assert record.note is not None


def keyed_leg(now: Turn) -> StoredLeg:
    leg = leg_of_id(now.db, LEG)
    assert leg is not None
    return leg


@pytest.mark.parametrize("other", [SAM, EVE, Reader(None, frozenset({NANJING}))])
def test_nobody_else_fills_it_in_not_even_a_supervisor(talked: Store, other: Reader) -> None:
    with turn(talked) as now, pytest.raises(NotTheirsError):
        fill_in(now, LEG, other, form())


def test_a_leg_that_only_listened_has_no_form(talked: Store) -> None:
    with talked.writing() as db:
        leg = db.get_one(LegRow, LEG)
        call = db.get_one(CallRow, leg.call_id)
        leg.part, call.leg_id = Part.LISTEN.value, None
        db.add_all([leg, call])

    with turn(talked) as now, pytest.raises(NotTheirsError):
        fill_in(now, LEG, ADA, form())


def test_who_says_high_risk_rests_and_is_not_made_to_rest_twice(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(RiskLevel.HIGH))
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(RiskLevel.HIGH, seen=1))

    (rests,) = [each for each in named(talked, "attendance") if each["kind"] == "cools-down"]
    cool_down = timedelta(seconds=scene.settings().rings.cool_down)
    assert rests["until"] == NOW - timedelta(minutes=1) + cool_down


def test_a_form_that_is_filled_in_the_next_day_makes_nobody_rest(talked: Store) -> None:
    with turn(talked, TOMORROW) as now:
        fill_in(now, LEG, ADA, form(RiskLevel.HIGH))

    assert named(talked, "attendance") == []


def test_what_is_due_is_listed_for_the_line_and_for_the_volunteer(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(follow_up=TOMORROW))

    with talked.reading() as db:
        for whose in (Whose(ADA.person), Whose(lines=SAM.supervises)):
            assert [each.leg for each in follow_ups_due(db, whose, 50)] == [LEG]
            assert count_follow_ups(db, whose, NOW) == (1, 0)
            assert count_follow_ups(db, whose, TOMORROW) == (1, 1)
        for whose in (Whose(EVE.person), Whose(lines=EVE.supervises), Whose(lines=())):
            assert follow_ups_due(db, whose, 50) == ()


def test_a_follow_up_is_done_once(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(follow_up=TOMORROW))
        follow_up_done(now, LEG, SAM, FollowedUp.REACHED)
        with pytest.raises(ChangedMeanwhileError):
            follow_up_done(now, LEG, ADA, FollowedUp.UNREACHED)

    with talked.reading() as db:
        record = record_of(db, LEG)
        assert follow_ups_due(db, Whose(ADA.person), 50) == ()
    assert record is not None
    assert (record.followed_up, record.result) == (NOW, FollowedUp.REACHED)


def test_a_follow_up_that_was_done_stays_so_when_the_form_is_changed(talked: Store) -> None:
    with turn(talked) as now:
        fill_in(now, LEG, ADA, form(follow_up=TOMORROW))
        follow_up_done(now, LEG, ADA, FollowedUp.REACHED)
        fill_in(now, LEG, ADA, form(follow_up=TOMORROW + timedelta(days=9), seen=2))

    with talked.reading() as db:
        record = record_of(db, LEG)
    assert record is not None
    assert (record.follow_up, record.followed_up) == (TOMORROW, NOW)


def test_a_follow_up_can_be_put_off_while_it_is_due(talked: Store) -> None:
    later = TOMORROW + timedelta(days=2)
    with turn(talked) as now:
        with pytest.raises(ChangedMeanwhileError):
            follow_up_later(now, LEG, ADA, later)
        fill_in(now, LEG, ADA, form(follow_up=TOMORROW))
        follow_up_later(now, LEG, ADA, later)
        with pytest.raises(NotTheirsError):
            follow_up_later(now, LEG, EVE, later)

    with talked.reading() as db:
        record = record_of(db, LEG)
    assert record is not None
    assert record.follow_up == later


def test_forms_that_are_still_due_are_found_and_those_of_one_call(talked: Store) -> None:
    week = NOW - timedelta(days=7)
    with talked.reading() as db:
        assert [each.leg for each in records_to_fill(db, Whose(ADA.person), week, 50)] == [LEG]
        assert [each.leg for each in records_of_call(db, CallId(1))] == [LEG]

    with turn(talked) as now:
        fill_in(now, LEG, ADA, form())
    with talked.reading() as db:
        assert records_to_fill(db, Whose(ADA.person), week, 50) == ()


def test_each_list_is_one_query(talked: Store) -> None:
    with statements(talked) as said, talked.reading() as db:
        follow_ups_due(db, Whose(ADA.person), 50)
        records_to_fill(db, Whose(ADA.person), NOW, 50)
        count_follow_ups(db, Whose(ADA.person), NOW)
    assert len(said) == 3
