"""What an operator may say of how long data are kept, and what is refused."""

from dataclasses import asdict

import pytest

from hotline.config import ConfigError, Settings
from hotline.config.tables.retention import Backups, Retention
from tests.hotline.config.tiny import TINY, loaded


def site(table: str = "", **days: int) -> Settings:
    """A site with such a table, or that keeps these kinds so many days and others as usual."""
    if days:
        kept = asdict(Retention()) | days
        table = "\n".join(["[retention]", *(f"{kind} = {age}" for kind, age in kept.items())])
    return loaded(TINY.replace("[serving]", f"{table}\n[serving]"))


def said(table: str = "", **days: int) -> tuple[str, ...]:
    """Everything the program says of it."""
    try:
        site(table, **days)
    except ConfigError as error:
        return error.problems
    return ()


def test_without_the_table_everything_is_as_in_the_sample() -> None:
    assert loaded().retention is None
    assert loaded().keeps == Retention()
    assert loaded().backups is None


def test_a_site_says_how_long() -> None:
    assert site(numbers=400, hashes=800).keeps == Retention(numbers=400, hashes=800)


def test_a_site_says_how_often_it_wants_a_backup() -> None:
    found = site("[backups]\nevery_hours = 6.0")
    assert found.backups == Backups(6.0)


@pytest.mark.parametrize(
    ("kind", "days", "problem"),
    [
        ("numbers", 29, "retention.numbers must be at least 30, not 29"),
        ("hashes", 34, "retention.hashes must be at least 35, not 34"),
        ("left", 0, "retention.left must be at least 1, not 0"),
        ("events", 36501, "retention.events must be at most 36500"),
        ("high_risk_notes", 1094, "must be at least retention.notes"),
        ("hashes", 364, "must be at least retention.numbers"),
    ],
)
def test_an_age_that_would_break_something_is_refused(kind: str, days: int, problem: str) -> None:
    assert any(problem in each for each in said("", **{kind: days}))


def test_backups_that_are_never_old_are_refused() -> None:
    assert said("[backups]\nevery_hours = 0.0") == (
        "backups.every_hours must be more than 0, not 0.",
    )
