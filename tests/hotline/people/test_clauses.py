"""Can an agreement be read and written in Chinese?"""

import pytest

from hotline.people.agreement import CLAUSES, AgreementError, agreement_written
from hotline.people.clauses import in_chinese, in_english
from tests.hotline.console.reading import latin

CHINESE = (
    "每月最多 2 个夜班",
    "任意 28 天内最多 40 小时",
    "每月至少 3 个班次",
    "最多连续 4 天",
    "至少连续 2 天",
    "至少连续 2 个夜班",
    "每周连休 2 天",
    "不排夜班",
    "不排24小时值班",
    "不与 v07 同班",
    "只与 v12 同班",
    "自 2026-09-01 起",
)


@pytest.mark.parametrize(("english", "chinese"), [*zip(CLAUSES, CHINESE, strict=True)])
def test_every_sort_of_clause_reads_the_same_in_both_languages(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese
    assert in_english(chinese) == english
    assert agreement_written(chinese) == agreement_written(english)
    assert list(latin(chinese)) == []


def test_clauses_stand_between_semicolons_of_either_language() -> None:
    text = "每月最多1个夜班；每周连休2天; never with v07"

    assert in_english(text) == "at most 1 night a month; 2 days off in a row; never with v07"
    assert in_chinese(in_english(text)) == "每月最多 1 个夜班；每周连休 2 天；不与 v07 同班"


def test_what_is_no_clause_stays_and_is_refused() -> None:
    assert in_english("尽量少排") == "尽量少排"
    assert in_chinese("as few as possible") == "as few as possible"
    with pytest.raises(AgreementError, match="尽量少排"):
        agreement_written("尽量少排")


def test_half_hours_and_singulars_are_kept() -> None:
    assert in_chinese("at most 2.5 hours a week") == "每周最多 2.5 小时"
    assert in_english("每周最多1个周末") == "at most 1 weekend a week"
