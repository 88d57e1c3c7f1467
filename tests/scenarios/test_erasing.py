"""Somebody asks to be forgotten: nothing leads to them afterwards, and what counts still counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.accounts.keeping import unmade
from hotline.accounts.roles import Role
from hotline.accounts.trail import broken_links
from hotline.duty import on_duty
from hotline.errors import HotlineError
from hotline.knowing import Deciding, note_plan
from hotline.practice import ACCEPTS, Answer, Phone
from hotline.promises.fetching import fetch_messages
from hotline.reports.making import count_day
from hotline.retention.callers import (
    Notes,
    Wanted,
    erase_caller,
    hashes_of_call,
    hashes_of_number,
)
from hotline.retention.leavers import erase_person
from hotline.store import Store
from hotline.store.access.accounts import new_account
from hotline.store.access.page_sessions import begin_session
from hotline.store.access.trail import end_of_trail, trail
from hotline.store.duty.rosters import rota_at
from hotline.store.tables import CalendarRow, ContactRow, NoticeRow, PinRow
from tests import make
from tests.scenarios.promised import PromisingHotline
from tests.scenarios.rows import every_row, every_word, named
from tests.scenarios.stage import SITE, Hotline
from tests.scenarios.test_retention import LU, MIN, PRIVACY, only, talked

NAME = "王小雅"
KEEP = Wanted(notes=Notes.KEEP)
EVERYTHING = Wanted(cancel_promises=True, notes=Notes.ERASE)


def asks(hotline: Hotline, wanted: Wanted, number: str = MIN) -> None:
    """Whoever calls from that number asks to be forgotten."""
    with hotline.store.writing() as db:
        hashes = hashes_of_number(PRIVACY, number, "86")
        erase_caller(db, hashes, wanted, "ann", hotline.clock())


def refused(hotline: Hotline, wanted: Wanted) -> str:
    """What stands in the way; nothing is changed."""
    before = every_row(hotline.store)
    with pytest.raises(HotlineError) as said:
        asks(hotline, wanted)
    assert every_row(hotline.store) == before
    return str(said.value)


def test_nothing_leads_to_a_caller_who_was_forgotten(store: Store) -> None:
    hotline = talked(store)
    make.hire(store, "Dee", role="supervisor")
    with store.writing() as db:
        note_plan(db, Deciding(PRIVACY, "1", "dee", "rings often", hotline.clock()), "short calls")

    asks(hotline, EVERYTHING)

    call = only(store, "call")
    assert (call["caller_cipher"], call["caller_hash"], call["sid"]) == (None, None, "gone-1")
    assert only(store, "call_form")["note_cipher"] is None
    assert named(store, "caller") == named(store, "caller_act") == []
    assert PRIVACY.hashed(MIN) not in str(every_row(store))


def test_a_call_that_was_answered_still_counts_as_one(store: Store) -> None:
    hotline = talked(store)
    before = only(store, "call")

    asks(hotline, EVERYTHING)

    after = only(store, "call")
    counted = ("line", "arrived", "joined", "ended", "outcome", "leg_id")
    assert [after[name] for name in counted] == [before[name] for name in counted]
    assert only(store, "call_form")["risk"] == "low"


def test_another_caller_is_not_touched(store: Store) -> None:
    hotline = talked(store)
    hotline.caller_rings(number=LU, after=300, talk=30)
    hotline.until_quiet()

    asks(hotline, KEEP)

    assert [call["caller_hash"] for call in named(store, "call")] == [None, PRIVACY.hashed(LU)]


def test_notes_have_to_be_decided_about(store: Store) -> None:
    hotline = talked(store)

    assert "say --notes keep" in refused(hotline, Wanted())
    asks(hotline, KEEP)

    assert only(store, "call_form")["note_cipher"] is not None
    assert only(store, "call")["caller_hash"] is None


def test_a_promise_that_is_open_is_kept_or_given_up_and_never_lost(store: Store) -> None:
    hotline = PromisingHotline(store).promises(MIN)

    assert "waits for 1 callbacks" in refused(hotline, Wanted())
    asks(hotline, EVERYTHING)

    callback = only(store, "callback")
    assert (callback["state"], callback["number_cipher"]) == ("expired", None)
    assert callback["done"] is not None
    hotline.passes(7200)
    assert hotline.rung_back(MIN) == []


def test_a_follow_up_that_is_due_stands_in_the_way(store: Store) -> None:
    hotline = talked(store)
    with store.writing() as db:
        db.connection().execute(text("update call_form set follow_up = at, followed_up = null"))

    assert "1 follow-ups" in refused(hotline, KEEP)
    asks(hotline, EVERYTHING)

    assert only(store, "call_form")["follow_up"] is None


def test_a_call_that_goes_on_is_never_cut(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    hotline.caller_rings(number=MIN, talk=600)
    hotline.passes(120)

    assert "going on" in refused(hotline, EVERYTHING)


def test_a_message_goes_here_and_at_the_carrier(store: Store) -> None:
    hotline = Hotline(store, replace(SITE, promises=replace(SITE.promised, erase=False)))
    hotline.caller_rings(number=MIN, answers=[Answer("留言请按2", "2")], leaves_message=20)
    hotline.until_quiet()
    sender = hotline.stage.sender
    assert sender is not None

    assert "1 messages" in refused(hotline, Wanted())
    asks(hotline, EVERYTHING)
    fetch_messages(sender)

    assert named(store, "recording") == []
    message = only(store, "message")
    assert None not in (message["answered"], message["erased"])


@pytest.mark.parametrize("dialled", ["13912345678", "+8613912345678", "8613912345678"])
def test_a_number_is_found_however_the_carrier_wrote_it(store: Store, dialled: str) -> None:
    hotline = talked(store, dialled)

    asks(hotline, KEEP, "139 1234 5678")

    assert only(store, "call")["caller_hash"] is None


def test_the_trail_says_that_somebody_was_forgotten_and_not_who(store: Store) -> None:
    hotline = talked(store)

    asks(hotline, KEEP)

    with store.reading() as db:
        (entry,), end = tuple(trail(db)), end_of_trail(db)
    assert list(broken_links([entry], end)) == []
    assert (entry.login, entry.change.act, entry.change.subject) == (
        "ann",
        "caller.erased",
        "caller",
    )
    assert MIN not in str(entry)
    assert PRIVACY.hashed(MIN) not in str(entry)


@pytest.mark.parametrize("number", ["", "anonymous", "96111", "hello"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(HotlineError, match="no number"):
        hashes_of_number(PRIVACY, number, "86")


def test_a_call_that_is_not_there_or_hid_its_number_names_nobody(store: Store) -> None:
    hotline = Hotline(store)
    hotline.caller_rings(number=None)
    hotline.until_quiet()

    for call in ("1", "2", "CA0"):
        with store.reading() as db, pytest.raises(HotlineError, match="whose caller is known"):
            hashes_of_call(db, call)


def leaves(hotline: Hotline, *, cancel: bool = False, name: str = "ada") -> None:
    """Somebody asks to be forgotten who worked here."""
    with hotline.store.writing() as db:
        erase_person(db, name, "ann", hotline.clock(), cancel_promises=cancel)


def gone_home(store: Store) -> Hotline:
    """王小雅's shift is over; she has everything that somebody can have."""
    hotline = Hotline(store, SITE)
    hotline.people["Ada"] = make.hire(store, "Ada", called=NAME, address="tel:+8613712345678")
    hotline.on_duty("Ada")
    hotline.carrier.phone(Phone("tel:+8613712345678", ACCEPTS))
    hotline.caller_rings(number=MIN, talk=60)
    hotline.passes(12 * 3600)
    ada, now = hotline.people["Ada"].id, hotline.clock()
    with store.writing() as db:
        mine = replace(unmade("wang.xiaoya", NAME), roles=frozenset({Role.VOLUNTEER}), person=ada)
        account = new_account(db, mine, now)
        assert account is not None
        begin_session(db, account, "hash", now, now + timedelta(hours=9))
        db.add(ContactRow(person_id=ada, urls=b"x"))
        db.add(PinRow(person_id=ada, hash="x"))
        db.add(CalendarRow(person_id=ada, secret_hash="x", made=now))
        words = f'{{"who": "{NAME}"}}'
        told = NoticeRow(
            person_id=ada, kind="swap", words=words, posted=now, due=now, expires=now, done=now
        )
        db.add(told)
    return hotline


def test_nothing_leads_to_who_left_but_a_code(store: Store) -> None:
    hotline = gone_home(store)
    assert NAME in every_word(store)

    leaves(hotline)

    said = every_word(store)
    for word in (NAME, "13712345678", "wang.xiaoya"):
        assert word not in said
    person = only(store, "person")
    assert (person["name"], person["code"], person["active"]) == ("ada", "ada", False)
    for table in ("contact", "pin", "calendar", "page_session", "notice", "certificate"):
        assert named(store, table) == [], table
    account = only(store, "account")
    assert (account["active"], account["password"]) == (False, "")


def test_the_hours_of_who_left_still_count(store: Store) -> None:
    hotline = gone_home(store)
    day, now = hotline.clock().astimezone(SITE.site.zone).date(), hotline.clock()
    yesterday = day - timedelta(days=1)
    count_day(store, SITE, yesterday, now)
    before = named(store, "desk_day"), named(store, "duty_day"), named(store, "assignment")
    assert before[0][0]["talks"] == 1

    leaves(hotline)
    count_day(store, SITE, yesterday, now)

    assert (
        named(store, "desk_day"),
        named(store, "duty_day"),
        named(store, "assignment"),
    ) == before


def test_published_shifts_stand_in_the_way_and_are_gaps_afterwards(store: Store) -> None:
    hotline = talked(store)

    with pytest.raises(HotlineError, match="1 published shifts"):
        leaves(hotline)
    assert only(store, "person")["active"]
    leaves(hotline, cancel=True)

    with store.reading() as db:
        rota = rota_at(db, hotline.clock())
    (line,) = hotline.settings.lines
    assert not on_duty(rota, line, hotline.settings, hotline.clock()).staffed


def test_nobody_is_forgotten_in_the_middle_of_a_call(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    hotline.caller_rings(talk=600)
    hotline.passes(120)

    with pytest.raises(HotlineError, match="or they talk"):
        leaves(hotline, cancel=True)


def test_the_last_administrator_stays(store: Store) -> None:
    hotline = gone_home(store)
    with store.writing() as db:
        db.connection().execute(text("update account set roles = 'administrator'"))

    with pytest.raises(HotlineError, match="last administrator"):
        leaves(hotline, cancel=True)


def test_a_callback_given_to_who_leaves_is_everybodys_again(store: Store) -> None:
    hotline = PromisingHotline(store).promises(MIN)
    hotline.people["Ada"] = make.hire(store, "Ada")
    with store.writing() as db:
        db.connection().execute(text("update callback set person_id = 1"))

    with pytest.raises(HotlineError, match="1 callbacks to make"):
        leaves(hotline)
    leaves(hotline, cancel=True)

    assert (hotline.callback()["person_id"], hotline.callback()["state"]) == (None, "open")


def test_the_trail_names_the_code_of_who_left_and_nothing_more(store: Store) -> None:
    hotline = gone_home(store)

    leaves(hotline)

    with store.reading() as db:
        (entry,) = trail(db)
    assert (entry.change.act, entry.change.subject) == ("people.erased", "person/ada")
    assert NAME not in str(entry)
    assert "wang" not in str(entry)


def test_nobody_is_forgotten_who_is_not_there(store: Store) -> None:
    with pytest.raises(HotlineError, match="nobody with the code 'eve'"):
        leaves(Hotline(store), name="eve")
