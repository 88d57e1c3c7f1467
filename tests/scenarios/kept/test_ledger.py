"""Every decision is kept with its reasons, and a look back finds what did not follow the roster."""

from datetime import timedelta

from sqlalchemy import update

from hotline.calls.drift import Fault
from hotline.calls.ledger import Decided, Passed
from hotline.corrections.absences import note
from hotline.duty import Why
from hotline.handshake.stand_ins.away import take_back
from hotline.oversight.auditing import audit_and_report, audited
from hotline.practice import RINGS_OUT
from hotline.store import Store
from hotline.store.calling.stories import Story, story_of
from hotline.store.planning.history import rings_between
from hotline.store.sending.alarms import open_alarms
from hotline.store.tables import TABLES
from scheduling.problem import Span
from tests.scenarios.stage import NIGHT, TEN_PAST_ELEVEN, Hotline, site

TUESDAY = TEN_PAST_ELEVEN.date()
A_DAY = Span(NIGHT.start - timedelta(days=1), NIGHT.end)


def story(store: Store, call: str) -> Story:
    with store.reading() as db:
        found = story_of(db, call)
    assert found is not None
    return found


def test_the_story_of_a_call_says_who_rang_and_why_nobody_else(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")
    hotline.on_duty("Cem", languages="en")

    call = hotline.caller_rings()
    hotline.until_quiet()

    told = story(store, call)
    ada, bo, cem = (hotline.people[name].id for name in ("Ada", "Bo", "Cem"))
    first, second = (each.decision for each in told.decisions if each.decision.rung)
    assert [rung.person for rung in first.rung] == [ada]
    assert [(each.person, each.why) for each in first.passed_over] == [(bo, Passed.ENOUGH)]
    assert [(each.person, each.why) for each in first.barred] == [(cem, Why.LANGUAGE)]
    assert [rung.person for rung in second.rung] == [bo]
    assert [(each.person, each.why) for each in second.passed_over] == [(ada, Passed.TRIED)]
    assert told.people[ada] == ("ada", "Ada")
    assert {"arrived", "accepted"} <= {step.kind for step in told.steps}


def test_a_decision_that_stays_the_same_is_kept_once(store: Store) -> None:
    hotline = Hotline(store, site(longest_wait=60)).on_duty("Ada")
    hotline.caller_rings(talk=600)

    call = hotline.caller_rings(after=30)
    hotline.until_quiet()

    kept = [each.decision.decided for each in story(store, call).decisions]
    assert kept == [Decided.NOBODY_FREE, Decided.CEILING]


def test_a_call_is_found_by_its_number_and_by_the_carriers_id(store: Store) -> None:
    hotline = Hotline(store)
    call = hotline.caller_rings()
    hotline.until_quiet()

    told = story(store, call)

    assert story(store, str(told.id)) == told
    assert [each.decision.decided for each in told.decisions] == [Decided.UNSTAFFED]
    with store.reading() as db:
        assert story_of(db, "999") is None
        assert story_of(db, "CAnothing") is None


def test_a_day_by_the_roster_has_no_difference(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", phone=RINGS_OUT).on_duty("Cem")
    for after in (0, 40, 80):
        hotline.caller_rings(after=after, talk=60)
    hotline.until_quiet()

    with store.reading() as db:
        audit = audited(db, TUESDAY, hotline.settings)
        assert audit.rings == len(rings_between(db, A_DAY)) > 3
    assert audit.decisions > 3
    assert audit.differences == ()


def test_an_absence_that_was_taken_back_is_remembered_as_it_was(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    with store.writing() as db:
        absence = note(db, "ada", NIGHT, hotline.clock()).absence
    hotline.caller_rings(talk=30)
    hotline.passes(120)
    with store.writing() as db:
        take_back(db, hotline.settings, absence.id, hotline.clock())
    hotline.caller_rings(talk=30)
    hotline.until_quiet()

    with store.reading() as db:
        assert audited(db, TUESDAY, hotline.settings).differences == ()


def test_a_ring_that_the_roster_of_its_moment_forbids_raises_one_alarm(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    hotline.caller_rings(talk=30)
    hotline.until_quiet()
    roster = TABLES["roster"]
    with store.writing() as db:  # somebody tampered with what was published
        db.connection().execute(update(roster).values(archived_at=NIGHT.start))

        tomorrow = TEN_PAST_ELEVEN + timedelta(hours=6)
        audit = audit_and_report(db, hotline.settings, tomorrow)
        audit_and_report(db, hotline.settings, tomorrow)

        assert [(each.fault, each.why) for each in audit.differences] == [
            (Fault.RUNG, Why.NOT_ROSTERED)
        ]
        alarms = [(each.alarm.subject, each.alarm.detail) for each in open_alarms(db)]
    assert alarms == [("2026-11-24", "1")]
