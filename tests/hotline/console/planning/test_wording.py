"""Is it told how far a rule yields, and for whom, in both languages?"""

from datetime import timedelta

import pytest
from flask import Flask

from hotline.config.settings import Language
from hotline.console.frame.words.wording import Words
from hotline.console.planning.wording import PlanWords
from hotline.planning.finding import eased_of
from hotline.planning.found import FoundRepair, KeptOut
from hotline.rosters.reasons.told_first import Reason
from scheduling.problem import Cap, Period, Unit
from scheduling.repairing.changes import ChangeKind
from scheduling.repairing.easing import Easing
from tests.hotline.console import scene
from tests.hotline.console.accounts.conftest import app, store, watch
from tests.scheduling import make

__all__ = ["app", "store", "watch"]
MONTH = Cap(Unit.NIGHTS, Period.MONTH, 2)
FOUR_WEEKS = Cap(Unit.HALF_HOURS, Period.ROLLING, 24, days=28)
HOURS = (timedelta(hours=12), timedelta(hours=15.5))
YIELDS = [
    (Easing("ada", "days running", 2, 3), "连续3天", "3 instead of 2 days running"),
    (Easing("ada", "days off in a row", 2, 1), "连休1天", "1 instead of 2 days off in a row"),
    (
        Easing("ada", "most in a period", 2, 3, cap=MONTH),
        "本月3个夜班（原为2个）",
        "in the month: 3 instead of 2 nights",
    ),
    (
        Easing("ada", "most in a period", *HOURS, cap=FOUR_WEEKS),
        "28 天内15.5小时（原为12小时）",
        "in 28 days: 15.5 instead of 12 h",
    ),
    (
        Easing("ada", "most in a period", 1, 2, cap=Cap(Unit.FULL_DAYS, Period.WEEK, 1)),
        "2个24小时值班（原为1个）",
        "in the week: 2 instead of 1 24-hour duties",
    ),
    (
        Easing("ada", "most in a period", 1, 2, cap=Cap(Unit.WEEKENDS, Period.MONTH, 1)),
        "2个周末（原为1个）",
        "in the month: 2 instead of 1 weekends",
    ),
]


def spoken(language: Language) -> PlanWords:
    return PlanWords(Words(scene.settings(), language, scene.BUSY), {"ada": "陈静", "bo": "李明"})


def relaxing(*easings: Easing) -> FoundRepair:
    people = tuple(dict.fromkeys(each.person for each in easings))
    eased = tuple(map(eased_of, easings))
    shift, nothing = make.shift("mon", 8, 12), ((), (), (), (), (), ())
    return FoundRepair(ChangeKind.RELAX, people, shift, None, eased, True, *nothing)


@pytest.mark.parametrize(("easing", "chinese", "english"), YIELDS)
def test_a_rule_that_yields_is_told_in_both_languages(
    app: Flask, easing: Easing, chinese: str, english: str
) -> None:
    for language, said in ((Language.ZH, chinese), (Language.EN, english)):
        with app.test_request_context(f"/?lang={language}"):
            assert said in spoken(language).change(relaxing(easing))


def test_of_two_people_it_is_told_whose_limits_yield(app: Flask) -> None:
    repair = relaxing(
        Easing("ada", "most shifts a week", 3, 4),
        Easing("ada", "most nights a week", 1, 2),
        Easing("bo", "most shifts a week", 2, 3),
    )
    with app.test_request_context("/?lang=en"):
        assert (
            "(陈静: 4 instead of 3 shifts, 2 instead of 1 nights; 李明: 3 instead of 2 shifts)"
        ) in spoken(Language.EN).change(repair)


@pytest.mark.parametrize(
    ("rule", "chinese", "english"),
    [
        (
            "never together",
            "不与陈静同班，而对方在班上",
            "never sits together with 陈静, who is there",
        ),
        (
            "always together",
            "只与陈静同班，而对方不在",
            "comes only together with 陈静, who is not there",
        ),
    ],
)
def test_who_is_kept_out_by_somebody_else_is_told_by_whom(
    app: Flask, rule: str, chinese: str, english: str
) -> None:
    group = KeptOut((Reason(rule, "ada"),), ("bo",), 0)
    for language, said in ((Language.ZH, chinese), (Language.EN, english)):
        with app.test_request_context(f"/?lang={language}"):
            assert said in spoken(language).reasons(group)


def test_an_easing_travels_without_loss() -> None:
    for easing, _chinese, _english in YIELDS:
        assert eased_of(easing).easing() == easing
