"""A caller dials, telephones ring, somebody answers."""

from datetime import timedelta

from hotline.calls.states import Outcome
from hotline.config.settings import Language
from hotline.practice import BUSY, MAILBOX, PASSES, RINGS_OUT, SILENT, Behaviour, slower
from hotline.store import Store
from tests import make
from tests.scenarios.stage import NIGHT, Hotline, site, speaking

SLOW = Behaviour(answers_after=timedelta(seconds=12))


def test_a_caller_at_ten_past_eleven_speaks_with_somebody_within_half_a_minute(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.waited(call) <= 30
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_the_greeting_comes_at_once_is_short_and_chinese(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    words = hotline.call(call).transcript
    assert words[0].text == "您好，这里是南京心理援助热线。正在为您接通值班老师，请不要挂断。"
    assert hotline.call(call).first_words_after == timedelta(0)
    assert words[1].at - words[0].at <= timedelta(seconds=10)


def test_a_line_whose_first_language_is_english_greets_in_english(store: Store) -> None:
    hotline = Hotline(store, speaking(Language.EN)).on_duty("Ada", languages="en zh")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "this is the Nanjing helpline" in hotline.heard(call)
    assert "A call for the Nanjing helpline" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_nobody_is_rung_who_does_not_speak_the_language_of_the_line(store: Store) -> None:
    hotline = Hotline(store, speaking(Language.EN)).on_duty("Ada")
    hotline.on_duty("Bo", languages="en")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.rung() == ["Bo"]


def test_a_volunteer_hears_which_line_it_is_and_sees_our_number_not_the_callers(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada")

    hotline.caller_rings(number="+8613912345678")
    hotline.until_quiet()

    (leg,) = hotline.legs("Ada")
    assert "南京心理援助热线来电" in leg.transcript[0].text
    assert leg.shown == hotline.settings.carrier.caller_id


def test_who_talked_least_is_rung_first(store: Store) -> None:
    hotline = Hotline(store, site(wave=1, wrap_up=0)).on_duty("Ada", "Bo")
    hotline.caller_rings(talk=600)
    hotline.until_quiet()

    second = hotline.caller_rings(after=30, talk=60)
    hotline.until_quiet()
    hotline.passes(30)
    third = hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Bo"]
    assert hotline.talked_to(third) == ["Bo"]  # 60 s against 600
    hotline.is_sound()


def test_who_missed_a_call_is_rung_after_those_who_answer(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT)
    hotline.on_duty("Bo")
    hotline.caller_rings(talk=30)
    hotline.until_quiet()
    hotline.passes(300)

    second = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Bo"]
    assert hotline.rung() == ["Ada", "Bo", "Bo"]
    hotline.is_sound()


def test_legs_are_paced_to_what_the_carrier_takes(store: Store) -> None:
    hotline = Hotline(store, site(calls_per_second=0.5)).on_duty("Ada", "Bo", "Cem", phone=SLOW)

    hotline.caller_rings()
    hotline.until_quiet()

    asked = [leg.asked_at for leg in hotline.carrier.phone_record()]
    assert [(at - asked[0]).total_seconds() for at in asked] == [0, 2, 4]
    hotline.is_sound()


def test_a_mailbox_never_takes_the_call_and_nobody_is_left_with_it(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=MAILBOX)
    hotline.on_duty("Bo", phone=slower(Behaviour(), timedelta(seconds=12)))

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert all(talk.person for talk in hotline.call(call).talks)
    hotline.is_sound()


def test_alone_against_a_mailbox_a_caller_gets_the_honest_exit(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=MAILBOX)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert not hotline.call(call).talks
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_the_next_wave_rings_when_the_first_fails(store: Store) -> None:
    hotline = Hotline(store, site(wave=2)).on_duty("Ada", "Bo", phone=RINGS_OUT)
    hotline.on_duty("Cem")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.rung() == ["Ada", "Bo", "Cem"]
    assert hotline.talked_to(call) == ["Cem"]
    assert hotline.waited(call) <= 60
    hotline.is_sound()


def test_the_next_wave_rings_at_once_when_all_of_the_first_pass(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=PASSES)
    hotline.on_duty("Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.waited(call) <= 30
    assert "将转给其他老师" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_somebody_silent_does_not_take_the_call(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=SILENT)
    hotline.on_duty("Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert "没有收到按键" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_the_whisper_says_how_long_the_caller_has_waited(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    hotline.caller_rings()
    hotline.until_quiet()

    assert "南京心理援助热线来电，已等候5秒，接听请按1" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_a_wrong_key_is_asked_about_once_before_the_call_is_passed_on(store: Store) -> None:
    wrong = Behaviour(key="5")
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=wrong).on_duty("Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    heard = hotline.volunteer_heard("Ada")
    assert heard.count("接听请按1，不方便请按2") == 1
    assert heard.count("(presses 5)") == 2
    assert "将转给其他老师" in heard
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_of_two_who_press_at_once_one_wins_and_the_other_is_thanked_and_free(
    store: Store,
) -> None:
    at_once = Behaviour(answers_after=timedelta(seconds=5))
    later = Behaviour(answers_after=timedelta(seconds=4))  # is rung one second later
    hotline = Hotline(store).on_duty("Ada", phone=at_once).on_duty("Bo", phone=later)

    first = hotline.caller_rings()
    second = hotline.caller_rings(after=20)
    hotline.until_quiet()

    pressed = {
        name: next(
            s.at for leg in hotline.legs(name) for s in leg.transcript if "presses" in s.text
        )
        for name in ("Ada", "Bo")
    }
    assert pressed["Ada"] == pressed["Bo"]
    winner, other = hotline.talked_to(first)[0], hotline.talked_to(second)[0]
    assert {winner, other} == {"Ada", "Bo"}
    assert "已经有人接听，谢谢您" in hotline.volunteer_heard(other)
    hotline.is_sound()


def test_the_losing_legs_are_cancelled(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada").on_duty("Bo", "Cem", phone=RINGS_OUT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    accepted = hotline.call(call).talks[0].started
    for name in ("Bo", "Cem"):
        (leg,) = hotline.legs(name)
        assert leg.outcome == "canceled"
        assert leg.ended_at is not None
        assert leg.ended_at <= accepted
    hotline.is_sound()


def test_people_who_talk_or_wrap_up_or_are_off_duty_are_never_rung(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=300)).on_duty("Ada")
    hotline.on_duty("Eve", span=make.span("2026-11-24 06:00", "2026-11-24 14:00"))
    talks = hotline.caller_rings(talk=100)
    hotline.passes(60)

    meanwhile = hotline.caller_rings(patience=30)
    in_wrap_up = hotline.caller_rings(after=150, patience=30)
    hotline.passes(500)
    afterwards = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(talks) == ["Ada"]
    assert hotline.talked_to(meanwhile) == hotline.talked_to(in_wrap_up) == []
    assert hotline.talked_to(afterwards) == ["Ada"]
    assert hotline.rung() == ["Ada", "Ada"]
    hotline.is_sound()


def test_a_waiting_caller_is_rung_for_as_soon_as_a_wrap_up_ends(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=30)).on_duty("Ada")
    hotline.caller_rings(talk=20)

    waits = hotline.caller_rings(after=15)
    hotline.until_quiet()

    assert hotline.talked_to(waits) == ["Ada"]
    first_talk_ends = hotline.legs("Ada")[0].talks[0].ended
    assert first_talk_ends is not None
    rung_at = hotline.legs("Ada")[1].rung_at
    assert rung_at is not None
    assert timedelta(seconds=30) <= rung_at - first_talk_ends <= timedelta(seconds=32)
    hotline.is_sound()


def test_three_callers_at_once_ring_three_different_people(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", "Cem")

    calls = [hotline.caller_rings() for _ in range(3)]
    hotline.until_quiet()

    answered = [name for call in calls for name in hotline.talked_to(call)]
    assert sorted(answered) == ["Ada", "Bo", "Cem"]
    assert max(hotline.waited(call) for call in calls) <= 30
    hotline.is_sound()


def test_who_waits_longest_is_answered_first(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=0)).on_duty("Ada")
    calls = [hotline.caller_rings(after=10 * place, talk=30) for place in range(3)]

    hotline.until_quiet()

    starts = [hotline.call(call).talks[0].started for call in calls]
    assert starts == sorted(starts)
    hotline.is_sound()


def test_overlapping_assignments_ring_a_person_once(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo").on_duty("Ada", "Bo")
    hotline.on_duty("Ada", span=make.span("2026-11-24 15:00", "2026-11-24 16:00"))

    hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.rung() == ["Ada", "Bo"]
    hotline.is_sound()


def test_a_telephone_that_is_busy_or_off_does_not_hold_the_caller_up(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=BUSY).on_duty("Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.waited(call) <= 20
    assert hotline.outcomes() == [Outcome.ANSWERED]


def test_the_same_line_is_reached_by_its_short_code_and_by_sip(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")

    calls = [
        hotline.caller_rings("96111"),
        hotline.caller_rings("sip:96111@nanjing.example", after=1),
    ]
    hotline.until_quiet()

    assert sorted(name for call in calls for name in hotline.talked_to(call)) == ["Ada", "Bo"]
    hotline.is_sound()


def test_a_number_that_is_no_line_of_ours_is_told_so_and_no_call_is_kept(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    call = hotline.caller_rings("95555")
    hotline.until_quiet()

    assert "现在没有人接听" in hotline.heard(call)
    assert "幺幺零或幺二零" in hotline.heard(call)
    assert hotline.rung() == []
    assert hotline.outcomes() == []


def test_nobody_is_rung_before_the_night_begins(store: Store) -> None:
    hotline = Hotline(store, now=NIGHT.start - timedelta(seconds=1)).on_duty("Ada")

    early = hotline.caller_rings()
    on_time = hotline.caller_rings(after=1)
    hotline.until_quiet()

    assert hotline.talked_to(early) == []
    assert hotline.talked_to(on_time) == ["Ada"]
