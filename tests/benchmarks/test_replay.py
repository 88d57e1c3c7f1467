"""A day's log, replayed: who reached a person, and what a wrong log is told."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOG = """arrival,type,priority,outcome,q_time,ser_time,server,repeat_id
1999-01-04 09:00:00,PS,0,AGENT,5,60,1,-1
1999-01-04 09:00:01,PS,0,AGENT,0,45,2,-1
1999-01-04 09:00:02,PS,0,HANG,2,0,22,-1
1999-01-04 23:59:50,PS,0,AGENT,30,120,1,-1
1999-01-05 09:00:00,PS,0,AGENT,0,60,1,-1
"""


def _replay(log: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "benchmarks.replay", str(log), "--people", "3", *arguments]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)


def _written(path: Path, text: str = LOG) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def test_the_served_talk_the_impatient_leave_and_nobody_is_stranded(tmp_path: Path) -> None:
    ran = _replay(_written(tmp_path / "log.csv.gz"), "--day", "1999-01-04", "--json")

    found = json.loads(ran.stdout)
    assert ran.returncode == 0
    assert (found["calls"], found["answered"], found["left"], found["exits"]) == (4, 3, 1, 0)
    assert (found["stranded"], found["double_booked"]) == (0, 0)
    assert [row["hour"] for row in found["hours"]] == ["09:00", "23:00"]


def test_with_nobody_on_duty_every_caller_hears_the_exit(tmp_path: Path) -> None:
    log = _written(tmp_path / "log.csv.gz")
    ran = _replay(log, "--day", "1999-01-04", "--json", "--people", "0")

    found = json.loads(ran.stdout)
    assert (found["answered"], found["exits"], found["stranded"]) == (0, 4, 0)


def test_a_day_without_calls_is_refused(tmp_path: Path) -> None:
    ran = _replay(_written(tmp_path / "log.csv.gz"), "--day", "1999-02-01")

    assert ran.returncode == 2
    assert "has no call on 1999-02-01" in ran.stderr


def test_a_log_without_its_columns_is_refused(tmp_path: Path) -> None:
    ran = _replay(_written(tmp_path / "log.csv.gz", "when,what\n"), "--day", "1999-01-04")

    assert ran.returncode == 2
    assert "lacks the columns" in ran.stderr


def test_a_log_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ran = _replay(tmp_path / "none.csv.gz", "--day", "1999-01-04")

    assert ran.returncode == 2
    assert "cannot be read" in ran.stderr
