"""Do the documents say what is there?"""

import re
import subprocess
from pathlib import Path
from typing import Final

import click
import pytest

import webhooks.main  # noqa: F401 - adds the commands that speak HTTP
from hotline.cli import commands

ROOT: Final = Path(__file__).parent.parent
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ADRS: Final = sorted((ROOT / "docs" / "adr").glob("*.md"))
LOCKS: Final = sorted((ROOT / "requirements").glob("*.lock"))
WORDS: Final = (
    "line", "desk", "call", "leg", "wave", "whisper", "bridge", "wrap-up", "note", "follow-up",
    "referral", "escalation", "shift", "slot", "coverage target", "demand", "roster", "assignment",
    "gap", "draft", "published", "pinned", "on duty", "standby", "swap", "override", "absence",
    "rule", "wish", "breach",
)  # fmt: skip


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def versions(lock: Path) -> dict[str, str]:
    text = lock.read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))


def is_command(name: str, below: str) -> bool:
    command = commands.commands.get(name)
    return below in command.commands if isinstance(command, click.Group) else command is not None


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains(word: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| \*\*{word}\*\* \| \w+", glossary, flags=re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    here = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    assert [link for link in here if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("adr", ADRS, ids=named)
def test_a_decision_is_told_in_25_lines(adr: Path) -> None:
    text = adr.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", adr.name)
    assert len(text.splitlines()) <= 25
    assert "econsider" in text


def test_decisions_are_numbered_without_holes() -> None:
    assert [int(adr.name[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    documents = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in documents if f"]({name})" not in index] == []


def test_make_help_lists_every_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^make ([a-z-]+)", said.stdout, flags=re.MULTILINE)) == targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_documents_name_only_targets_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE)) <= targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_documents_name_only_commands_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    written = re.findall(r"(?:^|`)hotline ([a-z-]+)(?: ([a-z-]+))?", text, flags=re.MULTILINE)
    assert [words for words in written if not is_command(*words)] == []


def test_the_readme_names_folders_that_exist() -> None:
    table = re.findall(r"^\| `([^`]+)`", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    assert table
    assert [name for name in table if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)


def test_both_locks_agree() -> None:
    run, dev = (ROOT / "requirements" / name for name in ("run.lock", "dev.lock"))
    assert versions(run).items() <= versions(dev).items()


def test_continuous_integration_runs_make_test() -> None:
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in commands if "make" in line] == ["CI=true exec make test"]
