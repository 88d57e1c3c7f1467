"""From when to when does nobody come or go? What is asked once then holds all the while."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from hotline.config.settings import DeskName
from hotline.duty.facts import Rota, there_at


def stretches(
    rota: Rota,
    desks: Collection[DeskName],
    starts: Sequence[datetime],
    also: Iterable[datetime] = (),
) -> Iterator[tuple[tuple[datetime, ...], Rota]]:
    """Runs of `starts`, in order, between which nothing changes, each with the few who are there.

    also: instants at which something else changes, like what is asked for. Among all of a
    province's people, each half hour would be asked of hundreds who have nothing to do with it.
    """
    mine = _of_desks(rota, desks)
    cuts = sorted({*_cuts(mine), *also})
    for _, run in groupby(starts, key=lambda at: bisect_right(cuts, at)):
        same = tuple(run)
        yield same, there_at(mine, same[0])


def _of_desks(rota: Rota, desks: Collection[DeskName]) -> Rota:
    duties = tuple(duty for duty in rota.duties if duty.desk in desks)
    people = {duty.person for duty in duties}
    there = tuple(person for person in rota.volunteers if person.id in people)
    away = tuple(each for each in rota.away if each.person in people)
    return Rota(there, duties, away, changes=rota.changes)


def _cuts(rota: Rota) -> Iterator[datetime]:
    """When somebody comes or goes, a certificate ends, or a line is changed."""
    spans = [duty.span for duty in rota.duties]
    spans += [away.span for away in rota.away]
    spans += [change.span for change in rota.changes]
    for span in spans:
        yield from (span.start, span.end)
    for person in rota.volunteers:
        yield from person.certificates.values()
