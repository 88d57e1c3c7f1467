"""Which desks answer a line while a supervisor's word on it holds: one answer for everybody."""

from dataclasses import replace

from hotline.config.settings import DeskName, LineName
from hotline.duty import LineChange, Rota, Why, line_now, next_on_duty, on_duty, paused_until
from scheduling.problem import Span
from tests import make

NIGHT = Span(make.utc("2026-11-24 14:00"), make.utc("2026-11-25 00:00"))
HOUR = Span(make.utc("2026-11-24 15:00"), make.utc("2026-11-24 16:00"))
AT = make.utc("2026-11-24 15:30")
HELP = make.line("help")
SITE = make.settings(desks=(make.desk("day"), make.desk("far")), lines=(HELP,))
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo", desks=("far",))
ROTA = make.rota((ADA, "day", NIGHT), (BO, "far", NIGHT))
PAUSED = LineChange(1, LineName("help"), HOUR)
DIVERTED = LineChange(2, LineName("help"), HOUR, (DeskName("far"),))


def said(*changes: LineChange, rota: Rota = ROTA) -> Rota:
    return replace(rota, changes=changes)


def rung(rota: Rota, at: object = AT) -> list[str]:
    assert isinstance(at, type(AT))
    return [seat.volunteer.name for seat in on_duty(rota, HELP, SITE, at).rung]


def test_a_paused_line_rings_nobody_and_says_why() -> None:
    answer = on_duty(said(PAUSED), HELP, SITE, AT)
    assert (answer.rung, answer.staffed) == ((), False)
    assert {(kept.why, kept.until) for kept in answer.kept_out} == {(Why.LINE_PAUSED, HOUR.end)}
    assert len(answer.kept_out) == 2


def test_a_diverted_line_rings_the_other_desk() -> None:
    assert rung(ROTA) == ["Ada"]
    assert rung(said(DIVERTED)) == ["Bo"]
    assert line_now(said(DIVERTED), HELP, AT).desks == ("far",)


def test_it_holds_for_its_span_and_its_line_alone() -> None:
    assert rung(said(PAUSED), HOUR.start) == []
    assert rung(said(PAUSED), HOUR.end) == ["Ada"]
    assert rung(said(PAUSED), make.utc("2026-11-24 14:59")) == ["Ada"]
    assert rung(said(replace(PAUSED, line=LineName("other")))) == ["Ada"]


def test_the_last_word_counts() -> None:
    assert rung(said(PAUSED, DIVERTED)) == ["Bo"]
    assert paused_until(said(PAUSED, DIVERTED), HELP, AT) is None
    assert paused_until(said(PAUSED), HELP, AT) == HOUR.end


def test_the_next_person_is_there_when_the_pause_is_over() -> None:
    assert next_on_duty(said(PAUSED), HELP, SITE, AT) == HOUR.end


def test_or_at_the_next_duty_after_it() -> None:
    morning = Span(make.utc("2026-11-25 00:00"), make.utc("2026-11-25 04:00"))
    rota = make.rota((ADA, "day", morning))
    assert next_on_duty(said(PAUSED, rota=rota), HELP, SITE, AT) == morning.start
    again = LineChange(3, LineName("help"), Span(HOUR.end, make.utc("2026-11-25 02:00")))
    assert next_on_duty(said(PAUSED, again, rota=rota), HELP, SITE, AT) == again.span.end


def test_of_a_diverted_line_the_other_desks_next_duty_counts() -> None:
    late = Span(make.utc("2026-11-24 15:45"), make.utc("2026-11-25 00:00"))
    rota = make.rota((ADA, "day", late), (BO, "far", Span(HOUR.end, NIGHT.end)))
    assert next_on_duty(said(DIVERTED, rota=rota), HELP, SITE, AT) == HOUR.end
