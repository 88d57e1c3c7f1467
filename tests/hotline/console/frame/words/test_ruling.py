"""Does every rule say in both languages what it forbids, and with which numbers?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from hotline.config.settings import Language
from hotline.console.frame.words.ruling import FORBIDS, RuleWords
from hotline.console.frame.words.wording import Words
from scheduling.problem import Cap, Period, Unit
from scheduling.roster import Amount, Breach
from scheduling.rules import RULES, Refusal
from scheduling.rules.personal.rest import RESTED
from tests.hotline.console import scene
from tests.hotline.console.reading import latin

NINE = scene.local(2, 9)
SAID = {  # by rule: what a breach knows, and what is said of it
    "own desk": (Breach("own desk", "ada", "", about="youth"), "青少年席位", "Youth desk"),
    "valid certificates": (
        Breach("valid certificates", "ada", "", at=NINE, about="crisis"),
        "危机模块，有效期到 11月25日周三 09:00",
        "crisis module until Wed, Nov 25 09:00",
    ),
    "availability": (Breach("availability", "ada", ""), "", ""),
    "exemptions": (Breach("exemptions", "ada", "", about="24h"), "24小时值班", "24-hour duty"),
    "absences": (
        Breach("absences", "ada", "", at=NINE),
        "请假到 11月25日周三 09:00",
        "away until Wed, Nov 25 09:00",
    ),
    "one place at a time": (
        Breach("one place at a time", "ada", "", at=NINE),
        "另一班次到 11月25日周三 09:00 结束",
        "in another shift until Wed, Nov 25 09:00",
    ),
    "rest between shifts": (
        Breach("rest between shifts", "ada", "", at=NINE, amount=Amount(3.5, 11)),
        "须休息到 11月25日周三 09:00，两班之间只有 3.5 小时，至少 11 小时",
        "rests until Wed, Nov 25 09:00, 3.5 h between the two, at least 11",
    ),
    "most shifts a week": (
        Breach("most shifts a week", "ada", "", amount=Amount(6, 5)),
        "共 6 个班次，最多 5 个",
        "6 shifts, at most 5",
    ),
    "most hours a week": (
        Breach("most hours a week", "ada", "", amount=Amount(14, 12)),
        "共 14 小时，最多 12 小时",
        "14 h, at most 12",
    ),
    "most nights a week": (
        Breach("most nights a week", "ada", "", amount=Amount(3, 2)),
        "共 3 个夜班，最多 2 个",
        "3 nights, at most 2",
    ),
    "nights running": (
        Breach("nights running", "ada", "", amount=Amount(3, 2)),
        "共 3 个夜班，最多 2 个",
        "3 nights, at most 2",
    ),
    "most in a period": (
        Breach(
            "most in a period",
            "ada",
            "",
            amount=Amount(2, 1, Cap(Unit.FULL_DAYS, Period.MONTH, 1)),
        ),
        "本月共 2 个24小时值班，最多 1 个",
        "in the month: 2 24-hour duties, at most 1",
    ),
    "days running": (
        Breach("days running", "ada", "", amount=Amount(7, 6)),
        "连续 7 天，最多 6 天",
        "7 days, at most 6",
    ),
    "days off in a row": (
        Breach("days off in a row", "ada", "", amount=Amount(1, 2)),
        "至少连休 2 天",
        "at least 2 days",
    ),
    "room in the shift": (
        Breach("room in the shift", None, "", amount=Amount(4, 3)),
        "最多 3 人",
        "at most 3",
    ),
    "few newcomers": (
        Breach("few newcomers", None, "", amount=Amount(2, 1)),
        "最多 1 人",
        "at most 1",
    ),
    "beside a mentor": (
        Breach("beside a mentor", None, "", amount=Amount(1, 2)),
        "每位带教最多带 2 人",
        "at most 2 for each mentor",
    ),
    "never together": (
        Breach("never together", None, "", about="ada bo"),
        "陈静和bo",
        "陈静 and bo",
    ),
    "always together": (
        Breach("always together", "bo", "", about="ada"),
        "只与陈静同班",
        "comes only with 陈静",
    ),
    "pins": (Breach("pins", "ada", ""), "", ""),
}


def spoken(language: Language) -> RuleWords:
    return RuleWords(Words(scene.settings(), language, scene.BUSY), {"ada": "陈静"})


def test_every_rule_of_the_policy_has_words() -> None:
    assert {rule.name for rule in RULES} <= FORBIDS.keys() == SAID.keys()


@pytest.mark.parametrize("rule", SAID)
def test_a_breach_is_told_with_its_numbers_in_both_languages(app: Flask, rule: str) -> None:
    breach, chinese, english = SAID[rule]
    for language, said in ((Language.ZH, chinese), (Language.EN, english)):
        with app.test_request_context(f"/?lang={language}"):
            words = spoken(language)
            assert words.detail(breach) == said
            assert said in words.sentence(breach)
            assert language is Language.EN or list(latin(words.forbids(rule))) == []


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal("most hours a week", "", amount=Amount(12, 12)), "at 12 of 12 h"),
        (Refusal("most shifts a week", "", amount=Amount(2, 2)), "at 2 of 2 shifts"),
        (Refusal("most nights a week", "", amount=Amount(1, 1)), "at 1 of 1 nights"),
        (Refusal("rest between shifts", "", at=NINE), "rests until Wed, Nov 25 09:00"),
        (
            Refusal("rest between shifts", "", at=NINE, about=RESTED),
            "has to be rested at Wed, Nov 25 09:00",
        ),
        (Refusal("nights running", "", amount=Amount(3, 2)), "3 nights, at most 2"),
    ],
)
def test_who_cannot_come_is_told_with_what_they_gave_already(
    app: Flask, refusal: Refusal, said: str
) -> None:
    with app.test_request_context("/?lang=en"):
        assert spoken(Language.EN).detail(refusal) == said


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("period", Period)
def test_every_cap_has_words(app: Flask, unit: Unit, period: Period) -> None:
    amount = Amount(2, 1, Cap(unit, period, 1, days=28 if period is Period.ROLLING else 0))
    refusal = Refusal("most in a period", "", about="2 of 1", amount=amount)
    breach = Breach("most in a period", "ada", "", amount=amount)
    with app.test_request_context("/?lang=zh"):
        for found in (refusal, breach):
            said = spoken(Language.ZH).detail(found)
            assert "2" in said
            assert list(latin(said)) == []


def test_who_is_named_beside_it_is_not_named_again(app: Flask) -> None:
    breach, _chinese, _english = SAID["most hours a week"]
    with app.test_request_context("/?lang=zh"):
        words = spoken(Language.ZH)
        assert words.sentence(breach, "ada") == ("本周时数已达约定上限（共 14 小时，最多 12 小时）")
        assert words.sentence(breach).startswith("陈静：")


def test_an_instant_far_away_is_told_with_its_year(app: Flask) -> None:
    breach, _chinese, _english = SAID["absences"]
    far = replace(breach, at=NINE + timedelta(days=400))
    with app.test_request_context("/?lang=zh"):
        assert spoken(Language.ZH).detail(far) == "请假到 2027年12月30日 09:00"
