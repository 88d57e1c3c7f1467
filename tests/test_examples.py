"""Do the commands that the documents show work as they are written?"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from hotline.cli.context import Surroundings
from hotline.privacy import new_data_key
from webhooks.main import commands

ROOT: Final = Path(__file__).parent.parent
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE: Final = re.compile(r"^```(.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)
IN_A_SENTENCE: Final = re.compile(r"`(hotline [^`]+)`")
PYTHON: Final = ".venv/bin/python "
KEYS: Final = {"HOTLINE_DATA_KEY": new_data_key(), "HOTLINE_SECRET_KEY": "hush"}
RUN: Final = "sh run"  # what stands behind the fence of a block that is run here, in order


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def written(path: Path) -> Iterator[list[str]]:
    """Every `hotline ...` of a document, as words."""
    fences = [line for _, block in FENCE.findall(text_of(path)) for line in block.splitlines()]
    typed = [line for line in fences if line.startswith("hotline ")]
    for line in (*typed, *IN_A_SENTENCE.findall(text_of(path))):
        yield shlex.split(re.split(r" [>|] ", line)[0], comments=True)[1:]


def to_run(path: Path) -> list[str]:
    blocks = [block for kind, block in FENCE.findall(text_of(path)) if kind == RUN]
    return [line for block in blocks for line in block.splitlines()]


def type_in(words: list[str], environ: dict[str, str]) -> Result:
    return CliRunner().invoke(commands, words, obj=Surroundings(environ))


def run(line: str) -> str:
    """What a line of a document prints. Fails the test unless it succeeds."""
    if line.startswith(PYTHON):
        words = [sys.executable, *shlex.split(line)[1:]]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout
    words = shlex.split(line)
    environ = dict(word.split("=", 1) for word in words[: words.index("hotline")])
    result = type_in(words[len(environ) + 1 :], KEYS | environ)
    assert result.exit_code == 0, f"{line}: {result.output}"
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a checkout, without a database, to type commands in."""
    for name in ("config.toml", "hotline"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_command_in_a_document_is_understood(path: Path) -> None:
    for words in written(path):
        result = type_in([*words, "--help"], {})
        assert result.exit_code == 0, f"hotline {' '.join(words)}: {result.output}"


@pytest.mark.parametrize("words", [["roster", "mend"], ["who", "--when", "now"], ["cure"]])
def test_a_command_that_we_do_not_have_would_be_noticed(words: list[str]) -> None:
    assert type_in([*words, "--help"], {}).exit_code == 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_arguments_of_make_demo_are_understood(path: Path) -> None:
    for quoted, bare in re.findall(r'make demo ARGS=(?:"([^"]*)"|(\S+?))`', text_of(path)):
        assert type_in(["demo", *shlex.split(quoted or bare), "--help"], {}).exit_code == 0


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_modules_that_are_run_exist(path: Path) -> None:
    for module in re.findall(r"-m ((?:benchmarks|scripts|webhooks)[\w.]*)", text_of(path)):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


@pytest.mark.usefixtures("folder")
def test_the_first_evening_goes_as_it_is_written() -> None:
    lines = to_run(ROOT / "docs" / "operating.md")
    assert len(lines) > 10

    said = [run(line) for line in lines]

    assert "60 added" in said[1]
    assert "Would be rung" in said[7]
    assert any("was brought from step 0003" in each for each in said)
    shown = any("nanjing 南京席: published" in each for each in said)
    assert shown, "the backup holds something else"


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
@pytest.mark.usefixtures("folder")
def test_nothing_that_answers_calls_starts_half_ready(command: str) -> None:
    assert "hotline init" in type_in([command], {}).stderr
    run("hotline init")
    refused = type_in([command], {})
    assert 'carrier.kind = "practice"' in refused.stderr
    assert refused.exit_code == 2
