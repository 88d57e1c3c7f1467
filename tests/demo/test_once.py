"""One evening and night of the sample site, played as the demo plays it."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hotline.calls.states import Outcome
from hotline.cli.context import Surroundings
from hotline.practice import CallRecord, EndedBy, LegRecord
from tests import make
from webhooks.main import commands
from webhooks.played.verdict import Played, Verdict

CONFIG = Path(__file__).parents[2] / "config.toml"


def _demo(*arguments: str) -> Result:
    runner = CliRunner()
    asked = ["--config", str(CONFIG), "demo", *arguments]
    return runner.invoke(commands, asked, obj=Surroundings({}))


@pytest.fixture(scope="module")
def quiet_night() -> Result:
    return _demo("--once", "--calls-a-day", "30", "--transcripts")


def test_nobody_is_stranded_or_double_booked_in_a_played_night(quiet_night: Result) -> None:
    assert quiet_night.exit_code == 0, quiet_night.output
    assert re.search(r"\d+ calls: 0 stranded, 0 double-booked\.", quiet_night.output)


def test_every_call_of_the_night_is_told_with_its_line_and_its_end(quiet_night: Result) -> None:
    told = re.findall(r"^ (?:Tue|Wed) \d\d:\d\d:\d\d +(\S+)", quiet_night.output, re.MULTILINE)
    (summary,) = re.findall(r"(\d+) calls:", quiet_night.output)

    assert len(told) == int(summary) > 5
    assert set(told) <= {"96111-nanjing", "96111-suzhou", "parents-nanjing", "12355",
                         "12345-psych", "campus", "province-student"}  # fmt: skip


def test_transcripts_can_be_read_aloud(quiet_night: Result) -> None:
    assert "hotline: 您好，" in quiet_night.output


def test_the_roster_of_the_demo_says_its_price_and_that_it_is_proven(quiet_night: Result) -> None:
    assert re.search(r"2026-W48 built and published: \d+ assignments", quiet_night.output)


def test_the_same_seed_plays_the_same_night() -> None:
    first, second = (_demo("--once", "--calls-a-day", "8", "--seed", "7") for _ in range(2))

    ends = [re.sub(r"\d+\.\d s\.", "", each.output) for each in (first, second)]
    assert ends[0] == ends[1]


def test_a_demo_without_calls_is_refused() -> None:
    refused = _demo("--once", "--calls-a-day", "0")

    assert refused.exit_code == 2
    assert "calls-a-day" in refused.stderr


def _record(**changes: object) -> CallRecord:
    at = make.utc("2026-11-24 15:10")
    whole = CallRecord(
        sid="CA1",  # type: ignore[arg-type]
        line="96111",
        arrived=at,
        answered_at=at,
        first_words_at=at,
        talks=(),
        ended_at=at + timedelta(minutes=1),
        ended_by=EndedBy.CALLER,
        transcript=(),
        longest_silence=timedelta(seconds=2),
        message=None,
        errors=(),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_a_call_that_ended_with_an_outcome_is_not_stranded() -> None:
    assert not Played(_record(), Outcome.LEFT).stranded


@pytest.mark.parametrize(
    "call",
    [
        Played(_record(), None),
        Played(_record(ended_at=None), Outcome.LEFT),
        Played(_record(ended_by=EndedBy.CARRIER_ERROR), Outcome.LEFT),
        Played(_record(longest_silence=timedelta(seconds=16)), Outcome.LEFT),
    ],
    ids=["no-outcome", "never-ended", "application-error", "silence"],
)
def test_a_caller_who_was_let_down_counts_as_stranded(call: Played) -> None:
    assert call.stranded
    assert not Verdict([call], []).sound


def test_a_double_booked_person_makes_a_night_unsound(rung_twice: LegRecord) -> None:
    assert not Verdict([], [(rung_twice, rung_twice)]).sound


@pytest.fixture
def rung_twice() -> LegRecord:
    at = make.utc("2026-11-24 15:10")
    return LegRecord(
        sid="CA2",  # type: ignore[arg-type]
        address="client:ada",
        shown="96111",
        parent=None,
        asked_at=at,
        rung_at=at,
        answered_at=None,
        talks=(),
        ended_at=None,
        ended_by=None,
        outcome="ringing",
        behaviour="accepts",
        keys="",
        rung_while_busy=False,
        transcript=(),
        errors=(),
    )


def test_the_demo_works_as_a_program_of_its_own(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "webhooks.main", "--config", str(CONFIG), "demo", "--once",
             "--calls-a-day", "3"]  # fmt: skip
    ran = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert "0 stranded, 0 double-booked" in ran.stdout
    assert not list(tmp_path.iterdir())  # nothing is left behind
