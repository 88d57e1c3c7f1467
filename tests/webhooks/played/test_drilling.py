"""Practice callers go through the live configuration, and leave no trace but the report."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hotline.calls.states import Outcome
from hotline.config.settings import LineName, Settings
from hotline.config.tables.drills import Drills
from hotline.corrections.absences import note
from hotline.oversight.alarms import AlarmKind
from hotline.oversight.drilling import drill_at_night, report
from hotline.oversight.drills import Drill, LineDrilled, nightly_due
from hotline.store import Store
from hotline.store.sending.alarms import open_alarms
from hotline.store.sending.drills import last_drill
from tests import make
from tests.scenarios.rows import every_row
from tests.scenarios.stage import NIGHT, SITE, TEN_PAST_ELEVEN, Hotline, site
from webhooks.played.drilling import play_drill

LINE = LineName("96111-nanjing")


def played(hotline: Hotline, phones_off: int = 1) -> LineDrilled:
    """What became of the practice callers of the one line."""
    drill = play_drill(hotline.parts, Drills(phones_off=phones_off), hotline.clock())
    assert drill.sound
    (line,) = drill.lines
    return line


def test_practice_callers_reach_whom_real_ones_would(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", "Cem")

    line = played(hotline)

    assert line.line == LINE
    assert (line.callers, line.answered) == (2, 2)
    assert line.longest_wait is not None
    assert line.longest_wait < timedelta(seconds=60)
    assert line.outcomes == {Outcome.ANSWERED: 2}


def test_with_nobody_on_duty_they_hear_the_honest_exit(store: Store) -> None:
    line = played(Hotline(store))

    assert (line.callers, line.answered, line.longest_wait) == (2, 0, None)
    assert line.outcomes == {Outcome.EXITED: 2}


def test_an_absence_that_was_just_noted_counts(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    with store.writing() as db:
        note(db, "ada", NIGHT, hotline.clock())

    assert played(hotline, phones_off=0).answered == 0


def test_nothing_live_is_touched_and_no_telephone_rings(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    before = every_row(store)

    played(hotline)

    assert every_row(store) == before
    assert hotline.rung() == []


def drill(stranded: int = 0) -> Drill:
    line = LineDrilled(LINE, 2, 1, timedelta(seconds=9), {Outcome.ANSWERED: 1, Outcome.EXITED: 1})
    return Drill(TEN_PAST_ELEVEN, (line,), stranded, 0)


def test_a_drill_is_kept_as_it_went(store: Store) -> None:
    with store.writing() as db:
        assert last_drill(db) is None
        report(db, drill(), TEN_PAST_ELEVEN)
        assert last_drill(db) == (TEN_PAST_ELEVEN, drill())


def test_a_drill_that_went_wrong_is_an_alarm_until_the_next_goes_well(store: Store) -> None:
    with store.writing() as db:
        report(db, drill(stranded=1), TEN_PAST_ELEVEN)
        report(db, drill(stranded=1), TEN_PAST_ELEVEN)
        assert [each.alarm.kind for each in open_alarms(db)] == [AlarmKind.DRILL]

        report(db, drill(), TEN_PAST_ELEVEN)
        assert open_alarms(db) == ()


AT_THREE = replace(SITE, drills=Drills(nightly=time(3, 10)))


@pytest.mark.parametrize(
    ("settings", "now", "due"),
    [
        (SITE, "2026-11-25 04:00", None),
        (AT_THREE, "2026-11-25 03:09", "2026-11-24 03:10"),
        (AT_THREE, "2026-11-25 03:10", "2026-11-25 03:10"),
        (AT_THREE, "2026-11-25 23:59", "2026-11-25 03:10"),
    ],
)
def test_a_nightly_drill_is_due_by_the_clocks_of_the_site(
    settings: Settings, now: str, due: str | None
) -> None:
    assert nightly_due(settings, make.local(now)) == (due and make.local(due))


def test_of_two_workers_one_plays_the_nights_drill(store: Store) -> None:
    hotline = Hotline(store, replace(site(), drills=Drills(nightly=time(23))))
    sender = hotline.stage.sender
    assert sender is not None
    asked: list[Drills] = []

    def play(wanted: Drills, _: object) -> Drill:
        asked.append(wanted)
        return drill()

    for worker in (replace(sender, drill=play), replace(sender, drill=play), sender):
        drill_at_night(worker)

    assert len(asked) == 1
    with store.reading() as db:
        assert last_drill(db) == (hotline.clock(), drill())


def test_without_a_wish_for_it_no_drill_is_played_at_night(store: Store) -> None:
    sender = Hotline(store).stage.sender
    assert sender is not None

    drill_at_night(replace(sender, drill=lambda *_: drill()))

    with store.reading() as db:
        assert last_drill(db) is None
