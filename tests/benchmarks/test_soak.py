"""A short soak: real processes and a real PostgreSQL, some of what can break. Zeros, no seconds."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.postgresql import MissingPartError, programs
from benchmarks.soak.breaking import FAULTS
from tests.parts import lacking

ROOT = Path(__file__).parents[2]
SOME = (
    "web processes killed",
    "database restarted",
    "REST answers 500",
    "clock of a web host 5 min ahead",
)
ZERO = ("stranded", "double_booked", "ringing_for_nobody", "outcomes_missing")


@pytest.mark.postgresql
def test_whatever_breaks_nobody_is_stranded_double_booked_or_without_an_outcome() -> None:
    try:
        programs()
    except MissingPartError as missing:
        lacking(missing.part, missing.remedy)
    only = [word for fault in SOME for word in ("--only", fault)]
    asked = [sys.executable, "-m", "benchmarks.soak", "--minutes", "0.9", *only, "--json"]
    environ = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(asked, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert ran.stdout, ran.stderr
    told = json.loads(ran.stdout)
    assert sum(row["calls"] for row in told["faults"]) > 0
    wrong = [(row["fault"], name) for row in told["faults"] for name in ZERO if row[name]]
    assert wrong == [], ran.stderr
    assert told["still_bound"] == 0
    assert ran.returncode == 0


def test_each_fault_has_a_name_of_its_own() -> None:
    names = [fault.name for fault in FAULTS]

    assert len(set(names)) == len(names) > 20
    assert set(SOME) <= set(names)


def test_every_fault_is_documented_and_no_other() -> None:
    rows = (ROOT / "docs" / "soak.md").read_text(encoding="utf-8").partition("What breaks:")[2]
    named = re.findall(r"^\| `(.+)` \|", rows, re.MULTILINE)
    told = [name for row in named for name in row.split("`, `")]

    assert sorted(told) == sorted(fault.name for fault in FAULTS)


def test_an_unknown_fault_is_refused() -> None:
    asked = [sys.executable, "-m", "benchmarks.soak", "--only", "rain"]
    environ = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(asked, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert ran.returncode == 2
    assert "There is no fault rain." in ran.stderr
