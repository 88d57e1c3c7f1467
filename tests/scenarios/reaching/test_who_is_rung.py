"""Whom a caller reaches: who has come, who rests, who is out of reach, and who leads."""

from dataclasses import replace
from datetime import timedelta

from hotline.calls.states import Outcome
from hotline.config.settings import Settings
from hotline.config.tables.ringing import Lead, Ringing, Strategy
from hotline.duty import Attended, ToldBy
from hotline.oversight.alarms import AlarmKind
from hotline.practice import ACCEPTS, OFF, RINGS_OUT, Answer
from hotline.store import Store
from hotline.store.duty.attendance import NewFact, attend, cool_down
from hotline.store.sending.alarms import open_alarms
from tests import make
from tests.make import LONG_AFTER
from tests.scenarios.rows import column
from tests.scenarios.stage import NANJING, Hotline, site

STRICT = site(lines=(replace(NANJING, check_in=True),))


def ringing(**rules: object) -> Settings:
    return replace(site(wave=1, wrap_up=0), ringing=Ringing(**rules))  # type: ignore[arg-type]


def told(hotline: Hotline, name: str, kind: Attended) -> None:
    fact = NewFact(hotline.people[name].id, kind, hotline.clock(), ToldBy.TELEPHONE)
    with hotline.store.writing() as db:
        attend(db, fact)


def alarms(hotline: Hotline) -> list[tuple[AlarmKind, str]]:
    with hotline.store.reading() as db:
        return [(each.alarm.kind, each.alarm.subject) for each in open_alarms(db)]


def test_a_line_that_asks_for_it_rings_only_who_has_checked_in(store: Store) -> None:
    hotline = Hotline(store, STRICT).on_duty("Ada", "Bo")
    told(hotline, "Bo", Attended.CHECKED_IN)

    call = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.rung() == ["Bo"]
    hotline.is_sound()


def test_where_nobody_has_checked_in_the_caller_hears_the_exit_at_once(store: Store) -> None:
    hotline = Hotline(store, STRICT).on_duty("Ada")

    call = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.rung() == []
    assert hotline.outcomes() == [Outcome.EXITED]
    assert "值班" in hotline.heard(call)
    hotline.is_sound()


def test_nobody_is_rung_on_a_break_and_everybody_after_it(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    told(hotline, "Ada", Attended.BREAK_BEGAN)
    first = hotline.caller_rings()
    hotline.passes(60)
    told(hotline, "Ada", Attended.BREAK_ENDED)
    second = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.talked_to(first) == ["Bo"]
    assert hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()


def test_after_a_call_of_high_risk_a_person_rests(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", "Bo")
    with store.writing() as db:
        later = hotline.clock() + timedelta(minutes=15)
        cool_down(db, hotline.people["Ada"].id, later, hotline.clock())

    call = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_a_telephone_that_rings_in_vain_is_reported_and_put_aside(store: Store) -> None:
    hotline = Hotline(store, ringing(misses=1)).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")
    hotline.caller_rings(talk=30)
    hotline.until_quiet()
    assert hotline.rung() == ["Ada", "Bo"]
    assert alarms(hotline) == [(AlarmKind.UNREACHABLE, "ada")]
    hotline.passes(60)

    hotline.caller_rings(talk=30)

    hotline.until_quiet()
    assert hotline.rung() == ["Ada", "Bo", "Bo"]
    hotline.is_sound()


def test_a_number_that_cannot_be_rung_is_put_aside_and_reported_at_once(store: Store) -> None:
    hotline = Hotline(store, ringing()).on_duty("Ada", phone=OFF).on_duty("Bo")

    call = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    assert alarms(hotline) == [(AlarmKind.UNREACHABLE, "ada")]
    hotline.is_sound()


def test_a_telephone_put_aside_is_rung_before_a_caller_is_given_up(store: Store) -> None:
    hotline = Hotline(store, ringing(misses=1)).on_duty("Ada", phone=RINGS_OUT)
    hotline.caller_rings(patience=40)
    hotline.until_quiet()
    assert alarms(hotline) == [(AlarmKind.UNREACHABLE, "ada")]
    hotline.phone("Ada", ACCEPTS)

    call = hotline.caller_rings()

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Ada"]
    assert alarms(hotline) == []
    hotline.is_sound()


def test_the_duty_lead_is_rung_after_everybody_else(store: Store) -> None:
    rules = ringing(lead=Lead(certificate="lead"))
    hotline = Hotline(store, rules)
    hotline.people["Ada"] = make.hire(store, "Ada", certificates={"lead": LONG_AFTER})
    hotline.on_duty("Ada").on_duty("Bo")
    first, second = hotline.caller_rings(), hotline.caller_rings(after=1)

    hotline.until_quiet()

    assert hotline.talked_to(first) == ["Bo"]
    assert hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()


def test_a_duty_lead_whom_the_site_names_takes_the_call_when_everybody_talks(store: Store) -> None:
    hotline = Hotline(store, ringing(lead=Lead(people=("dee",))))
    make.hire(store, "Dee", desks="elsewhere")
    hotline.phone("Dee", ACCEPTS).on_duty("Ada")
    first, second = hotline.caller_rings(), hotline.caller_rings(after=1)

    hotline.until_quiet()

    assert hotline.talked_to(first) == ["Ada"]
    assert hotline.talked_to(second) == ["Dee"]
    hotline.is_sound()


def test_a_duty_lead_whom_the_site_names_is_told_of_a_caller_in_danger(store: Store) -> None:
    hotline = Hotline(store, ringing(lead=Lead(people=("dee",)))).on_duty("Ada", phone=RINGS_OUT)
    dee = make.hire(store, "Dee", desks="elsewhere")
    hotline.phone("Dee", ACCEPTS)

    call = hotline.caller_rings(answers=[Answer("按9", "9")])

    hotline.until_quiet()
    assert dee.id in column(store, "notice", "person_id")
    assert hotline.talked_to(call) == ["Dee"]
    hotline.is_sound()


def test_mixed_ringing_wakes_one_then_two_then_everybody(store: Store) -> None:
    hotline = Hotline(store, ringing(strategy=Strategy.MIXED, misses=9))
    hotline.on_duty("Ada", "Bo", "Cem", "Dan", "Fay", "Gus", phone=RINGS_OUT)
    start = hotline.clock()

    hotline.caller_rings(patience=75)

    hotline.until_quiet()
    legs = [leg for name in hotline.people for leg in hotline.legs(name)]
    since = sorted(leg.rung_at - start for leg in legs if leg.rung_at)
    assert [sum(at < timedelta(seconds=end) for at in since) for end in (20, 45, 75)] == [1, 3, 6]
    hotline.is_sound()
