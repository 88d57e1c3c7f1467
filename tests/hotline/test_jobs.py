"""Timed jobs: each firing runs once, however many workers there are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from hotline.calls.ringing.facts import CallId
from hotline.calls.ringing.sending import Sender
from hotline.calls.turn import Told
from hotline.config.tables.fallback import FallbackSettings
from hotline.fallback.exporting import Writer
from hotline.fallback.signing import signing_key
from hotline.jobs import (
    JOBS,
    KEPT,
    Job,
    export_fallback,
    fire,
    forget_documents,
    slot_of,
    start_jobs,
)
from hotline.ports import CallSid, Dialled, LegOrder, Recorded
from hotline.practice import StoppedClock
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.tables import JobRunRow, WebhookRow
from hotline.store.webhooks import remember
from tests import make
from tests.scenarios.stage import SECRETS, SITE

NOON = make.utc("2026-11-24 12:00")


class Nobody:
    """A carrier that must not be asked for anything."""

    def ring(self, order: LegOrder) -> CallSid:
        raise AssertionError(order)

    def move(self, sid: CallSid, path: str) -> None:
        raise AssertionError(path)

    def release(self, sid: CallSid) -> None:
        raise AssertionError(sid)

    def hang_up(self, sid: CallSid) -> None:
        raise AssertionError(sid)

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        raise AssertionError(room)

    def recording(self, sid: str) -> bytes:
        raise AssertionError(sid)

    def erase_recording(self, sid: str) -> None:
        raise AssertionError(sid)

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        raise AssertionError(since)

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        raise AssertionError(since)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOON)


@pytest.fixture
def sender(store: Store, clock: StoppedClock) -> Sender:
    return Sender(store, SITE, Privacy(SECRETS), clock, Nobody())


def _counting(ran: list[str]) -> Job:
    return Job("count", timedelta(minutes=1), lambda _: ran.append("ran"))


def test_of_two_workers_one_runs_a_firing(sender: Sender) -> None:
    ran: list[str] = []
    job = _counting(ran)

    assert [fire(job, sender), fire(job, sender)] == [True, False]
    assert ran == ["ran"]


def test_the_next_firing_runs_again(sender: Sender, clock: StoppedClock) -> None:
    ran: list[str] = []
    fire(_counting(ran), sender)
    clock.set(NOON + timedelta(minutes=1))
    fire(_counting(ran), sender)

    assert ran == ["ran", "ran"]


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        ("2026-11-24 12:00:00", "2026-11-24 12:00"),
        ("2026-11-24 12:59:59", "2026-11-24 12:00"),
        ("2026-11-24 13:00:00", "2026-11-24 13:00"),
    ],
)
def test_a_firing_begins_with_its_slot(at: str, slot: str) -> None:
    hourly = Job("hourly", timedelta(hours=1), lambda _: None)

    assert slot_of(hourly, make.utc(at)) == make.utc(slot)


def test_old_answers_and_firings_are_forgotten_and_recent_ones_kept(
    sender: Sender, store: Store
) -> None:
    with store.writing() as db:
        remember(db, "old", "<Response/>", NOON - KEPT - timedelta(seconds=1))
        remember(db, "recent", "<Response/>", NOON - KEPT)
        db.add(JobRunRow(job="count", slot=NOON - KEPT - timedelta(seconds=1)))
        db.add(JobRunRow(job="count", slot=NOON - KEPT))

    forget_documents(sender)

    with store.reading() as db:
        assert db.exec(select(WebhookRow.key)).all() == ["recent"]
        assert db.exec(select(col(JobRunRow.slot))).all() == [NOON - KEPT]


def test_what_was_said_in_a_call_outlives_the_document(sender: Sender, store: Store) -> None:
    with store.writing() as db:
        told = Told(CallId(7), None, ["greeting"])
        remember(db, "old", "<Response/>", NOON - KEPT - timedelta(seconds=1), told)

    forget_documents(sender)

    with store.reading() as db:
        assert db.exec(select(WebhookRow.document, WebhookRow.said)).all() == [("", "greeting")]


def test_the_scheduler_has_every_job_by_its_name(sender: Sender) -> None:
    scheduler = start_jobs(sender)
    try:
        assert {job.name for job in scheduler.get_jobs()} == {job.name for job in JOBS}
    finally:
        scheduler.shutdown()


def test_every_job_divides_a_day() -> None:
    assert all(timedelta(days=1) % job.every == timedelta(0) for job in JOBS)


def test_documents_for_another_host_are_written_only_where_that_is_wanted(
    store: Store, clock: StoppedClock, tmp_path: Path
) -> None:
    writer = Writer(lambda steps: str(len(steps)), signing_key(SECRETS))
    wanted = replace(SITE, fallback=FallbackSettings(str(tmp_path / "wanted")))
    for settings in (SITE, wanted):
        assert not (tmp_path / "wanted").exists()
        export_fallback(Sender(store, settings, Privacy(SECRETS), clock, Nobody(), writer))

    assert (tmp_path / "wanted" / "96111-nanjing" / "2026-11-24T12.xml").exists()
