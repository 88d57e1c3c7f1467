"""Help in a conversation: a lead comes in, a desk or a partner takes over, nobody is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.calls.states import Outcome
from hotline.config.settings import Settings, Title
from hotline.config.tables.lines import Partner, PartnerKind
from hotline.config.tables.ringing import Lead, Ringing
from hotline.config.tables.talking import Talking
from hotline.practice import (
    ACCEPTS,
    PASSES,
    RINGS_OUT,
    Answer,
    Behaviour,
    Phone,
    Rest,
    Webhooks,
)
from hotline.store import Store
from tests import make
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING, Hotline, site

MENU = "结束通话请按9"
SITE = replace(
    site((NANJING,), (make.desk("day"), make.desk("night"), make.desk("experts")), wave=1),
    ringing=Ringing(lead=Lead(people=("dee",))),
    talking=Talking(experts="experts", transfers=("day", "night")),
    partners=(
        Partner(
            "12345", Title("12345热线", "12345"), "tel:+862500012345", None, PartnerKind.GOVERNMENT
        ),
        Partner(
            "police", Title("公安", "the police"), "tel:+862500000110", None, PartnerKind.POLICE
        ),
        Partner("friends", Title("朋友", "friends"), "tel:+862500000999"),
    ),
)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def volunteer(*menus: str, answers: tuple[Answer, ...] = (), stays: float = 90) -> Behaviour:
    """Somebody who presses * one minute into the talk, and these keys in the menus that follow."""
    chosen = tuple(Answer(MENU, key, time=n) for n, key in enumerate(menus, 1))
    return Behaviour(
        presses=((seconds(60), "*"),), answers=(*chosen, *answers), stays=seconds(stays)
    )


def staged(store: Store, ada: Behaviour, settings: Settings = SITE) -> Hotline:
    """Ada and Bo on duty, Cem at the night desk, Dee the lead."""
    hotline = Hotline(store, settings).on_duty("Ada", phone=ada)
    hotline.on_duty("Cem", desk="night").on_duty("Fay", desk="experts")
    hotline.people["Dee"] = make.hire(store, "Dee", desks="day", languages="zh")
    return hotline.phone("Dee", ACCEPTS)


def kinds(store: Store) -> list[str]:
    return [row["kind"] for row in named(store, "call_event")]


@pytest.mark.parametrize("webhooks", [Webhooks.ONCE, Webhooks.TWICE])
@pytest.mark.parametrize(("key", "who"), [("2", "Dee"), ("3", "Fay")])
def test_a_lead_or_an_expert_comes_in_and_the_caller_is_told(
    store: Store, key: str, who: str, webhooks: Webhooks
) -> None:
    hotline = staged(store, volunteer(key)).with_faults(webhooks=webhooks)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "老师正在请一位同事来帮忙" in hotline.heard(call)
    assert "同事请您加入通话" in hotline.volunteer_heard(who)
    talks = hotline.call(call).talks
    assert {talk.address for talk in talks[1:]} == {"client:ada", f"client:{who.lower()}"}
    assert talks[1].started <= talks[0].started + seconds(90), "the caller talks on meanwhile"
    assert "came-in-help" in kinds(store)
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


@pytest.mark.parametrize("phone", [RINGS_OUT, PASSES])
def test_of_a_lead_who_does_not_come_the_volunteer_alone_hears(
    store: Store, phone: Behaviour
) -> None:
    hotline = staged(store, volunteer("2")).phone("Dee", phone)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "(announcement) 同事没有接听" in hotline.volunteer_heard("Ada")
    assert "同事没有接听" not in hotline.heard(call)
    assert set(hotline.talked_to(call)) == {"Ada"}
    hotline.is_sound()


def test_without_a_free_lead_the_volunteer_is_told_at_once(store: Store) -> None:
    busy = replace(SITE, ringing=Ringing(lead=Lead(people=("nobody",))))
    hotline = staged(store, volunteer("2"), busy)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "现在没有同事能接听" in hotline.volunteer_heard("Ada")
    assert hotline.rung() == ["Ada"]
    assert set(hotline.talked_to(call)) == {"Ada"}
    hotline.is_sound()


def test_with_rest_down_no_lead_comes_and_the_talk_goes_on(store: Store) -> None:
    hotline = staged(store, volunteer("2"))

    call = hotline.caller_rings(talk=300)
    hotline.passes(30)
    hotline.with_faults(rest=Rest.FAILS)
    hotline.until_quiet()

    assert set(hotline.talked_to(call)) == {"Ada"}
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_when_the_volunteer_drops_out_the_lead_goes_on_with_the_caller(store: Store) -> None:
    ada = replace(volunteer("2"), drops_after=None)
    hotline = staged(store, ada)

    call = hotline.caller_rings(talk=300)
    hotline.passes(120)
    assert set(hotline.talked_to(call)) == {"Ada", "Dee"}
    hotline.telephone_dies("Ada")
    hotline.until_quiet()

    assert "老师的电话断开了" not in hotline.heard(call)
    assert hotline.talked_to(call)[-1] == "Dee"
    assert "took-over" in kinds(store)
    hotline.is_sound()


def test_a_volunteer_may_leave_the_caller_to_the_lead(store: Store) -> None:
    ada = replace(volunteer("2", "9"), presses=((seconds(60), "*"), (seconds(150), "*")))
    hotline = staged(store, ada)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert hotline.talked_to(call)[-1] == "Dee"
    assert "通话已经结束。如果您" not in hotline.heard(call)
    hotline.is_sound()


def test_a_warm_transfer_is_volunteer_to_volunteer_first_and_the_caller_then(
    store: Store,
) -> None:
    ada = volunteer("4", answers=(Answer("交给同事请按1", "1"),))
    ada = replace(ada, presses=((seconds(60), "*"), (seconds(100), "*")))
    hotline = staged(store, ada)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "老师正在和同事沟通" in hotline.heard(call)
    (cem,) = hotline.legs("Cem")
    assert cem.talks[0].address == "client:ada"
    assert hotline.talked_to(call) == ["Ada", "Cem"]
    assert "handed-over" in kinds(store)
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_all_three_may_talk_together(store: Store) -> None:
    ada = volunteer("4", answers=(Answer("交给同事请按1", "2"),))
    ada = replace(ada, presses=((seconds(60), "*"), (seconds(100), "*")))
    hotline = staged(store, ada)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert set(hotline.talked_to(call)[1:]) == {"Ada", "Cem"}
    hotline.is_sound()


@pytest.mark.parametrize("phone", [RINGS_OUT, PASSES])
def test_a_transfer_that_nobody_takes_falls_back_to_the_first_volunteer(
    store: Store, phone: Behaviour
) -> None:
    hotline = staged(store, volunteer("4")).phone("Cem", phone)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada", "Ada"]
    assert "同事没有接听" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_a_volunteer_who_drops_out_aside_leaves_the_caller_to_the_colleague(store: Store) -> None:
    hotline = staged(store, volunteer("4"))

    call = hotline.caller_rings(talk=300)
    hotline.passes(110)
    hotline.telephone_dies("Ada")
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada", "Cem"]
    hotline.is_sound()


def hands_over(partner: str, ground: str, *more: Answer) -> Behaviour:
    answers = (Answer("公安请按2", partner), Answer("来电者同意请按1", ground), *more)
    return volunteer("5", answers=answers)


def test_with_consent_the_caller_speaks_with_the_partner(store: Store) -> None:
    number = Answer("请输入工单号", "20261124#")
    hotline = staged(store, hands_over("1", "1", number))
    hotline.carrier.phone(Phone("tel:+862500012345", Behaviour(drops_after=seconds(100))))

    call = hotline.caller_rings(talk=600)
    hotline.until_quiet()

    assert "正在为您转接12345热线" in hotline.heard(call)
    assert hotline.call(call).talks[-1].address == "tel:+862500012345"
    (row,) = named(store, "handover")
    assert (row["partner"], row["ground"], row["reference"]) == ("12345", "consent", "20261124")
    assert row["reached"] is not None
    assert hotline.outcomes() == [Outcome.REFERRED]
    hotline.is_sound()


def test_a_partner_who_does_not_answer_brings_the_caller_back_to_the_volunteer(
    store: Store,
) -> None:
    hotline = staged(store, hands_over("2", "1"))
    hotline.carrier.phone(Phone("tel:+862500000110", RINGS_OUT))

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "对方暂时没有接听" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Ada"]
    (row,) = named(store, "handover")
    assert row["reached"] is None
    assert row["ended"] is not None
    hotline.is_sound()


def test_on_legal_ground_the_volunteer_speaks_with_the_partner_and_the_caller_hears_words(
    store: Store,
) -> None:
    hotline = staged(store, hands_over("2", "2"))
    hotline.carrier.phone(Phone("tel:+862500000110", Behaviour(drops_after=seconds(40))))

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "老师正在为您联系" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Ada"]
    assert named(store, "handover")[0]["ground"] == "law"
    assert "handover-law" in kinds(store)
    hotline.is_sound()


def test_without_a_ground_nothing_is_handed_over(store: Store) -> None:
    hotline = staged(store, hands_over("2", "3"))

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert named(store, "handover") == []
    assert hotline.talked_to(call) == ["Ada", "Ada"]
    hotline.is_sound()


def test_a_volunteer_who_hangs_up_while_the_caller_speaks_with_the_partner_ends_nothing(
    store: Store,
) -> None:
    hotline = staged(store, hands_over("2", "1"))
    hotline.carrier.phone(Phone("tel:+862500000110", Behaviour(drops_after=seconds(300))))

    call = hotline.caller_rings(talk=900)
    hotline.passes(120)
    hotline.telephone_dies("Ada")
    hotline.until_quiet()

    assert hotline.call(call).talks[-1].address == "tel:+862500000110"
    assert hotline.outcomes() == [Outcome.REFERRED]
    hotline.is_sound()
