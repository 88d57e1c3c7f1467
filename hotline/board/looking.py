"""How the board is made of the facts: one look at all lines at one instant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from hotline.board.concerns import Concern, ConcernKind, alarms_of, concerns
from hotline.board.facts import NOTHING_PROMISED, BoardFacts, OpenCall, Stage
from hotline.board.presence import SOON, expected, near, present_at
from hotline.board.rate import WITHIN, answer_rate
from hotline.board.shown import (
    Board,
    CallerShown,
    DeskShown,
    Doing,
    LineShown,
    PersonShown,
)
from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, Line, Settings, seconds
from hotline.duty import (
    KeptOut,
    OnDuty,
    PersonId,
    Rota,
    Why,
    change_of,
    in_reach,
    line_now,
    next_on_duty,
)
from hotline.handshake.standing import Standing
from hotline.oversight.alarms import OpenAlarm
from scheduling.problem import Span

A_SCREEN: Final = 12  # lines


def board(
    facts: BoardFacts,
    rota: Rota,
    settings: Settings,
    at: datetime,
    ahead: Callable[[], Rota] | None = None,
) -> Board:
    """The page at `at`, of the lines in `settings`. rota: of the next two hours at least.

    ahead: asked once, if a line has nobody, for a rota as far ahead as the next person may be.
    """
    soon = near(rota, Span(at, at + SOON))
    duties = expected(soon, settings, facts.answered, at)
    looked_at = _Looked(facts, rota, soon, duties, settings, at, cache(ahead or (lambda: rota)))
    lines = tuple(_line_shown(line, looked_at) for line in settings.lines)
    outcomes = tuple(outcome for outcome in Outcome if any(outcome in x.outcomes for x in lines))
    desks_of = {person.code: person.desks for person in rota.volunteers}
    alarms = alarms_of(facts.alarms, desks_of, settings)
    mine = [call for call in facts.lately if settings.line(call.line) is not None]
    wrong = concerns(facts, soon, duties, settings, at)
    return Board(
        at=at,
        lines=_in_sight(lines, wrong),
        outcomes=outcomes,
        promised=sum((line.promised for line in lines), NOTHING_PROMISED),
        rate=answer_rate(mine, looked_at.within, at),
        within=looked_at.within,
        concerns=wrong,
        alarms=alarms,
        names=_names_told(alarms, rota),
    )


def _in_sight(lines: tuple[LineShown, ...], wrong: Iterable[Concern]) -> tuple[LineShown, ...]:
    """Of more lines than a screen holds, those where something is wrong come first.

    Fewer stay where they are, or a button would move away from under the hand.
    """
    if len(lines) <= A_SCREEN:
        return lines
    told = {each.line for each in wrong if each.kind in (ConcernKind.WAITING, ConcernKind.DESERTED)}
    return tuple(sorted(lines, key=lambda shown: (shown.line.name not in told, not shown.waiting)))


def _names_told(alarms: Iterable[OpenAlarm], rota: Rota) -> Mapping[str, str]:
    told = {each.alarm.subject.split(" ")[-1] for each in alarms}  # of a shift its hour goes before
    return {person.code: person.name for person in rota.volunteers if person.code in told}


@dataclass(frozen=True)
class _Looked:
    """All that one look at the board considers. soon: the few of `rota` who matter now."""

    facts: BoardFacts
    rota: Rota
    soon: Rota
    duties: Sequence[Standing]
    settings: Settings
    at: datetime
    ahead: Callable[[], Rota]

    @property
    def within(self) -> timedelta:
        demand = self.settings.demand
        return WITHIN if demand is None else seconds(demand.within_seconds)


def _line_shown(line: Line, look: _Looked) -> LineShown:
    facts, settings, at = look.facts, look.settings, look.at
    answer = in_reach(look.soon, line, settings, at)
    names = {person.id: person.name for person in look.rota.volunteers}
    limit = seconds(settings.longest_wait(line))
    mine = sorted((c for c in facts.calls if c.line == line.name), key=lambda call: call.since)
    shown = [_caller_shown(call, names, limit, at) for call in mine]
    return LineShown(
        line=line,
        staffed=answer.staffed,
        next_at=None if answer.staffed else next_on_duty(look.ahead(), line, settings, at),
        change=change_of(look.rota.changes, line, at),
        desks=_desks_shown(line_now(look.rota, line, at), answer, look),
        waiting=tuple(c for c in shown if c.stage is Stage.WAITING),
        talking=tuple(c for c in shown if c.stage is Stage.TALKING),
        leaving=tuple(c for c in shown if c.stage is Stage.LEAVING),
        outcomes=facts.outcomes.get(line.name, {}),
        rate=answer_rate((c for c in facts.lately if c.line == line.name), look.within, at),
        promised=facts.promised.get(line.name, NOTHING_PROMISED),
    )


def _caller_shown(
    call: OpenCall, names: Mapping[PersonId, str], limit: timedelta, at: datetime
) -> CallerShown:
    return CallerShown(
        id=call.id,
        stage=call.stage,
        since=call.since,
        urgent=call.urgent,
        ringing=call.ringing,
        over_limit=call.stage is Stage.WAITING and at - call.since > limit,
        person=names.get(call.person) if call.person is not None else None,
        supervised=call.supervised,
    )


def _desks_shown(line: Line, answer: OnDuty, look: _Looked) -> tuple[DeskShown, ...]:
    talks = {call.person: call.since for call in look.facts.calls if call.person is not None}
    at_desk: dict[DeskName, list[PersonShown]] = {name: [] for name in line.desks}
    for seat in answer.rung:
        at_desk[seat.desk].append(PersonShown(seat.volunteer.id, seat.volunteer.name, Doing.FREE))
    for kept in answer.kept_out:
        assert kept.desk is not None  # who is in reach sits somewhere
        at_desk[kept.desk].append(_not_free(kept, talks.get(kept.volunteer.id)))
    titles = {desk.name: desk.title for desk in look.settings.desks}
    return tuple(
        DeskShown(
            titles[name],
            name != line.desks[0],
            tuple(_with_duty(person, name, look) for person in people),
            present_at(look.duties, name, look.at),
        )
        for name, people in at_desk.items()
    )


def _with_duty(person: PersonShown, desk: DeskName, look: _Looked) -> PersonShown:
    mine = (
        each
        for each in look.duties
        if each.volunteer.id == person.id and each.desk == desk and each.span.start <= look.at
    )
    return replace(person, duty=next(mine, None))


def _not_free(kept: KeptOut, talks_since: datetime | None) -> PersonShown:
    who = kept.volunteer
    match kept.why:
        case Why.RINGING:
            return PersonShown(who.id, who.name, Doing.RINGING)
        case Why.TALKING:
            return PersonShown(who.id, who.name, Doing.TALKING, since=talks_since)
        case Why.WRAP_UP:
            return PersonShown(who.id, who.name, Doing.WRAP_UP, until=kept.until)
        case _:
            barred = kept.why
    return PersonShown(who.id, who.name, Doing.BARRED, kept.until, None, barred, kept.certificate)
