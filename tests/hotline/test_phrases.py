"""Is everything said in both languages, short enough, and as people say it?"""

import tomllib
from dataclasses import replace
from datetime import datetime, time, timedelta
from importlib.resources import files
from string import Formatter

import pytest

from hotline.calls.arrival.questions import prompts, questions_of
from hotline.calls.keys import KEY_SECONDS
from hotline.config.settings import Language
from hotline.config.tables.lines import Asks
from hotline.phrases import digits, either, gist, lasting, phrase_keys, say, time_of_day, when
from hotline.practice.parties.speech import seconds_to_say
from tests import make
from tests.make import ANSWERING, LONDON, SHANGHAI

WORDS = {
    "line": {Language.ZH: "江苏省心理援助热线", Language.EN: "the Jiangsu helpline"},
    "emergency": {Language.ZH: "幺幺零或幺二零", Language.EN: "1 1 0 or 1 2 0"},
    "partner": {Language.ZH: "江苏省学生心理热线", Language.EN: "the students' helpline"},
    "ahead": {Language.ZH: "12", Language.EN: "12"},
    "low": {Language.ZH: "12", Language.EN: "12"},
    "high": {Language.ZH: "45", Language.EN: "45"},
}
WAITING = sorted(key for key in phrase_keys(Language.ZH) if key.startswith("waiting_"))
ZH, EN = Language.ZH, Language.EN


def _all_holes(language: Language) -> dict[str, set[str]]:
    text = files("hotline.phrases").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {
        key: {name for _, name, _, _ in Formatter().parse(sentence) if name}
        for key, sentence in tomllib.loads(text).items()
    }


def test_both_languages_have_the_same_sentences_with_the_same_holes() -> None:
    assert phrase_keys(ZH) == phrase_keys(EN)
    assert _all_holes(ZH) == _all_holes(EN)


def test_chinese_sentences_are_chinese() -> None:
    holes: dict[str, str | int] = dict.fromkeys(set().union(*_all_holes(ZH).values()), 1)
    for key in phrase_keys(ZH):
        if key.startswith(("alarm_", "notice_", "sms_")):
            continue  # read, not heard: a command or a code may stand in it
        words = say(key, ZH, **holes).words
        assert not any("a" <= sign <= "z" for sign in words.lower()), key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", WAITING)
def test_a_waiting_sentence_and_its_pause_fit_between_two_visits(
    key: str, language: Language
) -> None:
    words = {name: texts[language] for name, texts in WORDS.items()}
    seconds = seconds_to_say(say(key, language, **words).words)
    assert seconds + KEY_SECONDS <= ANSWERING.visit


@pytest.mark.parametrize("language", Language)
def test_the_greeting_takes_at_most_ten_seconds(language: Language) -> None:
    assert seconds_to_say(say("greeting", language, line=WORDS["line"][language]).words) <= 10


@pytest.mark.parametrize("language", Language)
def test_what_a_line_asks_takes_at_most_ten_seconds_a_question(language: Language) -> None:
    asks = Asks(True, "crisis", True, ("wu", "yue", "min", "hakka"))
    both = (language, *(each for each in Language if each is not language))
    line = replace(make.line(languages=both), asks=asks)
    for question in questions_of(line):
        asked = prompts(question, line, make.settings())
        assert sum(seconds_to_say(each.words) for each in asked) <= 10
    greeting = say("greeting_short", language, line=WORDS["line"][language])
    assert seconds_to_say(greeting.words) <= 5


@pytest.mark.parametrize("language", Language)
def test_words_about_a_wish_are_over_before_somebody_who_is_free_waits_8_seconds(
    language: Language,
) -> None:
    woman = say("wish_woman", language).words
    waited = lasting(timedelta(minutes=12), language)
    for key in ("wish_costs", "wish_costs_more"):
        seconds = seconds_to_say(say(key, language, who=woman, waited=waited).words)
        assert seconds <= ANSWERING.visit


@pytest.mark.parametrize("language", Language)
def test_last_words_to_a_volunteer_are_over_before_they_can_be_rung_again(
    language: Language,
) -> None:
    for key in ("taken", "caller_gone", "passed", "whisper_missed"):
        assert seconds_to_say(say(key, language).words) <= 4


def test_emergency_numbers_are_said_digit_by_digit() -> None:
    assert digits("110", ZH) == "幺幺零"
    assert digits("110", EN) == "1 1 0"
    assert either(("110", "120"), ZH) == "幺幺零或幺二零"
    assert either(("110", "120"), EN) == "1 1 0 or 1 2 0"


@pytest.mark.parametrize(
    ("instant", "zh", "en"),
    [
        ("2026-11-24 22:00", "今天晚上十点", "today at 22:00"),
        ("2026-11-25 08:30", "明天早上八点三十分", "tomorrow at 8:30"),
        ("2026-12-01 00:00", "12月1日凌晨零点", "on December 1 at 0:00"),
    ],
)
def test_a_time_to_come_is_said_by_the_sites_clock(instant: str, zh: str, en: str) -> None:
    now, then = make.local("2026-11-24 15:00"), make.local(instant)
    assert when(then, now, SHANGHAI, ZH) == zh
    assert when(then, now, SHANGHAI, EN) == en


@pytest.mark.parametrize(
    ("clock", "zh", "en"),
    [
        *(("00:00", "凌晨零点", "0:00"), ("00:30", "凌晨零点三十分", "0:30")),
        *(("02:05", "凌晨两点零五分", "2:05"), ("14:00", "下午两点", "14:00")),
        *(("08:10", "早上八点十分", "8:10"), ("11:21", "上午十一点二十一分", "11:21")),
        *(("12:00", "中午十二点", "12:00"), ("13:59", "下午一点五十九分", "13:59")),
        *(("18:20", "晚上六点二十分", "18:20"), ("22:02", "晚上十点零二分", "22:02")),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(clock: str, zh: str, en: str) -> None:
    assert time_of_day(time.fromisoformat(clock), ZH) == zh
    assert time_of_day(time.fromisoformat(clock), EN) == en


def test_no_two_minutes_of_a_day_sound_alike() -> None:
    minutes = [time(*divmod(minute, 60)) for minute in range(24 * 60)]
    said = {time_of_day(each, ZH) for each in minutes}

    assert len(said) == len(minutes)
    assert all(set(each) <= set("凌晨早上午中下晚零一两二三四五六七八九十点分") for each in said)


def test_tomorrow_is_the_sites_tomorrow_on_the_night_clocks_change() -> None:
    now: datetime = make.local("2026-10-24 23:30", LONDON)
    assert when(make.local("2026-10-25 08:00", LONDON), now, LONDON, EN) == "tomorrow at 8:00"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        *((-1, "0秒", "0 seconds"), (1, "1秒", "1 second"), (7.9, "7秒", "7 seconds")),
        (119, "119秒", "119 seconds"),
        *((120, "2分钟", "2 minutes"), (3599, "59分钟", "59 minutes")),
    ],
)
def test_how_long_something_has_lasted(seconds: float, zh: str, en: str) -> None:
    span = timedelta(seconds=seconds)
    assert (lasting(span, ZH), lasting(span, EN)) == (zh, en)


def test_what_was_said_can_be_read_without_what_filled_it() -> None:
    assert gist("greeting_short", Language.EN) == "Hello, this is …."
    assert gist("no-such-phrase", Language.EN) == "no-such-phrase"
