"""A supervisor in a conversation, and conversations that last long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.calls.colleagues.supervising import supervise
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome, Part
from hotline.config.settings import Settings
from hotline.config.tables.ringing import Lead, Ringing
from hotline.config.tables.talking import Talking
from hotline.errors import HotlineError
from hotline.jobs import time_talks
from hotline.practice import ACCEPTS, RINGS_OUT, Answer, Behaviour, Rest
from hotline.store import Store
from hotline.store.duty.rosters import everybody
from hotline.store.sending.alarms import open_alarms
from hotline.store.talking.forms import forms_due
from hotline.store.talking.talks import open_talks
from tests import make
from tests.scenarios.rows import named
from tests.scenarios.stage import SITE, Hotline, site

QUIET = replace(site(wave=1), talking=Talking(announced=False))
MODES = "旁听请按1，指导老师请按2"


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def in_a_talk(
    store: Store, settings: Settings, *, ada: Behaviour = ACCEPTS, dee: Behaviour = ACCEPTS
) -> Hotline:
    """A caller talks with Ada for half a minute; Dee is a supervisor, Eve is none."""
    hotline = Hotline(store, settings).on_duty("Ada", phone=ada)
    hotline.people["Dee"] = make.hire(store, "Dee", desks="day", role="supervisor")
    hotline.people["Eve"] = make.hire(store, "Eve", desks="day")
    hotline.phone("Dee", dee).phone("Eve", ACCEPTS)
    hotline.caller_rings(talk=300)
    hotline.passes(45)
    return hotline


def supervises(hotline: Hotline, name: str, part: Part, call: int = 1) -> None:
    sender = hotline.stage.sender
    assert sender is not None
    with hotline.store.writing() as db:
        turn = sender.turn(db)
        (who,) = (each for each in everybody(db, turn.now) if each.name == name)
        supervise(turn, CallId(call), who, part)
    hotline.passes(0)


def kinds(store: Store) -> list[str]:
    return [row["kind"] for row in named(store, "call_event")]


def heard_by_the_caller(hotline: Hotline) -> str:
    return hotline.heard(hotline.carrier.calls()[0].sid)


def test_a_supervisor_who_listens_is_heard_by_nobody(store: Store) -> None:
    hotline = in_a_talk(store, QUIET)

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.until_quiet()

    assert "(listens to a person)" in hotline.volunteer_heard("Dee")
    assert {talk.address for talk in hotline.carrier.calls()[0].talks} == {"client:ada"}
    assert "督导老师" not in heard_by_the_caller(hotline)
    assert "came-in-listen" in kinds(store)
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_a_coach_is_heard_by_the_volunteer_alone(store: Store) -> None:
    hotline = in_a_talk(store, QUIET)

    supervises(hotline, "Dee", Part.COACH)
    hotline.until_quiet()

    (dee,) = hotline.legs("Dee")
    assert [talk.address for talk in dee.talks] == ["client:ada"]
    assert {talk.address for talk in hotline.carrier.calls()[0].talks} == {"client:ada"}
    hotline.is_sound()


def test_a_supervisor_who_joins_talks_with_everybody(store: Store) -> None:
    hotline = in_a_talk(store, QUIET)

    supervises(hotline, "Dee", Part.JOIN)
    hotline.until_quiet()

    addresses = {talk.address for talk in hotline.carrier.calls()[0].talks}
    assert addresses == {"client:ada", "client:dee"}
    hotline.is_sound()


def test_the_star_changes_how_a_supervisor_takes_part(store: Store) -> None:
    dee = Behaviour(presses=((seconds(30), "*"),), answers=(Answer(MODES, "3"),))
    hotline = in_a_talk(store, QUIET, dee=dee)

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.until_quiet()

    addresses = {talk.address for talk in hotline.carrier.calls()[0].talks}
    assert addresses == {"client:ada", "client:dee"}
    assert "supervisor-join" in kinds(store)
    hotline.is_sound()


def test_a_supervisor_may_leave_and_the_talk_goes_on(store: Store) -> None:
    dee = Behaviour(presses=((seconds(30), "*"),), answers=(Answer(MODES, "9"),))
    hotline = in_a_talk(store, QUIET, dee=dee)

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.until_quiet()

    (talk,) = hotline.carrier.calls()[0].talks
    assert talk.ended == talk.started + seconds(300)
    hotline.is_sound()


def test_a_supervisor_stays_while_the_volunteer_is_in_the_menu(store: Store) -> None:
    ada = Behaviour(presses=((seconds(90), "*"),))
    hotline = in_a_talk(store, QUIET, ada=ada)

    supervises(hotline, "Dee", Part.COACH)
    hotline.until_quiet()

    (dee,) = hotline.legs("Dee")
    assert [talk.address for talk in dee.talks] == ["client:ada", "client:ada"]
    hotline.is_sound()


def test_where_the_site_announces_supervisors_everybody_hears_it_first(store: Store) -> None:
    hotline = in_a_talk(store, site(wave=1))

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.until_quiet()

    assert "(announcement) 督导老师现在加入这次通话" in heard_by_the_caller(hotline)
    assert "(announcement) 督导老师现在加入这次通话" in hotline.volunteer_heard("Ada")
    assert "(listens to a person)" in hotline.volunteer_heard("Dee")
    assert "announced" in kinds(store)
    hotline.is_sound()


def test_a_supervisor_who_cannot_be_announced_does_not_come_in(store: Store) -> None:
    hotline = in_a_talk(store, site(wave=1))

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.passes(4)
    hotline.with_faults(rest=Rest.FAILS)
    hotline.until_quiet()

    assert "没能告知双方" in hotline.volunteer_heard("Dee")
    assert "(listens to a person)" not in hotline.volunteer_heard("Dee")
    assert "not-announced" in kinds(store)
    hotline.is_sound()


def test_who_is_no_supervisor_and_what_is_no_talk_is_refused(store: Store) -> None:
    hotline = in_a_talk(store, QUIET)

    with pytest.raises(HotlineError, match="eve is no supervisor"):
        supervises(hotline, "Eve", Part.LISTEN)
    with pytest.raises(HotlineError, match="no conversation 9"):
        supervises(hotline, "Dee", Part.LISTEN, call=9)
    supervises(hotline, "Dee", Part.LISTEN)
    with pytest.raises(HotlineError, match="already"):
        supervises(hotline, "Dee", Part.COACH)
    hotline.until_quiet()
    with pytest.raises(HotlineError, match="no conversation 1 "):
        supervises(hotline, "Dee", Part.LISTEN)
    hotline.is_sound()


def test_a_supervisor_who_does_not_answer_changes_nothing(store: Store) -> None:
    hotline = in_a_talk(store, QUIET, dee=RINGS_OUT)

    supervises(hotline, "Dee", Part.LISTEN)
    hotline.until_quiet()

    (talk,) = hotline.carrier.calls()[0].talks
    assert talk.ended == talk.started + seconds(300)
    hotline.is_sound()


def long_talk(store: Store, minutes: int, **also: bool) -> Hotline:
    """A caller talks for so many minutes; the job that tells the time runs every minute."""
    hotline = Hotline(store).on_duty("Ada")
    hotline.people["Dee"] = make.hire(store, "Dee", desks="day", role="supervisor")
    keys = [Answer("紧急情况", "9")] if also.get("urgent") else []
    hotline.caller_rings(talk=minutes * 60, answers=keys)
    sender = hotline.stage.sender
    assert sender is not None
    for _ in range(minutes):
        hotline.passes(60)
        time_talks(sender)
        hotline.passes(0)
    return hotline


def test_the_volunteer_alone_is_told_of_the_time_and_supervisors_in_the_end(store: Store) -> None:
    hotline = long_talk(store, 92)

    ada = hotline.volunteer_heard("Ada")
    assert ada.count("(announcement) 通话已经20分钟") == 1
    assert ada.count("(announcement) 通话已经50分钟") == 1
    assert "通话已经90分钟" not in ada
    assert "分钟" not in heard_by_the_caller(hotline)
    with store.reading() as db:
        assert [each.alarm.subject for each in open_alarms(db)] == ["96111-nanjing/1"]
        assert [(talk.person, talk.held) for talk in open_talks(db)] == [("ada", False)]
    assert "alarm" in [notice["kind"] for notice in named(store, "notice")]

    hotline.until_quiet()

    with store.reading() as db:
        assert open_alarms(db) == ()
        assert open_talks(db) == ()
        since = hotline.clock() - timedelta(days=1)
        assert [form.person for form in forms_due(db, since)] == ["ada"]
    hotline.is_sound()


def test_at_90_minutes_the_duty_lead_is_told_too(store: Store) -> None:
    cem = make.hire(store, "Cem", desks="elsewhere")
    hotline = Hotline(store, replace(SITE, ringing=Ringing(lead=Lead(people=("cem",)))))
    hotline.on_duty("Ada").caller_rings(talk=92 * 60)
    sender = hotline.stage.sender
    assert sender is not None

    hotline.passes(89 * 60)
    time_talks(sender)
    assert _told(store, "alarm") == []
    hotline.passes(2 * 60)
    time_talks(sender)

    assert _told(store, "alarm") == [cem.id]


def _told(store: Store, kind: str) -> list[int]:
    return [each["person_id"] for each in named(store, "notice") if each["kind"] == kind]


def test_nobody_is_hurried_in_a_call_of_high_risk(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)
    hotline.caller_rings(talk=26 * 60, answers=[Answer("紧急情况", "9")])
    hotline.passes(25)
    hotline.phone("Ada", ACCEPTS).on_duty("Bo")
    sender = hotline.stage.sender
    assert sender is not None
    for _ in range(25):
        hotline.passes(60)
        time_talks(sender)
    hotline.until_quiet()

    heard = hotline.volunteer_heard("Ada") + hotline.volunteer_heard("Bo")
    assert "talks with a person" in heard
    assert "通话已经20分钟" not in heard


def test_two_workers_tell_the_time_once(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    hotline.caller_rings(talk=1800)
    hotline.passes(21 * 60)
    sender = hotline.stage.sender
    assert sender is not None

    time_talks(sender)
    time_talks(sender)
    hotline.until_quiet()

    assert hotline.volunteer_heard("Ada").count("通话已经20分钟") == 1
    hotline.is_sound()
