"""A desk with an evening and a night each day, and people who exchange them."""

from dataclasses import replace
from datetime import datetime
from typing import Self

from hotline.config.settings import DeskName, Settings
from hotline.config.tables.swaps import Approval, Swaps
from hotline.duty import on_duty
from hotline.store import Store
from hotline.store.duty.rosters import rota_at
from hotline.store.duty.swaps import swap_of, swaps_with
from hotline.store.tables import AssignmentRow
from hotline.swaps.asking import (
    Answered,
    Asking,
    ShiftKey,
    agree,
    ask,
    refuse,
    withdraw,
)
from hotline.swaps.deciding import approve, turn_down
from hotline.swaps.states import SwapState
from hotline.swaps.swap import Swap
from hotline.swaps.watching import watch_swaps
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.make import Hired
from tests.scenarios.rows import named

DAY = DeskName("day")
EVENING = make.template("evening", ShiftKind.EVENING, start="18:00", hours=4)
NIGHT = make.template()
DESK = make.desk(
    "day",
    shifts=[EVENING, NIGHT],
    wants=[make.cover("18:00-22:00", 1), make.cover("22:00-08:00", 1)],
)
SITE = make.settings(desks=[DESK], lines=[make.line()])
NOW = make.local("2026-11-23 09:00")  # a Monday


def approving(approval: Approval) -> Settings:
    """The same site, where that needs a coordinator."""
    return replace(SITE, swaps=Swaps(approval))


def night(day: int) -> Span:
    """The night that begins on that day of November."""
    return Span(make.local(f"2026-11-{day} 22:00"), make.local(f"2026-11-{day + 1} 08:00"))


def evening(day: int) -> Span:
    """The evening of that day."""
    return Span(make.local(f"2026-11-{day} 18:00"), make.local(f"2026-11-{day} 22:00"))


class Desk:
    """One desk, its people, and what they ask each other."""

    def __init__(self, store: Store, settings: Settings = SITE) -> None:
        self.store, self.settings, self.now = store, settings, NOW
        self.people: dict[str, Hired] = {}
        self.roster = 0

    def knows(self, *names: str, availability: str = make.ALWAYS, shifts: int = 7) -> Self:
        """Volunteers of the desk."""
        for name in names:
            self.people[name] = make.hire(
                self.store, name, availability=availability, shifts_a_week=shifts
            )
        return self

    def published(self, *posts: tuple[str, Span]) -> Self:
        """The nights that the roster of the week promises."""
        given = [(self.people[name], span) for name, span in posts]
        self.roster = make.store_roster(self.store, *given)
        return self

    def also(self, name: str, span: Span, shift: str = "evening") -> Self:
        """Another shift of the same roster."""
        start = span.start.astimezone(make.SHANGHAI)
        row = AssignmentRow(
            roster_id=self.roster,
            person_id=self.people[name].id,
            shift=f"day/{start:%Y-%m-%d}/{shift}",
            kind=ShiftKind.EVENING,
            starts=span.start,
            ends=span.end,
        )
        with self.store.writing() as db:
            db.add(row)
        return self

    def asks(self, asker: str, gives: Span, partner: str, takes: Span | None = None) -> int:
        """Somebody asks; the number of the swap."""
        with self.store.writing() as db:
            return ask(db, self.settings, asking(asker, gives, partner, takes), self.now).id

    def says(self, name: str, answer: str, number: int) -> Answered:
        """The partner says "yes" or "no", the asker thinks again with "back"."""
        use_case = {"yes": agree, "no": refuse, "back": withdraw}[answer]
        with self.store.writing() as db:
            return use_case(db, self.settings, number, self.people[name].id, self.now)

    def decides(self, answer: str, number: int) -> Answered:
        """The coordinator says "yes" or "no"."""
        use_case = {"yes": approve, "no": turn_down}[answer]
        with self.store.writing() as db:
            return use_case(db, self.settings, number, self.now)

    def looks(self, now: datetime | None = None) -> None:
        """The worker looks after swaps."""
        watch_swaps(self.store, self.settings, now or self.now)

    def swap(self, number: int) -> Swap:
        """As it is kept."""
        with self.store.reading() as db:
            found = swap_of(db, number)
        assert found is not None
        return found

    def state(self, number: int) -> SwapState:
        """How far it got."""
        return self.swap(number).state

    def swaps_of(self, name: str) -> list[int]:
        """By number."""
        with self.store.reading() as db:
            return [each.id for each in swaps_with(db, self.people[name].id, NOW)]

    def told(self) -> list[tuple[str, str]]:
        """Which notices were posted to whom, in order."""
        names = {person.id: name for name, person in self.people.items()}
        return [(names[row["person_id"]], row["kind"]) for row in named(self.store, "notice")]

    def rung(self, span: Span) -> list[str]:
        """Whom the telephone would ring an hour after it begins."""
        at = span.start.replace(minute=30)
        with self.store.reading() as db:
            answer = on_duty(rota_at(db, at), self.settings.lines[0], self.settings, at)
        return [seat.volunteer.name for seat in answer.rung]


def asking(asker: str, gives: Span, partner: str, takes: Span | None = None) -> Asking:
    """Ada's night for Bo's, by their names."""
    key = None if takes is None else ShiftKey(DAY, takes.start)
    return Asking(asker.lower(), partner.lower(), ShiftKey(DAY, gives.start), key)
