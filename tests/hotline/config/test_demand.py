"""What of the expected calls is refused at the start, and what is fine."""

from pathlib import Path
from typing import Final

import pytest

from hotline.config import ConfigError, settings_from
from hotline.config.contradictions.demand import month_and_day
from hotline.config.tables.demand import Targets
from tests.hotline.config.tiny import TINY, loaded

DEMAND: Final = """
[demand]
talk_minutes = 30
patience_minutes = 3.0
share = 0.9
within_seconds = 15
busy = 0.2
calls_a_day = 8
country = "CN"
[[demand.seasons]]
name = "winter"
first = "12-20"
last = "02-29"
factor = 1.3
[[demand.seasons]]
name = "festival"
festival = "Spring Festival"
factor = 1.0
"""
BY_FORECAST: Final = TINY.replace(
    'certificates = ["crisis"]', 'certificates = ["crisis"]\ntargets = "forecast"'
)
NOTICE: Final = """
announced = 2026-11-05
[years.2027]
workdays = [2027-02-20]
[years.2027.holidays]
"Spring Festival" = [2027-02-05, 2027-02-06]
"""


def said(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refused:
        loaded(text)
    return refused.value.problems


def test_a_desk_may_go_by_the_forecast_and_a_line_say_what_to_expect() -> None:
    settings = loaded(BY_FORECAST.replace("[[lines]]", "[[lines]]\ncalls_a_day = 0") + DEMAND)

    assert settings.desks[0].targets is Targets.FORECAST
    assert settings.lines[0].calls_a_day == 0
    assert settings.demand is not None
    assert [season.name for season in settings.demand.seasons] == ["winter", "festival"]


def test_a_site_without_expectations_goes_by_cover() -> None:
    settings = loaded(TINY)
    assert settings.demand is None
    assert settings.desks[0].targets is None


def test_a_desk_cannot_go_by_a_forecast_of_nothing() -> None:
    assert said(BY_FORECAST) == ("desks[night].targets is forecast, but there is no table demand.",)


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("talk_minutes = 30", "talk_minutes = 0", "demand.talk_minutes must be more than 0"),
        ("talk_minutes = 30", "talk_minutes = 1441", "demand.talk_minutes must be more than 0"),
        ("patience_minutes = 3.0", "patience_minutes = 0", "demand.patience_minutes must be more"),
        ("share = 0.9", "share = 1", "demand.share must be more than 0 and less than 1, not 1.0."),
        ("share = 0.9", "share = 0", "demand.share must be more than 0"),
        ("within_seconds = 15", "within_seconds = -1", "demand.within_seconds must not be"),
        ("busy = 0.2", "busy = 2.1", "demand.busy must be from 0 to 2, not 2.1."),
        ("busy = 0.2", "busy = -0.1", "demand.busy must be from 0 to 2"),
        ("calls_a_day = 8", "calls_a_day = -1", "demand.calls_a_day must be from 0"),
        ('"CN"', '"China"', "demand.country is 'China'; write two capitals, like CN."),
        ("factor = 1.3", "factor = 0", "demand.seasons[winter].factor must be more than 0"),
        ('"12-20"', '"20 Dec"', "demand.seasons[winter].first must be a month and a day"),
        ('last = "02-29"', "", "demand.seasons[winter] has both first and last, or festival"),
        (
            'festival = "Spring Festival"',
            'first = "02-05"\nfestival = "Spring Festival"',
            "demand.seasons[festival] has both first and last, or festival alone.",
        ),
        ('"festival"', '"winter"', "demand.seasons names 'winter' 2 times"),
        ("busy = 0.2", "buzy = 0.2", "demand.buzy is unknown; did you mean busy?"),
        ("busy = 0.2", "", "demand.busy is missing."),
    ],
)
def test_what_cannot_be_expected_is_refused(right: str, wrong: str, sentence: str) -> None:
    assert right in DEMAND
    problems = said(TINY + DEMAND.replace(right, wrong, 1))
    assert [problem for problem in problems if problem.startswith(sentence)], problems


def test_a_line_cannot_expect_less_than_nothing() -> None:
    spoilt = TINY.replace("[[lines]]", "[[lines]]\ncalls_a_day = -2") + DEMAND
    assert said(spoilt) == ("lines[12355].calls_a_day must be from 0 to 100000, not -2.0.",)


def test_targets_come_from_cover_or_the_forecast_and_nothing_else() -> None:
    (problem,) = said(BY_FORECAST.replace('"forecast"', '"feeling"') + DEMAND)
    assert problem == "desks[night].targets must be 'cover' or 'forecast', not 'feeling'."


@pytest.mark.parametrize(
    ("text", "day"), [("03-01", (3, 1)), ("02-29", (2, 29)), ("02-30", None), ("3-1", None)]
)
def test_a_day_of_any_year_is_a_month_and_a_day(text: str, day: tuple[int, int] | None) -> None:
    assert month_and_day(text) == day


def written(folder: Path, overrides: str) -> Path:
    file = folder / "config.toml"
    file.write_text(TINY + DEMAND.replace("busy", f'overrides = "{overrides}"\nbusy', 1))
    return file


def test_overrides_are_found_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "days.toml").write_text(NOTICE)

    demand = settings_from(written(tmp_path, "days.toml")).demand

    assert demand is not None
    assert demand.overrides == str(tmp_path / "days.toml")


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        (None, "No such file"),
        (NOTICE.replace("2027-02-20", "2027-02-18"), "2027-02-18 is no weekend day"),
        ("announced =", "not TOML"),
    ],
)
def test_overrides_that_cannot_be_used_stop_the_program(
    tmp_path: Path, notice: str | None, sentence: str
) -> None:
    if notice:
        (tmp_path / "days.toml").write_text(notice)

    with pytest.raises(ConfigError, match=r"demand\.overrides: .*days\.toml cannot be used") as no:
        settings_from(written(tmp_path, "days.toml"))

    assert sentence in str(no.value)
