"""A hotline whose duties are looked after, and what is known of searches and questions."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from hotline.config.settings import DeskName, Line, Settings
from hotline.config.tables.handshake import Handshake
from hotline.duty import Duty, on_duty
from hotline.handshake.reading import duties_ahead
from hotline.handshake.stand_ins.answers import Answered, Saying, says_no, says_yes, takes_back
from hotline.handshake.stand_ins.away import Announced, TakenBack, announce, take_back
from hotline.handshake.stand_ins.searching import cannot_come
from hotline.handshake.standing import Standing
from hotline.handshake.states import SearchState
from hotline.practice import ACCEPTS, Behaviour, Phone
from hotline.store import Store
from hotline.store.duty.questions import (
    questions_of,
)
from hotline.store.duty.rosters import rota_at
from hotline.store.duty.standins import (
    Search,
    searches_open,
)
from hotline.store.sending.alarms import open_alarms
from scheduling.problem import Span
from tests import make
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING, NIGHT, Hotline, site

DAY = DeskName("day")
EVENING = make.local("2026-11-24 20:00")  # two hours before the night
ASKS = Handshake(first_hours=24, last_hours=1, call=True, answer_minutes=20)
CHECKS_IN = replace(NANJING, check_in=True)


def duties(shake: Handshake = ASKS, line: Line = NANJING, rest: float = 11) -> Settings:
    """The site of the scenarios, with duties looked after. rest: hours between two shifts."""
    plain = site(lines=(line,))
    hours = replace(plain.scheduling.rest, usual=rest)
    return replace(plain, handshake=shake, scheduling=replace(plain.scheduling, rest=hours))


class Duties(Hotline):
    """The same hotline, with the worker's jobs about duties, two hours before the night."""

    def __init__(
        self, store: Store, settings: Settings | None = None, now: datetime = EVENING
    ) -> None:
        super().__init__(store, settings or duties(), now)
        self.stage.look_after_duties()

    def knows(self, *names: str, phone: Behaviour = ACCEPTS) -> Self:
        """People of the desk who are not on duty, and what their telephones do."""
        for name in names:
            self.people[name] = make.hire(self.store, name)
            self.carrier.phone(Phone(f"client:{name.lower()}", phone))
        return self

    def duty(self, name: str, span: Span = NIGHT) -> Duty:
        """A person's duty as published."""
        return Duty(self.people[name].id, DAY, span)

    def cannot_come(self, name: str, span: Span = NIGHT) -> None:
        """Somebody says so."""
        with self.store.writing() as db:
            cannot_come(db, self.duty(name, span), self.clock())

    def away(self, name: str, span: Span) -> Announced:
        """A coordinator notes that somebody is away, and looks for stand-ins."""
        with self.store.writing() as db:
            return announce(db, self.people[name].code, span, self.clock(), seeking=True)

    def comes_after_all(self, announced: Announced) -> TakenBack:
        """A coordinator takes an absence back."""
        with self.store.writing() as db:
            return take_back(db, self.settings, announced.absence.id, self.clock())

    def searches(self) -> list[Search]:
        """All searches."""
        with self.store.reading() as db:
            return list(searches_open(db, make.utc("2000-01-01 00:00")))

    def search(self) -> SearchState:
        """Where the only search stands."""
        (found,) = self.searches()
        return found.state

    def asked(self) -> list[tuple[str, str]]:
        """Who was asked to stand in, in order, and what came of it."""
        with self.store.reading() as db:
            found = questions_of(db, [each.id for each in self.searches()])
        return [(question.name, question.state.value) for question in found]

    def says(self, name: str, answer: str) -> Answered:
        """Somebody answers the last question to them: "yes", "no" or "back"."""
        answers = {"yes": says_yes, "no": says_no, "back": takes_back}
        with self.store.writing() as db:
            found = questions_of(db, [each.id for each in self.searches()])
            mine = [question.id for question in found if question.name == name][-1]
            return answers[answer](db, self.settings, Saying(mine), self.clock())

    def told(self) -> list[tuple[str, str]]:
        """Which notices were posted to whom, in order."""
        names = {person.id: name for name, person in self.people.items()}
        rows = named(self.store, "notice")
        return [(names[row["person_id"]], row["kind"]) for row in rows]

    def rung_at(self, at: datetime) -> list[str]:
        """Whom the telephone would ring then, by name."""
        with self.store.reading() as db:
            rota = rota_at(db, at)
        answer = on_duty(rota, self.settings.lines[0], self.settings, at)
        return [seat.volunteer.name for seat in answer.rung]

    def standing(self, name: str) -> Standing:
        """The four facts of a person's duty tonight."""
        with self.store.reading() as db:
            found = duties_ahead(db, self.settings, NIGHT, self.clock())
        return next(each for each in found if each.volunteer.name == name)


def ends_with_the_night(hotline: Duties) -> None:
    """Everybody was asked in vain: the search, and its alarm, go when the night is nearly over."""
    hotline.passes(minutes(1))
    assert hotline.search() is SearchState.FAILED

    hotline.clock.set(NIGHT.end - timedelta(minutes=10))
    hotline.passes(minutes(2))

    assert hotline.search() is SearchState.ENDED
    with hotline.store.reading() as db:
        assert open_alarms(db) == ()


def minutes(count: float) -> float:
    """In seconds."""
    return timedelta(minutes=count).total_seconds()
