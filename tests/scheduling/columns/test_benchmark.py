"""Does the benchmark of long rosters print what the auditor says?"""

import json
from pathlib import Path

import pytest

from benchmarks import rosters
from benchmarks.instances import Size, text


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> Path:
    """Two weeks of six people, made up: the public files are not ours to ship."""
    file = tmp_path / "Made.txt"
    file.write_text(text(Size(2, 6, 2), seed=1), encoding="utf-8")
    return file


def test_each_file_gives_an_audited_row(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # when
    code = rosters.main([str(made), "--seconds", "600", "--json"])
    # then
    (row,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (
        row.items()
        >= {
            "instance": "Made",
            "price": 1324,
            "bound": 1324,
            "status": "optimal",
            "breaches": [],
        }.items()
    )
    assert row["seconds"] >= 0


def test_a_file_with_a_mistake_is_named_and_the_others_are_solved(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("SECTION_HORIZON\nsoon\n", encoding="utf-8")
    # when
    code = rosters.main([str(wrong), str(made), "--seconds", "600"])
    # then
    said = capsys.readouterr()
    assert code == 2
    assert said.err.startswith("wrong.txt: there is no SECTION_SHIFTS")
    assert said.out.splitlines()[0].split()[:3] == ["instance", "price", "bound"]
    assert said.out.splitlines()[1].split()[:3] == ["Made", "1324", "1324"]


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_refused(
    seconds: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        rosters.main([str(made), f"--seconds={seconds}"])

    assert stopped.value.code == 2
    assert f"a number of seconds above 0 is asked for, not {seconds}" in capsys.readouterr().err
