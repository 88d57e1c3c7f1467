"""A fresh sample site: database, people, rosters built and published."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Final

from hotline.config.settings import Secrets, Settings
from hotline.parts import Parts
from hotline.people.importing import import_people
from hotline.people.person import PeopleFile
from hotline.people.reading import read_people
from hotline.ports import Clock
from hotline.privacy import new_data_key
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.draft.publishing import PublishOrder, publish
from hotline.rosters.week import Week, week_of
from hotline.samples import volunteers
from hotline.store import Store
from hotline.store.migrate import migrate

SAMPLE_WEEK: Final = Week(2026, 48)  # the week that the sample people's certificates are dated for
GAPS: Final = "The 60 made-up volunteers cannot keep every floor."
WORK: Final = 30.0  # units for each part of a week; no seconds: a busy machine plays the same
LONG: Final = 3600.0  # seconds
Told = Callable[[str], None]


@contextmanager
def sample_site(settings: Settings, public_url: str, clock: Clock) -> Iterator[Parts]:
    """An empty, migrated database in a folder of its own, gone afterwards; fresh secrets."""
    with _passing_folder() as folder:
        secrets = Secrets(
            secret_key=token_hex(32),
            data_key=new_data_key(),
            account_sid=f"AC{token_hex(16)}",
            auth_token=token_hex(16),
            database_url=f"sqlite:///{Path(folder) / 'demo.db'}",
            public_url=public_url,
        )
        migrate(secrets.database_url)
        store = Store(secrets.database_url)
        try:
            yield Parts(settings, secrets, store, clock)
        finally:
            store.close()


def staff(parts: Parts, tell: Told) -> None:
    """Import the sample people; build and publish the weeks around now."""
    # here: drills use this module, too, and a web process loads no numpy
    from hotline.rosters.draft.building import BuildOrder, build_draft
    from scheduling.choosing.budget import SolveLimits

    limits = SolveLimits(LONG, parts.settings.scheduling.seed, work=WORK)
    this_week = week_of(parts.clock(), parts.settings.site.zone)
    with parts.store.writing() as db:
        imported = import_people(db, _dated_for(this_week, parts.settings))
    tell(f"{imported.added} made-up volunteers imported.")
    for week in (this_week.shifted(-1), this_week, this_week.shifted(1)):
        built = build_draft(parts.store, parts.settings, BuildOrder(week), parts.clock, limits)
        publish(parts.store, parts.settings, PublishOrder(week, accept_gaps=GAPS), parts.clock)
        tell(_sentence(built))


@contextmanager
def _passing_folder() -> Iterator[str]:
    """A folder for a database that nobody needs afterwards: in memory where the system has that."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is ours alone
    with TemporaryDirectory(
        prefix="hotline-demo-", dir=memory if os.access(memory, os.W_OK) else None
    ) as folder:
        yield folder


def _dated_for(week: Week, settings: Settings) -> PeopleFile:
    """The sample people, their certificates as far from expiry as in their own week."""
    people = read_people(volunteers(), settings)
    later = week.monday - SAMPLE_WEEK.monday

    def shifted(last_day: date) -> date:
        return last_day + timedelta(days=later.days)

    return replace(
        people,
        people=tuple(
            replace(p, last_days={name: shifted(day) for name, day in p.last_days.items()})
            for p in people.people
        ),
    )


def _sentence(built: BuiltDraft) -> str:
    result = built.result
    proof = "proven best" if result.price == result.bound else f"bound {result.bound}"
    return (
        f"Roster of {built.week} built and published: {len(result.roster.assignments)} "
        f"assignments, {len(result.gaps)} gaps, price {result.price} ({proof}), "
        f"{result.seconds:.1f} s."
    )
