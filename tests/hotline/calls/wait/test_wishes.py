"""Whom a caller asked for is whom they get, until they have heard otherwise."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.calls.ringing.facts import CallId, LiveLeg, WaitingCall
from hotline.calls.ringing.routing import first_free, next_waves
from hotline.calls.states import LegState
from hotline.calls.wait.wishes import (
    NO_WISH,
    Part,
    Wish,
    asked_anew,
    fits,
    insisted_on,
    let_go,
    open_to_anybody,
    to_give_up,
    told_of,
    wish_of,
    wish_text,
)
from hotline.config.settings import Language
from hotline.duty import Gender, LegId, Presence, Volunteer
from tests import make
from tests.scenarios.stage import NANJING, NIGHT, site

NOW = make.utc("2026-11-24 15:10")
ZH, EN = Language.ZH, Language.EN
CHILD = {"child": make.LONG_AFTER}
ADA = make.volunteer("Ada", gender=Gender.WOMAN, languages=(ZH, EN), certificates=CHILD)
BO = make.volunteer("Bo", gender=Gender.MAN, dialects=("wu",))
CEM = make.volunteer("Cem")


@pytest.mark.parametrize(
    ("wish", "who"),
    [
        (NO_WISH, {"Ada", "Bo", "Cem"}),
        (Wish(language=EN), {"Ada"}),
        (Wish(gender=Gender.WOMAN), {"Ada"}),
        (Wish(gender=Gender.MAN), {"Bo"}),
        (Wish(dialect="wu"), {"Bo"}),
        (Wish(minor="child"), {"Ada"}),
        (Wish(gender=Gender.WOMAN, dialect="wu"), set()),
        (Wish(gender=Gender.WOMAN, dialect="wu", given_up=frozenset({Part.DIALECT})), {"Ada"}),
    ],
)
def test_who_is_meant_by_a_wish(wish: Wish, who: set[str]) -> None:
    assert {person.name for person in (ADA, BO, CEM) if fits(person, wish, NOW)} == who


def test_a_training_that_has_run_out_is_none() -> None:
    late = make.volunteer("Dan", certificates={"child": NOW})
    assert not fits(late, Wish(minor="child"), NOW)
    assert fits(late, Wish(minor="child"), NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("free", "wish", "parts"),
    [
        ((CEM,), NO_WISH, set()),
        ((), Wish(gender=Gender.WOMAN), set()),
        ((ADA, CEM), Wish(gender=Gender.WOMAN), set()),
        ((CEM,), Wish(gender=Gender.WOMAN), {Part.GENDER}),
        ((ADA, BO), Wish(gender=Gender.WOMAN, dialect="wu"), {Part.DIALECT}),
        ((BO, CEM), Wish(gender=Gender.WOMAN, dialect="wu"), {Part.GENDER}),
        ((CEM,), Wish(gender=Gender.WOMAN, dialect="wu"), {Part.GENDER, Part.DIALECT}),
        ((CEM,), Wish(gender=Gender.WOMAN, insisted=frozenset({Part.GENDER})), set()),
    ],
)
def test_the_fewest_parts_are_given_up_and_none_that_is_insisted_on(
    free: Iterable[Volunteer], wish: Wish, parts: set[Part]
) -> None:
    assert to_give_up(tuple(free), wish, NOW) == parts


def test_only_what_was_told_is_given_up() -> None:
    told = told_of(Wish(gender=Gender.WOMAN, dialect="wu"), frozenset({Part.DIALECT}))

    assert let_go(told).holding == {Part.GENDER}
    assert insisted_on(told).holding == {Part.GENDER, Part.DIALECT}
    assert asked_anew(insisted_on(told)).insisted == frozenset()
    assert open_to_anybody(told).holding == frozenset()
    assert let_go(let_go(told)) == let_go(told)


PARTS = st.frozensets(st.sampled_from(list(Part)))
WISHES = st.builds(
    Wish,
    language=st.sampled_from([None, ZH, EN]),
    minor=st.sampled_from([None, "child"]),
    gender=st.sampled_from([None, *Gender]),
    dialect=st.sampled_from([None, "wu", "yue"]),
    told=PARTS,
    given_up=PARTS,
    insisted=PARTS,
)
PEOPLE = st.lists(
    st.builds(
        make.volunteer,
        st.sampled_from([f"P{n}" for n in range(8)]),
        languages=st.sampled_from([(ZH,), (EN, ZH)]),
        certificates=st.sampled_from([{}, CHILD, {"child": NOW}]),
        gender=st.sampled_from([None, *Gender]),
        dialects=st.sampled_from([(), ("wu",), ("wu", "yue")]),
        presence=st.sampled_from([Presence(), Presence(LegId(1)), Presence(LegId(2))]),
    ),
    unique_by=lambda person: person.id,
)
SITE = site((make.line(NANJING.name, languages=(ZH, EN)),))


@given(WISHES)
def test_a_wish_is_stored_and_read_back(wish: Wish) -> None:
    assert wish_of(wish_text(wish)) == wish
    assert wish_text(NO_WISH) == ""


@given(PEOPLE, st.lists(WISHES, min_size=1, max_size=4), st.booleans())
def test_nobody_is_rung_against_a_wish_that_holds(
    people: list[Volunteer], wishes: list[Wish], urgent: bool
) -> None:
    rota = make.rota(*((person, "day", NIGHT) for person in people))
    calls = [
        WaitingCall(CallId(n), SITE.lines[0].name, NOW, urgent, {}, wish)
        for n, wish in enumerate(wishes)
    ]
    live = [
        LiveLeg(LegId(n), CallId(99), person.id, LegState.DIALLED, False)
        for n, person in enumerate(people)
    ]

    rings = next_waves(calls, live, rota, SITE, NOW)

    for ring in rings:
        assert _meets(ring.seat.volunteer, wishes[ring.call])
    seat = first_free(calls[0], rota, SITE, NOW)
    assert seat is None or _meets(seat.volunteer, wishes[0])


@given(PEOPLE, WISHES)
def test_what_is_given_up_brings_somebody_and_is_no_more_than_needed(
    people: list[Volunteer], wish: Wish
) -> None:
    parts = to_give_up(people, wish, NOW)

    assert parts <= wish.holding - wish.insisted
    after = let_go(told_of(wish, parts))
    if parts:
        assert any(_meets(person, after) for person in people)
        assert not any(_meets(person, wish) for person in people)


def _meets(person: Volunteer, wish: Wish) -> bool:
    """Told apart from the code: each stated part that was not given up."""
    up = wish.given_up
    return (
        (wish.language is None or Part.LANGUAGE in up or wish.language in person.languages)
        and (wish.gender is None or Part.GENDER in up or person.gender is wish.gender)
        and (wish.dialect is None or Part.DIALECT in up or wish.dialect in person.dialects)
        and (
            wish.minor is None or Part.MINOR in up or person.certificates.get(wish.minor, NOW) > NOW
        )
    )
