"""What publishing changes, for whom; and the one button that does it."""

import re

import pytest

from hotline.accounts.roles import Role
from tests.hotline.console.planning.town import Town
from tests.hotline.console.visitors import Visitor, visitor

WEEK = "/rosters/2026-W48"
PUBLISH = f"{WEEK}/publish"
IN_ENGLISH = f"{PUBLISH}?lang=en"


@pytest.fixture
def built(here: Town, dee: Visitor) -> Town:
    """Both cities have a draft."""
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    return here


def seen(page: str) -> str:
    """What the page says that it showed."""
    return page.split('name="seen" value="')[1].split('"')[0]


def publish(who: Visitor, reason: str = "few of us", once: str | None = None) -> object:
    return who.post(IN_ENGLISH, {"seen": seen(who.text(IN_ENGLISH)), "reason": reason}, once=once)


def test_before_there_is_a_draft_there_is_a_way_to_build(dee: Visitor) -> None:
    assert f'href="{WEEK}/build"' in dee.text(PUBLISH)


def test_it_says_how_well_it_is_staffed_and_who_is_told_what(built: Town, dee: Visitor) -> None:
    page = dee.text(IN_ENGLISH)

    for words in ("Floor kept", "Nanjing desk", "Ada", "Lin", "people are told"):
        assert words in page


def test_one_button_publishes_and_tells_people(built: Town, dee: Visitor) -> None:
    answer = dee.post(IN_ENGLISH, {"seen": seen(dee.text(IN_ENGLISH)), "reason": "few of us"})

    assert answer.status_code == 303
    assert built.states() == {"nanjing": "published", "suzhou": "published"}
    assert set(built.notices()) == {"roster"}
    page = dee.text(IN_ENGLISH)
    assert "people are told." in page
    assert "This week is published" in page


def test_below_the_floor_only_with_a_reason(built: Town, dee: Visitor) -> None:
    answer = dee.post(IN_ENGLISH, {"seen": seen(dee.text(IN_ENGLISH)), "reason": "  "})

    assert answer.status_code == 400
    assert 'id="reason-wrong"' in answer.text
    assert built.states() == {"nanjing": "draft", "suzhou": "draft"}
    assert built.notices() == []


def test_a_reason_that_is_too_long_is_kept_and_said(built: Town, dee: Visitor) -> None:
    long = "x" * 401
    answer = dee.post(IN_ENGLISH, {"seen": seen(dee.text(IN_ENGLISH)), "reason": long})

    assert answer.status_code == 400
    assert long in answer.text


def test_a_draft_that_was_built_anew_meanwhile_is_not_published_unseen(
    built: Town, dee: Visitor
) -> None:
    old = seen(dee.text(IN_ENGLISH))
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    built.works()

    answer = dee.post(IN_ENGLISH, {"seen": old, "reason": "few of us"})

    assert answer.status_code == 409
    assert "changed since you looked" in answer.text
    assert set(built.states().values()) == {"draft"}


def test_a_double_click_publishes_once(built: Town, dee: Visitor) -> None:
    form = {"seen": seen(dee.text(IN_ENGLISH)), "reason": "few of us"}

    first, again = (dee.post(PUBLISH, form, once="one form") for _ in range(2))

    assert first.location == again.location
    told = built.notices()
    assert len(told) == len(set(told)) * len(told)


def test_what_is_published_already_is_not_published_again(built: Town, dee: Visitor) -> None:
    form = {"seen": seen(dee.text(IN_ENGLISH)), "reason": "few of us"}
    dee.post(PUBLISH, form)

    assert dee.post(IN_ENGLISH, form).status_code == 409


def test_a_city_publishes_itself_and_leaves_the_other(built: Town) -> None:
    cora = visitor(built.app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))

    page = cora.text(IN_ENGLISH)
    cora.post(PUBLISH, {"seen": seen(page), "reason": "few of us"})

    assert not re.search(r"\bLin\b", page)  # a form's token may hold any letters
    assert built.states() == {"nanjing": "published", "suzhou": "draft"}
