"""The benchmark of many desks: every place gives the same rosters, and missing input is told."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _many(*arguments: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "benchmarks.many", *arguments]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_place_gives_the_same_rosters_at_the_same_price(tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    rows = [f"{day},{hour},{1 + hour % 5}" for day in DAYS for hour in range(24)]
    calls.write_text("\n".join(["event_dow,event_hour,n", *rows]), encoding="utf-8")

    size = ("--desks", "3", "--people", "4", "--seconds", "600")
    ran = _many(*size, "--calls-file", str(calls), "--json")

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    places = [(row["place"], row["workers"]) for row in found]
    assert places == [("here", 1), ("processes", 1), ("processes", 2), ("cluster", 2)]
    assert all(row["same_rosters"] for row in found)
    assert len({row["price"] for row in found}) == 1
    assert {row["desks"] for row in found} == {3}


def test_missing_calls_are_refused() -> None:
    ran = _many("--calls-file", "none.csv")

    assert ran.returncode == 2
    assert "no file at none.csv" in ran.stderr
