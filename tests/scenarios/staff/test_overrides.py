"""An override is made while callers ring: the next telephone that rings is the right one."""

from datetime import timedelta

from hotline.config.settings import DeskName
from hotline.corrections.overrides import OverrideOrder, override
from hotline.practice import ACCEPTS, RINGS_OUT
from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.scenarios.stage import NIGHT, TEN_PAST_ELEVEN, Hotline


def test_a_stand_in_takes_calls_from_the_instant_of_the_override_on(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)
    bo = make.hire(store, "Bo")
    hotline.people["Bo"] = bo
    hotline.phone("Bo", ACCEPTS)
    call = hotline.caller_rings()
    hotline.passes(5)

    order = OverrideOrder(DeskName("day"), Span(hotline.clock(), NIGHT.end), "bo", "ada", "ill")
    with store.writing() as db:
        override(db, hotline.settings, order, hotline.clock())
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_after_a_stretch_the_roster_holds_again(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    make.hire(store, "Bo")
    hotline.phone("Bo", ACCEPTS)
    stretch = Span(TEN_PAST_ELEVEN, TEN_PAST_ELEVEN + timedelta(minutes=30))
    with store.writing() as db:
        order = OverrideOrder(DeskName("day"), stretch, "bo", "ada", "a break")
        override(db, hotline.settings, order, hotline.clock())

    first = hotline.caller_rings(talk=60)
    second = hotline.caller_rings(after=1900, talk=60)
    hotline.until_quiet()

    assert hotline.talked_to(first) == ["Bo"]
    assert hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()
