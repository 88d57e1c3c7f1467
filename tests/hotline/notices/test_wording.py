"""One notice, as a reader of Chinese and a reader of English are told it."""

import json
from dataclasses import replace

import pytest

from hotline.config.settings import DeskName, Language, LineName, Title
from hotline.notices.facts import At, AtDesk, Duties, Fact, OnLine, Phrases, fact_read, fact_written
from hotline.notices.wording import Reader, telling
from hotline.oversight.alarms import NoticeKind
from tests import make

DAY = replace(make.desk("day"), title=Title("日间席位", "Day desk"))
SITE = make.settings(
    desks=[DAY], lines=[replace(make.line("96111"), title=Title("南京热线", "Nanjing line"))]
)
NOW = make.utc("2026-11-28 15:30")  # half past eleven at night there
EVENING, NIGHT = make.utc("2026-11-29 10:00"), make.utc("2026-12-01 14:00")
FACTS: tuple[Fact, ...] = (
    "ada",
    7,
    At(NIGHT),
    AtDesk(DAY.name),
    OnLine(LineName("96111")),
    Phrases(("how_swap_page", "how_swap_text")),
    Duties(((At(EVENING), AtDesk(DAY.name)), (At(NIGHT), AtDesk(DeskName("night"))))),
)


def told(kind: NoticeKind, language: Language, **facts: Fact) -> str:
    return telling(kind, facts, Reader(SITE, language, NOW)).words


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_a_fact_is_kept_as_json_and_read_back(fact: Fact) -> None:
    assert fact_read(json.loads(json.dumps({"a": fact}, default=fact_written))["a"]) == fact
    assert fact_read(fact_written(fact)) == fact


def test_a_line_and_an_hour_are_told_in_the_language_of_the_reader() -> None:
    facts: dict[str, Fact] = {
        "message": 7, "seconds": 20, "due": At(EVENING), "line": OnLine(LineName("96111"))
    }  # fmt: skip
    title = SITE.lines[0].title

    english = told(NoticeKind.MESSAGE, Language.EN, **facts)
    chinese = told(NoticeKind.MESSAGE, Language.ZH, **facts)

    assert title.en in english
    assert "tomorrow at 18:00" in english
    assert chinese == f"{title.zh}有一条新留言（7号，20秒），请在明天晚上六点之前答复。"


def test_what_left_the_configuration_meanwhile_is_told_by_its_name() -> None:
    gone: dict[str, Fact] = {
        "message": 7,
        "seconds": 20,
        "due": At(EVENING),
        "line": OnLine(LineName("12345")),
    }
    assert "12345" in told(NoticeKind.MESSAGE, Language.EN, **gone)
    duty: dict[str, Fact] = {"when": At(EVENING), "desk": AtDesk(DeskName("old"))}
    assert "at old" in told(NoticeKind.REPLACED, Language.EN, **duty)


def test_duties_are_told_one_after_another() -> None:
    said = told(NoticeKind.ROSTER, Language.ZH, week="2026-W49", duties=FACTS[-1])
    title = DAY.title.zh
    assert said.endswith(f"您的班次：明天晚上六点在{title}；12月1日晚上十点在night。")


def test_how_to_answer_is_told_by_every_way_there_is() -> None:
    words: dict[str, Fact] = {"name": "Bo", "when": At(EVENING), "desk": AtDesk(DAY.name)}
    how = Phrases(("how_swap_page", "how_swap_phone"))
    said = told(NoticeKind.COVER_ASKED, Language.ZH, **words, deadline=At(NIGHT), how=how)
    assert said.endswith("请在12月1日晚上十点之前答复：可在您的值班页面答复，或拨打值班电话按8。")


def test_what_was_posted_in_words_before_there_were_facts_is_told_as_it_is() -> None:
    said = told(NoticeKind.REPLACED, Language.EN, when="tonight at 22:00", desk="Nanjing desk")
    assert said == "Somebody else takes your duty tonight at 22:00 at Nanjing desk."


def test_an_alarm_and_the_name_of_the_site_are_in_the_language_of_the_reader() -> None:
    words = {"alarm": "unreachable", "subject": "ada"}
    site = Title("测试热线", "Test hotline")
    settings = make.settings()
    settings = replace(settings, site=replace(settings.site, title=site))
    chinese = telling(NoticeKind.ALARM, words, Reader(settings, Language.ZH, NOW))
    english = telling(NoticeKind.ALARM, words, Reader(settings, Language.EN, NOW))
    assert (chinese.title, english.title) == ("测试热线", "Test hotline")
    assert chinese.words == "ada的电话打不通，请联系本人核对号码。"
    assert english.words.startswith("The telephone of ada cannot be reached.")
