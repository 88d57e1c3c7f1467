"""Do the import contracts refuse what they are there to refuse?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("scheduling", "hotline", "webhooks")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("scheduling/roster.py", "import hotline.ports", "Arrows go one way"),
        ("hotline/ports.py", "import webhooks", "Arrows go one way"),
        ("scheduling/problem.py", "import flask", "Scheduling is pure"),
        ("scheduling/problem.py", "from sqlmodel import select", "Scheduling is pure"),
        ("hotline/ports.py", "from sqlalchemy import text", "Only hotline.store speaks SQL"),
        ("webhooks/__init__.py", "import sqlmodel", "Only hotline.store speaks SQL"),
        ("hotline/ports.py", "import twilio.rest", "Only webhooks speaks Twilio"),
        ("hotline/duty/answer.py", "from hotline.store import Store", "Deciding about calls"),
        ("hotline/config/settings.py", "import hotline.store", "Deciding about calls"),
    ],
)
def test_a_forbidden_import_is_refused(
    copy_of_the_house: Path, file: str, line: str, contract: str
) -> None:
    with (copy_of_the_house / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")

    found = contracts(copy_of_the_house)

    assert found.returncode == 1
    assert contract in found.stdout.split("Broken contracts")[1]


def test_the_house_keeps_its_contracts(copy_of_the_house: Path) -> None:
    found = contracts(copy_of_the_house)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_hides_from_the_contracts(package: str) -> None:
    folders = {module.parent for module in (ROOT / package).rglob("*.py")}
    hidden = [folder for folder in folders if not (folder / "__init__.py").exists()]
    assert hidden == [], "a folder without __init__.py is not looked into"


def test_every_module_has_a_name_of_its_own() -> None:
    nameless = {"utils", "util", "helpers", "common", "manager", "handler", "base", "core"}
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert [path for path in modules if {path.stem, path.parent.name} & nameless] == []
