"""The tests' own ground: is each database fresh, is the network closed, does lint bite?"""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError
from sqlmodel import select

from hotline.ports import system_clock
from hotline.store import Store
from hotline.store.tables import PaceRow

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_an_empty_database(store: Store, turn: str) -> None:
    with store.reading() as session:
        assert session.exec(select(PaceRow)).all() == []

    with store.writing() as session:
        session.add(PaceRow(name="legs", next=system_clock()))

    with store.reading() as session:
        assert [row.name for row in session.exec(select(PaceRow))] == ["legs"]


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_closed() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))  # an address set aside for documentation


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.parametrize(
    ("line", "file", "rule"),
    [
        (
            "import datetime\nnow = datetime.datetime.now(datetime.UTC)",
            "hotline/duty/answer.py",
            "TID251",
        ),
        ("from datetime import UTC, datetime\nx = datetime.now(UTC)", "webhooks/app.py", "TID251"),
        ("from datetime import date\nx = date.today()", "scheduling/solve.py", "TID251"),
        ("from time import time\nx = time()", "hotline/duty/answer.py", "TID251"),
        ("import os\nx = os.environ['KEY']", "hotline/duty/answer.py", "TID251"),
        ("from os import getenv\nx = getenv('KEY')", "webhooks/carrier.py", "TID251"),
        ("print('13800000000')", "hotline/duty/answer.py", "T201"),
    ],
)
def test_lint_refuses(line: str, file: str, rule: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--output-format=concise"]
    command += ["--stdin-filename", file, "-"]
    found = subprocess.run(command, input=line, capture_output=True, text=True, check=False)
    assert rule in found.stdout


SKIPPED_TEST = """
import pytest

def test_that_needs_something():
    pytest.skip("not here")
"""
SKIPPED_MODULE = "import pytest\npytest.importorskip('no_such_part')\n"


@pytest.mark.parametrize(
    ("source", "ci", "summary"),
    [
        (SKIPPED_TEST, "true", "1 failed"),
        (SKIPPED_MODULE, "true", "1 error"),
        (SKIPPED_TEST, "false", "1 skipped"),
        (SKIPPED_MODULE, "false", "1 skipped"),
    ],
)
def test_a_skip_is_a_failure_where_everything_must_be_tried(
    tmp_path: Path, source: str, ci: str, summary: str
) -> None:
    file = tmp_path / "test_sample.py"
    file.write_text(source)
    pytest_here = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    options = [f"--rootdir={ROOT}", f"--config-file={ROOT}/pyproject.toml", str(file)]

    found = subprocess.run(
        ["env", f"CI={ci}", *pytest_here, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert summary in found.stdout
