"""The chain of ways onward at the exit, one key for all: what is open now, and nothing twice."""

from dataclasses import replace
from datetime import time, timedelta

from hotline.calls.states import Outcome
from hotline.config.settings import Settings, Title, Weekday
from hotline.config.tables.lines import OpenHours, Partner
from hotline.config.tables.ringing import Lead
from hotline.oversight.auditing import audited
from hotline.practice import ACCEPTS, RINGS_OUT, Answer, Phone
from hotline.store import Store
from hotline.store.counting.demand import counted_calls
from hotline.store.planning.history import rings_between
from scheduling.problem import Span
from tests import make
from tests.scenarios.rows import column, named
from tests.scenarios.stage import NIGHT, TEN_PAST_ELEVEN, Hotline, site

CITY = Partner("city", Title("市心理热线", "the city"), "tel:+862500000001")
STATE = Partner("state", Title("省心理热线", "the state"), "tel:+862500000002")
BY_DAY = OpenHours(tuple(Weekday), time(8), time(20))
OWN = replace(
    make.line("own", desks=("day",)),
    title=Title("本地热线", "own"),
    onward=("sister", "city", "state"),
)
SISTER = replace(
    make.line("sister", desks=("night",), numbers=("12355",)), title=Title("姐妹热线", "sister")
)
THERE = Answer("转接.*请按3", "3")
AGAIN = replace(THERE, time=2)


def with_ways(*partners: Partner, longest_wait: int = 60) -> Settings:
    own = replace(OWN, longest_wait=longest_wait)
    made = site((own, SISTER), (make.desk("day"), make.desk("night")))
    return replace(made, partners=partners or (CITY, STATE))


def test_one_key_leads_to_another_line_where_somebody_is_free(store: Store) -> None:
    hotline = Hotline(store, with_ways()).on_duty("Ada", desk="night")

    call = hotline.caller_rings(answers=[THERE])
    hotline.until_quiet()

    assert "转接姐妹热线请按3" in hotline.heard(call)
    assert "正在为您转接姐妹热线" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada"]
    assert "姐妹热线来电" in hotline.volunteer_heard("Ada")
    assert hotline.outcomes() == [Outcome.ANSWERED]
    assert column(store, "call", "came_to") == ["own"]
    hotline.is_sound()


def test_a_line_where_nobody_is_free_is_not_offered_but_the_partner_is(store: Store) -> None:
    hotline = Hotline(store, with_ways())
    hotline.carrier.phone(Phone(CITY.address, ACCEPTS))

    call = hotline.caller_rings(answers=[THERE])
    hotline.until_quiet()

    assert "姐妹热线" not in hotline.heard(call)
    assert [talk.address for talk in hotline.call(call).talks] == [CITY.address]
    assert hotline.outcomes() == [Outcome.REFERRED]
    hotline.is_sound()


def test_a_partner_who_does_not_answer_is_not_offered_again_the_next_one_is(store: Store) -> None:
    hotline = Hotline(store, with_ways())
    hotline.carrier.phone(Phone(CITY.address, RINGS_OUT))
    hotline.carrier.phone(Phone(STATE.address, ACCEPTS))

    call = hotline.caller_rings(answers=[THERE, AGAIN])
    hotline.until_quiet()

    assert hotline.heard(call).count("转接市心理热线请按3") == 1
    assert "转接省心理热线请按3" in hotline.heard(call)
    assert [talk.address for talk in hotline.call(call).talks] == [STATE.address]
    hotline.is_sound()


def test_when_no_way_is_left_none_is_offered_and_the_exit_ends_in_goodbye(store: Store) -> None:
    hotline = Hotline(store, with_ways())
    for partner in (CITY, STATE):
        hotline.carrier.phone(Phone(partner.address, RINGS_OUT))

    call = hotline.caller_rings(answers=[THERE, AGAIN, replace(THERE, time=3)])
    hotline.until_quiet()

    said = [s.text for s in hotline.call(call).transcript if s.who == "hotline"]
    assert sum("请按3" in text for text in said) == 2
    assert "再见" in said[-1]
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_a_partner_is_offered_in_its_hours_only(store: Store) -> None:
    hotline = Hotline(store, with_ways(replace(CITY, hours=(BY_DAY,)), STATE))

    call = hotline.caller_rings()  # at 23:10
    hotline.until_quiet()

    assert "市心理热线" not in hotline.heard(call)
    assert "转接省心理热线请按3" in hotline.heard(call)
    hotline.is_sound()


def test_a_caller_is_led_to_another_line_once_and_never_back(store: Store) -> None:
    settings = with_ways()
    lines = (settings.lines[0], replace(SISTER, onward=("own", "city"), longest_wait=60))
    hotline = Hotline(store, replace(settings, lines=lines))
    hotline.on_duty("Ada", desk="night", phone=RINGS_OUT)
    hotline.carrier.phone(Phone(CITY.address, ACCEPTS))

    call = hotline.caller_rings(answers=[THERE, AGAIN])
    hotline.until_quiet()

    assert "转接姐妹热线请按3" in hotline.heard(call)
    assert "本地热线请按3" not in hotline.heard(call)
    assert [talk.address for talk in hotline.call(call).talks] == [CITY.address]
    hotline.is_sound()


def test_the_ceiling_is_the_lines_own(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=30)).on_duty("Ada", phone=RINGS_OUT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    sorry = next(s.at for s in hotline.call(call).transcript if "让您久等了" in s.text)
    assert 30 <= (sorry - hotline.call(call).arrived).total_seconds() <= 40
    hotline.is_sound()


def test_key_9_at_the_exit_brings_a_caller_first_where_somebody_is_on_duty(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=40)).on_duty("Ada")
    hotline.caller_rings(talk=100)

    call = hotline.caller_rings(after=20, answers=[Answer("留言请按2", "9")])
    hotline.until_quiet()

    assert "请立即拨打幺幺零或幺二零" in hotline.heard(call)
    assert "已为您优先呼叫" in hotline.heard(call)
    hotline.is_sound()


def test_key_9_at_the_exit_alarms_even_when_nobody_is_on_duty(store: Store) -> None:
    hotline = Hotline(store, with_ways())

    call = hotline.caller_rings(answers=[Answer("留言请按2", "9")])
    hotline.until_quiet()

    assert "我们正在优先为您接通" not in hotline.heard(call)
    assert column(store, "alarm", "kind") == ["emergency"]
    assert column(store, "alarm", "cleared") != [None]  # with the end of the call
    hotline.is_sound()


def test_key_9_tells_the_duty_lead_and_is_over_with_the_call(store: Store) -> None:
    settings = with_ways()
    lead = replace(settings.rings, lead=Lead(certificate="crisis"))
    hotline = Hotline(store, replace(settings, ringing=lead)).on_duty("Ada", phone=RINGS_OUT)
    hotline.on_duty("Dee", certificates=["crisis"], phone=RINGS_OUT)

    hotline.caller_rings(answers=[Answer("紧急情况请按9", "9")], patience=50)
    hotline.until_quiet()

    (told,) = named(store, "notice")
    assert (told["person_id"], told["kind"]) == (hotline.people["Dee"].id, "alarm")
    (alarm,) = named(store, "alarm")
    assert alarm["kind"] == "emergency"
    assert alarm["subject"].startswith("own/")
    assert alarm["cleared"] is not None
    hotline.is_sound()


def test_a_call_that_changed_its_line_counts_for_the_first_and_was_rung_by_the_roster(
    store: Store,
) -> None:
    hotline = Hotline(store, with_ways()).on_duty("Bo", phone=RINGS_OUT)
    hotline.on_duty("Ada", desk="night")
    night = Span(NIGHT.start - timedelta(days=1), NIGHT.end)

    call = hotline.caller_rings(answers=[THERE])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    with store.reading() as db:
        assert list(counted_calls(db, night)) == ["own"]
        assert [ring.line for ring in rings_between(db, night)] == ["own", "sister"]
        assert audited(db, TEN_PAST_ELEVEN.date(), hotline.settings).differences == ()
    hotline.is_sound()


def test_key_2_while_waiting_leaves_a_message_at_once(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=180)).on_duty("Ada", phone=RINGS_OUT)

    call = hotline.caller_rings(answers=[Answer("按2留言", "2")], leaves_message=20)
    hotline.until_quiet()

    said = [s.text for s in hotline.call(call).transcript]
    pressed = next(place for place, text in enumerate(said) if "presses 2" in text)
    assert "请在提示音之后留言" in said[pressed + 1]
    assert hotline.outcomes() == [Outcome.MESSAGE]
    hotline.is_sound()


def test_who_says_nothing_after_the_tone_hears_the_exit(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=180)).on_duty("Ada", phone=RINGS_OUT)

    call = hotline.caller_rings(answers=[Answer("按2留言", "2")])
    hotline.until_quiet()

    assert "继续等待请按0" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_a_waiting_caller_hears_how_long_it_may_take_when_enough_is_known(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=900)).on_duty("Ada")
    for place in range(5):
        hotline.caller_rings(after=240 * place, talk=60)
    hotline.passes(240 * 5)
    hotline.caller_rings(talk=300)

    call = hotline.caller_rings(after=10)
    hotline.until_quiet()

    assert "分钟" in hotline.heard(call)
    hotline.is_sound()


def test_nothing_is_said_of_minutes_when_nothing_is_known(store: Store) -> None:
    hotline = Hotline(store, with_ways(longest_wait=300)).on_duty("Ada")
    hotline.caller_rings(talk=280)

    call = hotline.caller_rings(after=10)
    hotline.until_quiet()

    assert "分钟" not in hotline.heard(call)
    hotline.is_sound()
