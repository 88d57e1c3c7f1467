"""After the conversation a short form by keys; hanging up is fine, and leaves it due."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.config.settings import Settings, Title
from hotline.config.tables.talking import Form, Talking
from hotline.practice import ACCEPTS, Answer, Behaviour, Webhooks
from hotline.store import Store
from tests.scenarios.rows import named
from tests.scenarios.stage import SITE, Hotline, site

KINDS = (Title("情绪", "mood"), Title("关系", "relationships"))


def with_form(form: Form | None = None, settings: Settings = SITE) -> Settings:
    return replace(settings, talking=Talking(form=form or Form(kinds=KINDS)))


def keys(risk: str, kind: str, follow_up: str) -> Behaviour:
    answers = (Answer("请记录风险", risk), Answer("关系按2", kind), Answer("随访按3", follow_up))
    return Behaviour(answers=answers)


def only_form(store: Store) -> dict[str, Any]:
    (form,) = named(store, "call_form")
    return form


@pytest.mark.parametrize("webhooks", [Webhooks.ONCE, Webhooks.TWICE])
def test_risk_kind_and_follow_up_are_keyed_after_the_conversation(
    store: Store, webhooks: Webhooks
) -> None:
    hotline = Hotline(store, with_form()).on_duty("Ada", phone=keys("2", "2", "3"))
    hotline.with_faults(webhooks=webhooks)

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    form = only_form(store)
    assert (form["risk"], form["kind"]) == ("medium", 2)
    assert form["done"] is not None
    assert form["follow_up"] == form["done"] + timedelta(days=7)
    assert "记录好了" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_without_kinds_and_follow_up_only_two_questions_are_asked(store: Store) -> None:
    hotline = Hotline(store, with_form(Form())).on_duty("Ada", phone=keys("1", "", "1"))

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    form = only_form(store)
    assert (form["risk"], form["kind"], form["follow_up"]) == ("low", None, None)
    assert form["done"] is not None


def test_who_hangs_up_leaves_the_form_due(store: Store) -> None:
    hasty = replace(ACCEPTS, stays=timedelta(seconds=3))
    hotline = Hotline(store, with_form()).on_duty("Ada", phone=hasty)

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert named(store, "call_form") == []
    hotline.is_sound()


def test_what_was_keyed_before_hanging_up_is_kept(store: Store) -> None:
    hasty = replace(keys("3", "", ""), stays=timedelta(seconds=12))
    hotline = Hotline(store, with_form()).on_duty("Ada", phone=hasty)

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert only_form(store)["risk"] == "high"
    assert only_form(store)["done"] is None
    hotline.is_sound()


def test_a_key_that_means_nothing_is_asked_about_once_more(store: Store) -> None:
    wrong = Behaviour(answers=tuple(Answer("请记录风险", "8", time=n) for n in (1, 2)))
    hotline = Hotline(store, with_form()).on_duty("Ada", phone=wrong)

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert hotline.volunteer_heard("Ada").count("请记录风险") == 2
    assert "稍后请补填记录" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


@pytest.mark.parametrize("ends_wrap_up", [False, True])
def test_a_filled_in_form_ends_the_wrap_up_where_the_site_wants_it(
    store: Store, ends_wrap_up: bool
) -> None:
    settings = with_form(Form(ends_wrap_up=ends_wrap_up), site(wrap_up=120, longest_wait=300))
    hotline = Hotline(store, settings).on_duty("Ada", phone=keys("1", "", "1"))

    hotline.caller_rings(talk=60)
    second = hotline.caller_rings(after=65)
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Ada"]
    assert (hotline.waited(second) < 90) is ends_wrap_up
    hotline.is_sound()


def test_nobody_is_rung_who_still_keys_the_form(store: Store) -> None:
    hotline = Hotline(store, with_form(settings=site(wrap_up=0))).on_duty(
        "Ada", phone=keys("1", "1", "1")
    )

    hotline.caller_rings(talk=60)
    second = hotline.caller_rings(after=70)
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()


def test_a_site_without_a_form_asks_nothing(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert "请记录风险" not in hotline.volunteer_heard("Ada")
    assert named(store, "call_form") == []


def test_a_call_of_high_risk_starts_the_cool_down(store: Store) -> None:
    hotline = Hotline(store, with_form(settings=site(wrap_up=0, longest_wait=300)))
    hotline.on_duty("Ada", phone=keys("3", "1", "2"))

    hotline.caller_rings(talk=60)
    second = hotline.caller_rings(after=120)
    hotline.until_quiet()

    assert not hotline.talked_to(second)
    form = only_form(store)
    assert (form["risk"], form["follow_up"]) == ("high", form["done"] + timedelta(days=1))
    hotline.is_sound()
