"""Which desks have too few people now or soon, and who is told of it."""

from dataclasses import replace
from datetime import timedelta

from hotline.board.concerns import Concern, ConcernKind, concerns
from hotline.board.facts import BoardFacts
from hotline.board.presence import wanted_desk
from hotline.board.short import short
from hotline.config.settings import DeskName
from hotline.duty import Duty
from scheduling.problem import Span
from tests import make
from tests.hotline.board.test_presence import ADA, AT, BO, CITY, DAY, EVENING, NIGHT

TWO = replace(
    CITY,
    desks=(make.desk(wants=[make.cover("18:00-22:00"), make.cover("22:00-08:00", 2)]),),
    handshake=None,
)
ALONE = make.rota((ADA, "day", EVENING), (BO, "day", NIGHT))


def test_a_desk_below_its_floor_soon_is_told_with_how_many_are_missing() -> None:
    assert concerns(BoardFacts(), ALONE, (), TWO, AT) == (
        Concern(ConcernKind.SHORT, desk=DAY, at=NIGHT.start, count=1),
    )


def test_who_comes_this_very_minute_counts_at_once() -> None:
    at = NIGHT.start + timedelta(minutes=7, seconds=30)
    both = make.rota((BO, "day", NIGHT), (ADA, "day", Span(at, NIGHT.end)))

    assert list(short(both, TWO, {DAY}, at)) == []
    before = at - timedelta(seconds=1)
    assert [gap.span.start for gap in short(both, TWO, {DAY}, before)] == [before]


def test_a_missing_certificate_is_told() -> None:
    wants = [make.cover("18:00-08:00"), make.cover("18:00-08:00", certificate="crisis")]
    crisis = replace(TWO, desks=(make.desk(wants=wants),))

    [told] = concerns(BoardFacts(), ALONE, (), crisis, AT)

    assert (told.kind, told.certificate, told.at) == (ConcernKind.SHORT, "crisis", AT)


def test_an_empty_standby_and_a_missed_target_are_no_alarm() -> None:
    cover = make.cover("18:00-08:00", 1, 2)
    waiting = replace(cover, target=1, standby=True)
    lax = replace(TWO, desks=(make.desk(wants=[cover, waiting]),))

    assert concerns(BoardFacts(), ALONE, (), lax, AT) == ()


def test_of_the_desks_of_a_deserted_line_the_line_tells() -> None:
    evening = make.rota((ADA, "day", EVENING))

    [told] = concerns(BoardFacts(), evening, (), TWO, AT)

    assert (told.kind, told.line, told.desk) == (ConcernKind.DESERTED, "help", DAY)
    assert told.at == NIGHT.start


def test_a_deserted_line_names_the_desk_that_must_have_somebody() -> None:
    by_day = make.desk("day", wants=[make.cover("08:00-18:00")])
    by_night = make.desk("night", wants=[make.cover()])
    chain = replace(TWO, desks=(by_day, by_night), lines=(make.line(desks=["day", "night"]),))

    [told] = concerns(BoardFacts(), make.rota(), (), chain, NIGHT.start)

    assert (told.kind, told.desk) == (ConcernKind.DESERTED, "night")
    assert wanted_desk(make.line(desks=["elsewhere"]), chain, AT) is None


def test_other_desks_concern_somebody_else() -> None:
    there = replace(ALONE, duties=(Duty(ADA.id, DeskName("night"), EVENING), *ALONE.duties))

    assert list(short(there, TWO, {DeskName("night")}, AT)) == []
