"""Does the benchmark of long rosters print what the auditor says?"""

import json
from pathlib import Path

import pytest

from benchmarks import rosters

PUBLIC = Path(__file__).parents[4] / "shared/data/rosters/shift_scheduling"


def test_each_file_gives_an_audited_row(capsys: pytest.CaptureFixture[str]) -> None:
    # when
    code = rosters.main([str(PUBLIC / "Instance2.txt"), "--seconds", "20", "--json"])
    # then
    (row,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (
        row.items()
        >= {
            "instance": "Instance2",
            "price": 828,
            "bound": 828,
            "status": "optimal",
            "breaches": [],
        }.items()
    )
    assert row["seconds"] >= 0


def test_a_file_with_a_mistake_is_named_and_the_others_are_solved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("SECTION_HORIZON\nsoon\n", encoding="utf-8")
    # when
    code = rosters.main([str(wrong), str(PUBLIC / "Instance2.txt")])
    # then
    said = capsys.readouterr()
    assert code == 2
    assert said.err.startswith("wrong.txt: there is no SECTION_SHIFTS")
    assert said.out.splitlines()[0].split()[:3] == ["instance", "price", "bound"]
    assert said.out.splitlines()[1].split()[:3] == ["Instance2", "828", "828"]
