"""Who should be there now and soon, and who has said or shown that they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Line, Settings
from hotline.duty import PersonId, Rota, in_reach, line_now, undisturbed
from hotline.handshake.deciding import stage_due
from hotline.handshake.heads import heads
from hotline.handshake.standing import Standing, standings
from hotline.rosters.question.needs import needs
from scheduling.problem import Span

SOON: Final = timedelta(hours=2)
A_MOMENT: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Present:
    """How many people are on paper, and how many of them confirmed, came, and can be reached."""

    on_paper: int = 0
    confirmed: int = 0
    present: int = 0
    reachable: int = 0

    def __add__(self, other: "Present") -> "Present":
        return Present(
            self.on_paper + other.on_paper,
            self.confirmed + other.confirmed,
            self.present + other.present,
            self.reachable + other.reachable,
        )


NOBODY: Final = Present()


def near(rota: Rota, span: Span) -> Rota:
    """The few of `rota` who matter in `span`: asking among a week's is many times slower."""
    duties = tuple(duty for duty in rota.duties if duty.span.meets(span))
    people = {duty.person for duty in duties}
    return replace(
        rota,
        volunteers=tuple(who for who in rota.volunteers if who.id in people),
        duties=duties,
        away=tuple(away for away in rota.away if away.person in people),
    )


def expected(
    rota: Rota, settings: Settings, answered: Mapping[PersonId, datetime], at: datetime
) -> tuple[Standing, ...]:
    """The four facts of every duty that runs or begins soon. rota: only of that time."""
    return standings(rota, settings, answered, at)


def present_at(duties: Iterable[Standing], desk: DeskName, at: datetime) -> Present:
    """The counts of one desk; on standby is nobody among them."""
    here = [each for each in duties if each.desk == desk]
    found = heads(here, desk, at)
    on_paper = {
        each.volunteer.id
        for each in here
        if each.on_paper and not each.standby and each.span.start <= at < each.span.end
    }
    return Present(len(on_paper), found.confirmed, found.present, found.reachable)


def unconfirmed(
    duties: Iterable[Standing], settings: Settings, at: datetime
) -> tuple[Standing, ...]:
    """Duties that begin soon and that nobody has confirmed, although they were asked to."""
    return tuple(
        each
        for each in duties
        if each.on_paper and at < each.span.start <= at + SOON
        if not each.confirmed and not each.checked_in
        if stage_due(each.span.start, settings.shake, at) is not None
    )


def missing(duties: Iterable[Standing], settings: Settings, at: datetime) -> tuple[Standing, ...]:
    """Duties that run where a line demands a check-in, and whose people have not come."""
    late = timedelta(minutes=settings.shake.missed_minutes)
    return tuple(
        each
        for each in duties
        if each.on_paper and each.demands_check_in and not each.standby
        if each.span.start + late <= at < each.span.end
        if each.checked_in is None and each.checked_out is None
    )


@dataclass(frozen=True)
class Soon:
    """The next two hours as they are promised. later: the same as if everybody came."""

    rota: Rota
    later: Rota
    changes: tuple[datetime, ...]


def soon(rota: Rota, at: datetime) -> Soon:
    """What is looked at for every line alike. rota: only of that time."""
    return Soon(rota, undisturbed(rota), tuple(_changes(rota, at)))


def deserted_from(ahead: Soon, line: Line, settings: Settings, at: datetime) -> datetime | None:
    """From when on, now or soon, nobody answers `line` although a desk of it should be staffed.

    None: somebody always does, or a supervisor has paused it.
    """
    if not line_now(ahead.rota, line, at).desks:
        return None
    for instant in (at, *ahead.changes):
        rota = ahead.rota if instant == at else ahead.later
        staffed = in_reach(rota, line, settings, instant).staffed
        if not staffed and wanted_desk(line_now(rota, line, instant), settings, instant):
            return instant
    return None


def wanted_desk(line: Line, settings: Settings, at: datetime) -> DeskName | None:
    """The first desk of the line's chain that must have somebody at `at`; None: none must."""
    moment, zone = Span(at, at + A_MOMENT), settings.site.zone
    known = (settings.desk(name) for name in line.desks)
    wanted = (d.name for d in known if d and any(n.floor for n in needs(d, moment, zone)))
    return next(wanted, None)


def _changes(rota: Rota, at: datetime) -> list[datetime]:
    """When somebody's duty or absence begins or ends, or a supervisor's word does."""
    spans = [
        *(duty.span for duty in rota.duties),
        *(away.span for away in rota.away),
        *(change.span for change in rota.changes),
    ]
    found = {instant for span in spans for instant in (span.start, span.end)}
    return sorted(instant for instant in found if at < instant < at + SOON)
