"""Does the hotline start without what only its workers need?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
HEAVY: Final = ("ortools", "pandas", "twilio.rest")
RECKONING: Final = ("numpy", "statsmodels", "scipy")  # for the processes of jobs alone
WEB: Final = ("webhooks.app", "webhooks.serving.running", "webhooks.main")
LOADED: Final = "import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"
MODULES: Final = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for package in ("hotline", "webhooks")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts and path.stem != "__init__"
)


def loaded_by(*modules: str) -> set[str]:
    program = LOADED.format(module=", ".join(modules))
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


def test_the_hotline_starts_without_the_solver_and_the_rest_client() -> None:
    assert not loaded_by(*MODULES) & {*HEAVY}


def test_web_processes_load_nothing_that_reckons() -> None:
    assert not loaded_by(*WEB) & {*HEAVY, *RECKONING}


def test_what_reckons_would_be_noticed() -> None:
    assert not loaded_by("hotline.planning.doing").isdisjoint(RECKONING)


@pytest.mark.parametrize("heavy", ["ortools.sat.python.cp_model", "twilio.rest"])
def test_the_solver_and_the_rest_client_would_be_noticed(heavy: str) -> None:
    assert not loaded_by(heavy).isdisjoint(HEAVY)
