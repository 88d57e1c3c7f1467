"""The benchmark of rehearsals: counts and agreement, no seconds."""

import json

import pytest

from benchmarks import rehearsal

SMALL = ["--calls", "500", "--erlang-calls", "4000"]


def test_it_counts_the_calls_of_a_week_and_stands_beside_erlang_a(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert rehearsal.main([*SMALL, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    few, many = found["week"]
    assert 400 < few["calls"] < 700
    assert (few["people_at_once"], many["people_at_once"]) == (21, 35)
    assert 0.5 < few["answered"] <= many["answered"] <= 1
    assert [row["people"] for row in found["erlang_a"]] == [1, 2, 4, 3, 8]
    assert all(abs(row["abandoned_off"]) < 0.15 for row in found["erlang_a"])  # so few calls


def test_as_a_table_each_goal_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearsal.main(SMALL) == 0

    said = capsys.readouterr().out
    assert "week (goal: 10,000 calls in under 2 s of CPU)" in said
    assert "erlang_a (goal: every figure within 0.02 of the exact one)" in said
    assert "calls_a_second" in said


@pytest.mark.parametrize("wrong", [["--calls", "0"], ["--erlang-calls", "10"]])
def test_too_few_calls_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearsal.main(wrong) == 2
    assert "Give at least 1 call" in capsys.readouterr().err
