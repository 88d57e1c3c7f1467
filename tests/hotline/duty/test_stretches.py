"""What holds at the first half hour of a stretch holds at each: whoever comes, goes or changes."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.config.settings import DeskName, LineName
from hotline.config.tables.ringing import LineCertificate
from hotline.coverage import HALF_HOUR, coverage
from hotline.duty import Away, LineChange, Rota, Volunteer, on_duty, rostered, undisturbed
from hotline.duty.stretches import stretches
from scheduling.problem import Span
from tests import make

START = make.utc("2026-11-23 16:00")
DAY = Span(START, START + timedelta(days=1))
STARTS = tuple(START + n * HALF_HOUR for n in range(48))
ONE, OTHER = (make.desk(name, certificates=["crisis"]) for name in ("one", "other"))
PLAIN = make.line("plain", desks=["one", "other"])
STRICT = replace(
    make.line("strict", desks=["one"]),
    certificates=(LineCertificate("minors", time(22), time(8)),),
)
SITE = make.settings(desks=[ONE, OTHER], lines=[PLAIN, STRICT])

halves = st.integers(0, 12).map(lambda n: START + n * 4 * HALF_HOUR)
spans = st.tuples(halves, halves).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    names = ["Ada", "Bo", "Cem"]
    people = {name: _person(name, draw(halves), draw(halves)) for name in names}
    posts = draw(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(["one", "other"]), spans))
    )
    away = draw(st.lists(st.tuples(st.sampled_from(names), spans), max_size=2))
    changes = draw(st.lists(st.tuples(spans, st.sampled_from([(), ("other",)])), max_size=2))
    found = make.rota(*((people[name], desk, span) for name, desk, span in posts))
    return replace(
        found,
        away=tuple(Away(people[name].id, span) for name, span in away),
        changes=tuple(
            LineChange(n, LineName("plain"), span, tuple(map(DeskName, desks)))
            for n, (span, desks) in enumerate(changes)
        ),
    )


def _person(name: str, crisis: datetime, minors: datetime) -> Volunteer:
    held = {"crisis": crisis, "minors": minors}
    return make.volunteer(name, desks=["one", "other"], certificates=held)


@given(rotas())
def test_coverage_counts_each_half_hour_as_the_telephone_would(rota: Rota) -> None:
    found = coverage(SITE, rota, DAY)

    expected = undisturbed(rota)
    for desk, covered in zip(SITE.desks, found.desks, strict=True):
        there = [len(rostered(expected, desk, at)) for at in STARTS]
        assert [half.rostered for half in covered.halves] == there
        assert tuple(half.start for half in covered.halves) == STARTS
    for line, reached in zip(SITE.lines, found.lines, strict=True):
        staffed = sum(on_duty(expected, line, SITE, at).staffed for at in STARTS)
        assert reached.rates.all_hours.met == staffed


def test_nothing_is_asked_twice_between_two_changes() -> None:
    ada = make.volunteer("Ada")
    rota = make.rota((ada, "one", Span(START, START + timedelta(hours=10))))

    runs = [len(same) for same, _ in stretches(rota, {ONE.name}, STARTS)]

    assert runs == [20, 28]
