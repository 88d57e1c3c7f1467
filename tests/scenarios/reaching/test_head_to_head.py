"""The five rows measured on another hotline system: what it did, and what ours must do."""

from hotline.practice import RINGS_OUT
from hotline.store import Store
from tests import make
from tests.scenarios.asking import Asker
from tests.scenarios.rows import every_row
from tests.scenarios.stage import NIGHT, Hotline, site


def test_night_shift_22_to_08_and_a_call_at_2310_in_shanghai_rings_who_is_on_duty(
    store: Store,
) -> None:
    """Measured: nobody dialled, voicemail."""
    hotline = Hotline(store, now=make.local("2026-11-24 23:10")).on_duty("Ada", span=NIGHT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


def test_roster_around_the_clock_and_a_call_at_235930_rings(store: Store) -> None:
    """Measured: off duty."""
    hotline = Hotline(store, now=make.local("2026-11-24 23:59:30"))
    for day in ("23", "24", "25"):
        whole_day = make.span(f"2026-11-{day} 00:00", f"2026-11-{int(day) + 1} 00:00")
        hotline.on_duty("Ada", span=whole_day)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


def test_5_volunteers_with_overlapping_rows_and_a_wave_of_all_are_5_calls(store: Store) -> None:
    """Measured: 10 calls, everyone twice."""
    people = ("Ada", "Bo", "Cem", "Dan", "Fay")
    hotline = Hotline(store, site(wave=5)).on_duty(*people, phone=RINGS_OUT)
    hotline.on_duty(*people, span=make.span("2026-11-24 15:00", "2026-11-24 16:00"))
    for name in people:
        hotline.phone(name, RINGS_OUT)

    hotline.caller_rings(patience=20)
    hotline.until_quiet()

    assert sorted(hotline.rung()) == sorted(people)
    assert len(hotline.carrier.phone_record()) == 5
    hotline.is_sound()


def test_3_callers_at_once_and_3_volunteers_are_3_different_volunteers(store: Store) -> None:
    """Measured: one volunteer three times, two idle."""
    hotline = Hotline(store).on_duty("Ada", "Bo", "Cem")

    calls = [hotline.caller_rings() for _ in range(3)]
    hotline.until_quiet()

    assert sorted(hotline.talked_to(call) for call in calls) == [["Ada"], ["Bo"], ["Cem"]]
    hotline.is_sound()


def test_an_unsigned_webhook_gets_403_and_leaves_no_trace(store: Store) -> None:
    """Measured: accepted."""
    hotline = Hotline(store).on_duty("Ada")
    before = every_row(store)

    answer = Asker(hotline.parts).raw("/voice/incoming", b"CallSid=CA1&To=96111", {})

    assert answer.status_code == 403
    assert every_row(store) == before
