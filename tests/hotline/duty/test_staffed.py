"""Whether anybody is there: the short answer is the long one's, and holds without telephones."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.config.settings import DeskName, Language
from hotline.duty import (
    Attended,
    Away,
    Fact,
    LegId,
    LineChange,
    Presence,
    Rota,
    Volunteer,
    in_reach,
    staffed,
)
from scheduling.problem import Span
from tests import make

NOW = make.utc("2026-11-24 15:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
TOMORROW = make.span("2026-11-25 14:00", "2026-11-26 00:00")
DESKS = (make.desk("day"), replace(make.desk("region"), certificates=("crisis",)))
LINE = make.line(desks=("day", "region"))
SITE = make.settings(desks=DESKS, lines=(LINE,))


def minutes(least: int, most: int) -> st.SearchStrategy[datetime]:
    """On a coarse grid, so that limits are met exactly."""
    return st.integers(least, most).map(lambda fives: NOW + timedelta(minutes=5 * fives))


TOLD = st.builds(Fact, st.sampled_from(Attended), minutes(-12, 0), st.none() | minutes(-1, 6))
BUSY = st.builds(
    Presence,
    leg=st.none() | st.just(LegId(1)),
    until=st.none() | minutes(-1, 1),
    talking=st.booleans(),
    free_at=minutes(-1, 1),
    missed=st.integers(0, 3),
    missed_at=st.none() | minutes(-3, 0),
    refused=st.booleans(),
)
PEOPLE = st.builds(
    replace,
    st.sampled_from([make.volunteer(name) for name in ("Ada", "Bo", "Cem")]),
    presence=BUSY,
    trainee=st.booleans(),
    languages=st.sampled_from([frozenset({each}) for each in Language]),
    certificates=st.sampled_from([{}, {"crisis": NOW}, {"crisis": make.LONG_AFTER}]),
    facts=st.none() | st.lists(TOLD, max_size=2).map(tuple),
)
DUTIES = st.tuples(PEOPLE, st.sampled_from(["day", "region"]), st.sampled_from([NIGHT, TOMORROW]))
HOUR = Span(NOW, NOW + timedelta(hours=1))
AWAY = st.builds(
    Away, st.sampled_from([make.volunteer("Ada").id]), st.sampled_from([HOUR, TOMORROW])
)
SAID = st.builds(
    LineChange,
    st.just(1),
    st.just(LINE.name),
    st.sampled_from([HOUR, TOMORROW]),
    st.sampled_from([(), (DeskName("region"),)]),
)


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    """Who is where and does what."""
    rota = make.rota(*draw(st.lists(DUTIES, max_size=4)))
    away, said = draw(st.lists(AWAY, max_size=1)), draw(st.lists(SAID, max_size=1))
    return replace(rota, away=tuple(away), changes=tuple(said))


def on_paper(person: Volunteer) -> Volunteer:
    """As if their telephone had never rung."""
    return replace(person, presence=Presence())


@given(rotas(), st.booleans())
def test_somebody_is_there_exactly_when_the_whole_answer_says_so(rota: Rota, come: bool) -> None:
    line = replace(LINE, check_in=come)

    assert staffed(rota, line, SITE, NOW) is in_reach(rota, line, SITE, NOW).staffed


@given(rotas())
def test_who_is_there_on_paper_is_there_whatever_their_telephones_do(rota: Rota) -> None:
    paper = replace(rota, volunteers=tuple(on_paper(who) for who in rota.volunteers))

    if staffed(paper, LINE, SITE, NOW):
        assert staffed(rota, LINE, SITE, NOW)
