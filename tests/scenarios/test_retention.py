"""What is older than the site keeps it goes at night; what somebody waits for, and counts, stay."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from hotline.accounts.trail import broken_links
from hotline.config.settings import Title
from hotline.config.tables.retention import Retention
from hotline.config.tables.talking import Form, Talking
from hotline.jobs import purge_at_night
from hotline.knowing import Deciding, note_plan
from hotline.practice import Answer, Behaviour, StoppedClock
from hotline.privacy import Privacy
from hotline.promises.fetching import fetch_messages
from hotline.reports.making import count_day
from hotline.retention.kinds import Kind
from hotline.retention.purging import purge, too_old
from hotline.store import Store
from hotline.store.access.trail import end_of_trail, trail
from hotline.store.calling.legs import leg_of_id
from hotline.store.owed.messages import answer_message
from hotline.store.talking.forms import note_form
from hotline.store.upkeep.upkeep import PURGE, last_upkeep
from tests import make
from tests.scenarios.promised import PromisingHotline
from tests.scenarios.rows import named
from tests.scenarios.stage import SECRETS, SITE, Hotline
from tests.statements import statements

MIN = "+8613912345678"
LU = "+8613912345679"
KEPT = Retention()
PRIVACY = Privacy(SECRETS)
WITH_FORM = replace(SITE, talking=Talking(form=Form(kinds=(Title("情绪", "mood"),))))


def days(number: float) -> timedelta:
    return timedelta(days=number)


def keys(risk: str) -> Behaviour:
    """A volunteer who keys the risk, a kind and that no follow-up is wanted."""
    return Behaviour(
        answers=(Answer("请记录风险", risk), Answer("情绪按1", "1"), Answer("随访", "1"))
    )


def talked(store: Store, number: str = MIN, risk: str = "1") -> Hotline:
    """Somebody talked with Ada, who wrote a note and knows what to tell the next one."""
    hotline = Hotline(store, WITH_FORM).on_duty("Ada", phone=keys(risk))
    hotline.caller_rings(number=number, talk=60)
    hotline.until_quiet()
    with store.writing() as db:
        leg = leg_of_id(db, named(store, "leg")[0]["id"])
        assert leg is not None
        note_form(db, leg, hotline.clock(), note_cipher=PRIVACY.sealed("spoke of school"))
    return hotline


def gone(hotline: Hotline, after: timedelta) -> dict[str, int]:
    """What a purge forgets so long after now, by kind; kinds without any are left out."""
    found = purge(hotline.store, hotline.settings, "dee", hotline.clock() + after)
    return {kind.value: number for kind, number in found.items() if number}


def only(store: Store, table: str) -> dict[str, Any]:
    (row,) = named(store, table)
    return row


def test_a_callers_number_goes_after_a_year_and_is_still_known_again(store: Store) -> None:
    hotline = talked(store)

    assert "numbers" not in gone(hotline, days(KEPT.numbers - 1))
    assert gone(hotline, days(KEPT.numbers + 1))["numbers"] == 1

    call = only(store, "call")
    assert call["caller_cipher"] is None
    assert call["caller_hash"] == PRIVACY.hashed(MIN)


def test_after_three_years_nothing_leads_from_a_call_to_its_caller(store: Store) -> None:
    hotline = talked(store)
    make.hire(store, "Dee", role="supervisor")
    with store.writing() as db:
        note_plan(db, Deciding(PRIVACY, "1", "dee", "rings often", hotline.clock()), "short calls")

    gone(hotline, days(KEPT.hashes + 1))

    call = only(store, "call")
    assert (call["caller_hash"], call["sid"]) == (None, "gone-1")
    assert [leg["sid"] for leg in named(store, "leg")] == [None]
    assert only(store, "call_form")["note_cipher"] is None
    for table in ("caller", "caller_act", "call_event", "decision", "webhook", "outbox", "consent"):
        assert named(store, table) == [], table


def test_what_counts_stays_when_the_caller_is_forgotten(store: Store) -> None:
    hotline = talked(store)
    before = only(store, "call"), only(store, "call_form"), only(store, "leg")

    gone(hotline, days(KEPT.high_risk_notes + 1))

    after = only(store, "call"), only(store, "call_form"), only(store, "leg")
    for was, now in zip(before, after, strict=True):
        lost = {name for name in was if was[name] != now[name]}
        assert lost <= {"caller_cipher", "caller_hash", "sid", "note_cipher", "wish"}


def test_a_report_of_that_day_says_the_same_before_and_after(store: Store) -> None:
    hotline = talked(store)
    day, now = hotline.clock().astimezone(hotline.settings.site.zone).date(), hotline.clock()
    count_day(store, hotline.settings, day, now)
    before = named(store, "line_day"), named(store, "desk_day"), named(store, "duty_day")
    assert before[0][0]["answered"] == 1

    gone(hotline, days(4000))

    after = named(store, "line_day"), named(store, "desk_day"), named(store, "duty_day")
    assert after == before


@pytest.mark.parametrize(
    ("risk", "kind", "longer"),
    [("1", "notes", "high_risk_notes"), ("3", "high_risk_notes", "notes")],
)
def test_a_note_at_high_risk_is_kept_longer(
    store: Store, risk: str, kind: str, longer: str
) -> None:
    hotline = talked(store, risk=risk)
    if kind == "high_risk_notes":
        assert not gone(hotline, days(KEPT.notes + 1)).keys() & {kind, longer}

    found = gone(hotline, days(getattr(KEPT, kind) + 1))

    assert found[kind] == 1
    assert longer not in found
    assert only(store, "call_form")["note_cipher"] is None


def test_a_note_whose_follow_up_is_due_stays_with_its_caller(store: Store) -> None:
    hotline = talked(store)
    with store.writing() as db:
        db.connection().execute(text("update call_form set follow_up = at, followed_up = null"))

    gone(hotline, days(4000))

    assert only(store, "call_form")["note_cipher"] is not None
    assert only(store, "call")["caller_hash"] == PRIVACY.hashed(MIN)


def test_a_number_that_was_promised_a_callback_stays_until_that_is_over(store: Store) -> None:
    hotline = PromisingHotline(store).promises(MIN)

    gone(hotline, days(4000))
    assert only(store, "call")["caller_cipher"] is not None

    with store.writing() as db:
        db.connection().execute(text("update callback set state = 'kept', done = due"))
    gone(hotline, days(4000))
    assert only(store, "call")["caller_cipher"] is None
    assert only(store, "callback")["number_cipher"] is None


def test_a_number_that_was_keyed_in_and_never_confirmed_goes_like_one_that_is_over(
    store: Store,
) -> None:
    hotline = PromisingHotline(store).promises(MIN)
    with store.writing() as db:
        asked = text("update callback set state = 'asked', number_hash = 'x'")
        db.connection().execute(asked)

    assert gone(hotline, days(KEPT.callbacks + 1))["callbacks"] == 1


def test_a_message_is_dropped_when_it_was_answered_long_ago(store: Store) -> None:
    hotline = Hotline(store)
    hotline.caller_rings(number=MIN, answers=[Answer("留言请按2", "2")], leaves_message=20)
    hotline.until_quiet()
    assert hotline.stage.sender is not None
    fetch_messages(hotline.stage.sender)

    assert "recordings" not in gone(hotline, days(4000))
    with store.writing() as db:
        answer_message(db, only(store, "message")["id"], hotline.clock())
    assert gone(hotline, days(KEPT.recordings + 1))["recordings"] == 1

    assert named(store, "recording") == []
    assert only(store, "message")["seconds"] > 0


def test_a_recording_that_the_carrier_was_to_keep_goes_there_too_when_it_is_too_old(
    store: Store,
) -> None:
    kept = replace(SITE, promises=replace(SITE.promised, erase=False))
    hotline = Hotline(store, kept)
    hotline.caller_rings(number=MIN, answers=[Answer("留言请按2", "2")], leaves_message=20)
    hotline.until_quiet()
    sender = hotline.stage.sender
    assert sender is not None
    fetch_messages(sender)
    assert only(store, "message")["erased"] is None
    with store.writing() as db:
        answer_message(db, only(store, "message")["id"], hotline.clock())

    gone(hotline, days(KEPT.recordings + 1))
    fetch_messages(replace(sender, clock=lambda: hotline.clock() + days(KEPT.recordings + 1)))

    assert only(store, "message")["erased"] is not None


def test_who_left_is_known_by_name_and_hours_and_not_by_telephone(store: Store) -> None:
    hotline = talked(store)
    with store.writing() as db:
        db.connection().execute(text("update person set active = false, gender = 'woman'"))
    left = gone(hotline, days(0))
    assert "left" not in left  # since today

    assert gone(hotline, days(KEPT.left + 1))["left"] == 1

    person = only(store, "person")
    assert (person["name"], person["address"], person["gender"]) == ("Ada", "", "")
    assert len(named(store, "assignment")) == 1


def test_who_came_back_in_time_keeps_everything(store: Store) -> None:
    hotline = talked(store)
    for active, after in (("false", 0), ("true", 30), ("false", 60)):
        with store.writing() as db:
            db.connection().execute(text(f"update person set active = {active}"))  # noqa: S608 - ours
        gone(hotline, days(after))

    assert "left" not in gone(hotline, days(KEPT.left + 59))
    assert gone(hotline, days(KEPT.left + 61))["left"] == 1


def test_a_dry_run_says_what_goes_and_changes_nothing(store: Store) -> None:
    hotline = talked(store)
    then = hotline.clock() + days(4000)

    said = too_old(store, hotline.settings, then)

    assert only(store, "call")["caller_cipher"] is not None
    assert named(store, "trail") == []
    assert said[Kind.NUMBERS] == said[Kind.NOTES] == 1
    done = purge(store, hotline.settings, "dee", then)
    assert {kind: done[kind] for kind in Kind if kind is not Kind.HASHES} == {
        kind: said[kind] for kind in Kind if kind is not Kind.HASHES
    }


def test_the_trail_says_how_much_went_and_stays_unbroken(store: Store) -> None:
    hotline = talked(store)
    gone(hotline, days(4000))
    gone(hotline, days(4001))

    with store.reading() as db:
        entries, end = tuple(trail(db)), end_of_trail(db)
    assert [entry.change.act for entry in entries] == ["data.purged"]
    assert entries[0].change.after is not None
    assert entries[0].change.after["numbers"] == 1
    assert list(broken_links(entries, end)) == []
    assert MIN not in str(entries)


@pytest.mark.parametrize(("hour", "runs"), [("04:59", False), ("05:00", True), ("21:00", True)])
def test_the_nightly_purge_waits_for_the_quietest_hour(store: Store, hour: str, runs: bool) -> None:
    hotline = talked(store)
    assert hotline.stage.sender is not None
    at = make.local(f"2031-03-01 {hour}")

    purge_at_night(replace(hotline.stage.sender, clock=StoppedClock(at)))

    assert (only(store, "call")["caller_hash"] is None) is runs
    with store.reading() as db:
        assert last_upkeep(db, PURGE) == (at if runs else None)


def test_of_two_workers_one_purges_a_night(store: Store) -> None:
    hotline = talked(store)
    assert hotline.stage.sender is not None
    sender = replace(hotline.stage.sender, clock=StoppedClock(make.local("2031-03-01 05:00")))
    purge_at_night(sender)
    with store.writing() as db:
        db.connection().execute(text("delete from upkeep"))

    purge_at_night(sender)

    with store.reading() as db:
        assert last_upkeep(db, PURGE) is None


def test_no_transaction_that_calls_wait_for_holds_more_than_a_few_rows(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    for number in range(4):
        hotline.caller_rings(after=number * 20, talk=10)
    hotline.until_quiet()
    events = len(named(store, "call_event"))

    with statements(store) as said:
        found = purge(store, hotline.settings, "dee", hotline.clock() + days(4000), at_once=3)

    assert found[Kind.EVENTS] >= events > 9
    deleted = Counter(each.split()[2] for each in said if each.startswith("DELETE"))
    assert deleted["call_event"] >= events / 3
    assert named(store, "call_event") == []


def test_what_is_young_is_left_alone(store: Store) -> None:
    hotline = talked(store, LU)

    assert gone(hotline, days(7)) == {}
