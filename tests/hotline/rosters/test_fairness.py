"""Nights and weekends of earlier weeks count against the average of those who share them."""

from hypothesis import given
from hypothesis import strategies as st

from hotline.rosters.fairness import beyond_share


def test_who_did_two_nights_more_than_the_others_starts_two_above() -> None:
    worked = ["ada", "ada", "ada", "bo", "cem", "cem"]

    assert beyond_share(worked, {"ada", "bo", "cem"}) == {"ada": 1, "bo": -1, "cem": 0}


def test_the_work_of_somebody_who_left_is_nobodys_debt() -> None:
    assert beyond_share(["eve", "eve", "eve"], {"ada", "bo"}) == {"ada": 0, "bo": 0}


def test_with_nobody_to_share_there_are_no_shares() -> None:
    assert beyond_share(["eve"], set()) == {}


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9), min_size=1))
def test_shares_balance_to_within_half_a_shift_each(counts: dict[str, int]) -> None:
    worked = [person for person, times in counts.items() for _ in range(times)]

    beyond = beyond_share(worked, counts.keys())

    assert abs(sum(beyond.values())) <= len(counts) / 2
