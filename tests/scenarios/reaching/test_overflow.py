"""When a line's own desk has nobody free, the next desk of its chain is rung."""

from hotline.calls.states import Outcome
from hotline.practice import RINGS_OUT
from hotline.store import Store
from tests import make
from tests.scenarios.stage import Hotline, site

LINES = (
    make.line("city", desks=("city", "region", "province"), numbers=("96111",)),
    make.line("campus", desks=("campus", "province"), numbers=("12355",)),
    make.line("region", desks=("region",), numbers=("12356",)),
)
DESKS = tuple(make.desk(name) for name in ("city", "campus", "region", "province"))
SITE = site(LINES, DESKS, wave=1)


def test_a_call_overflows_to_the_night_desk_when_its_own_is_closed(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="region")

    call = hotline.caller_rings("96111")
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert "city来电" in hotline.volunteer_heard("Ada")  # she hears which line it is
    hotline.is_sound()


def test_the_own_desk_is_rung_before_the_next_one(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="region")
    hotline.on_duty("Bo", desk="city", phone=RINGS_OUT)

    call = hotline.caller_rings("96111")
    hotline.until_quiet()

    assert hotline.rung() == ["Bo", "Ada"]
    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


def test_a_busy_desk_overflows_at_once(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="city").on_duty("Bo", desk="province")

    first = hotline.caller_rings("96111")
    second = hotline.caller_rings("96111", after=20)
    hotline.until_quiet()

    assert hotline.talked_to(first) == ["Ada"]
    assert hotline.talked_to(second) == ["Bo"]
    assert hotline.waited(second) <= 30
    hotline.is_sound()


def test_a_desk_outside_of_the_chain_is_never_rung(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="campus")

    hotline.caller_rings("96111")
    hotline.until_quiet()

    assert hotline.rung() == []
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_two_lines_that_share_a_desk_ring_two_different_people(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", "Bo", desk="province")

    calls = [hotline.caller_rings("96111"), hotline.caller_rings("12355")]
    hotline.until_quiet()

    assert sorted(hotline.talked_to(call) for call in calls) == [["Ada"], ["Bo"]]
    hotline.is_sound()


def test_somebody_rostered_at_two_desks_is_rung_for_one_call_only(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="region").on_duty("Ada", desk="city")

    calls = [hotline.caller_rings("96111"), hotline.caller_rings("12356", patience=60)]
    hotline.until_quiet()

    assert hotline.talked_to(calls[0]) == ["Ada"]
    assert hotline.talked_to(calls[1]) == []
    hotline.is_sound()


def test_a_call_to_an_open_desk_is_not_taken_by_its_neighbour_without_need(store: Store) -> None:
    hotline = Hotline(store, SITE).on_duty("Ada", desk="city").on_duty("Bo", desk="region")

    hotline.caller_rings("96111")
    hotline.until_quiet()

    assert hotline.rung() == ["Ada"]
    hotline.is_sound()
