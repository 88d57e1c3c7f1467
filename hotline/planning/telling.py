"""Who is told what when a week is published: everybody whose duties are others than before."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Settings
from hotline.notices.facts import At, AtDesk, Duties, Facts
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.rosters.draft.promised import Promise
from hotline.rosters.draft.publishing import Published, PublishOrder, publish_in
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.promises import promises
from hotline.store.people.everybody import active_people
from hotline.store.planning.drafts import newest_rosters, standing_rosters
from hotline.store.sending.notices import post_notices

AT_LEAST: Final = timedelta(hours=1)  # a notice is worth sending; else until the week is over


@dataclass(frozen=True)
class ToldPerson:
    """Somebody whose week is another than before. duties: all they have in it then, by start."""

    person: str
    name: str
    duties: tuple[Promise, ...]
    gained: tuple[Promise, ...]
    lost: tuple[Promise, ...]


def would_be_told(
    db: Session, settings: Settings, week: Week, desks: Collection[DeskName]
) -> tuple[ToldPerson, ...]:
    """Who would be told what if the drafts of these desks were published now, by name."""
    drafts = {
        roster.id
        for desk, roster in newest_rosters(db, str(week)).items()
        if desk in desks and roster.state is RosterState.DRAFT
    }
    held = [p for p in promises(db, week.horizon(settings.site.zone)) if p.week == str(week)]
    replaced = {p.desk for p in held if p.roster in drafts}
    before = [p for p in held if p.state is RosterState.PUBLISHED]
    kept = [p for p in before if p.desk not in replaced or p.overriding]
    return told(before, [*kept, *(p for p in held if p.roster in drafts)])


def told(before: Iterable[Promise], after: Iterable[Promise]) -> tuple[ToldPerson, ...]:
    """Everybody with other duties after than before, by name."""
    was, becomes = _by_person(before), _by_person(after)
    people = {each.person: each.name for each in (*_all(was), *_all(becomes))}
    found = (
        _told(code, name, was.get(code, {}), becomes.get(code, {})) for code, name in people.items()
    )
    changed = (each for each in found if each.gained or each.lost)
    return tuple(sorted(changed, key=lambda each: (each.name, each.person)))


def publish_and_tell(
    db: Session, settings: Settings, order: PublishOrder, now: datetime
) -> tuple[Published, tuple[ToldPerson, ...]]:
    """Publish, and have everybody told whom it concerns. Raises as `publish_in` does."""
    standing_rosters(db, str(order.week))  # locked before anybody is told what is in them
    people = would_be_told(db, settings, order.week, order.desks)
    done = publish_in(db, settings, order, now)
    ids = {person.code: person.id for person in active_people(db)}
    end = order.week.horizon(settings.site.zone).end
    post_notices(
        db,
        [
            NewNotice(ids[each.person], *_notice(order.week, each, now, end))
            for each in people
            if each.person in ids
        ],
        now,
    )
    return done, people


def _notice(
    week: Week, each: ToldPerson, now: datetime, end: datetime
) -> tuple[NoticeKind, datetime, datetime, Facts]:
    until = max(end, now + AT_LEAST)
    if not each.duties:
        return NoticeKind.ROSTER_OFF, now, until, {"week": str(week)}
    duties = Duties(tuple((At(duty.span.start), AtDesk(duty.desk)) for duty in each.duties))
    return NoticeKind.ROSTER, now, until, {"week": str(week), "duties": duties}


Mine = dict[tuple[str, datetime, datetime], Promise]


def _by_person(held: Iterable[Promise]) -> Mapping[str, Mine]:
    found: dict[str, Mine] = {}
    for p in held:
        found.setdefault(p.person, {})[p.shift, p.span.start, p.span.end] = p
    return found


def _all(people: Mapping[str, Mine]) -> Iterator[Promise]:
    for mine in people.values():
        yield from mine.values()


def _told(person: str, name: str, was: Mine, becomes: Mine) -> ToldPerson:
    return ToldPerson(
        person,
        name,
        tuple(sorted(becomes.values(), key=lambda p: p.span)),
        tuple(p for key, p in becomes.items() if key not in was),
        tuple(p for key, p in was.items() if key not in becomes),
    )
