"""When may each person be rung again, and how much have they had to do?"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from scheduling.problem import Span
from scheduling.rehearsal.stage import Phone, Stage


class Phones:
    """Everybody's telephone; each change is counted, so that who looks again sees what is new."""

    def __init__(self, stage: Stage) -> None:
        self._stretch = stage.ways.stretch
        self._duty: dict[str, list[Span]] = defaultdict(list)
        for post in stage.posts:
            if not post.standby:
                self._duty[post.person].append(post.span)
        people = dict.fromkeys(post.person for post in stage.posts)
        self.by_person: Mapping[str, Phone] = {person: Phone(person) for person in people}

    def rings(self, person: str, leg: int) -> None:
        """Reserved for one call."""
        phone = self.by_person[person]
        phone.leg = leg
        phone.changes += 1

    def takes(self, person: str) -> None:
        """Pressed the key that takes the call."""
        phone = self.by_person[person]
        phone.talking, phone.missed = True, 0
        phone.changes += 1

    def freed(self, person: str, free_at: datetime) -> None:
        """Rung for nothing."""
        phone = self.by_person[person]
        phone.leg, phone.free_at = None, free_at
        phone.changes += 1

    def missed(self, person: str, now: datetime) -> None:
        """Rung out unanswered."""
        self.freed(person, now)
        phone = self.by_person[person]
        phone.missed, phone.missed_at = phone.missed + 1, now

    def talked(self, person: str, talk: timedelta, now: datetime, free_at: datetime) -> None:
        """A conversation is over, and its wrap-up will be at `free_at`."""
        phone = self.by_person[person]
        lately = phone.last_ended is not None and phone.last_ended > now - self._stretch
        phone.talk_seconds = (phone.talk_seconds if lately else 0) + int(talk.total_seconds())
        phone.last_ended, phone.talking = now, False
        self.freed(person, free_at)

    def on_duty_until(self, person: str, at: datetime) -> datetime:
        """When the person's duty ends that holds `at`; `at` itself if none does."""
        ends = (span.end for span in self._duty[person] if span.start <= at < span.end)
        return max(ends, default=at)
