"""What a line asks, which key answers what, and how a wish is spoken of."""

from dataclasses import replace

import pytest

from hotline.calls.arrival.questions import answered, prompts, questions_of, wished
from hotline.calls.wait.wishes import NO_WISH, Part, Wish
from hotline.config.settings import Language
from hotline.config.tables.lines import Asks
from hotline.duty import Gender
from tests import make

ZH, EN = Language.ZH, Language.EN
ALL = Asks(language=True, minors="child", gender=True, dialects=("wu", "yue"))
LINE = replace(make.line(languages=(ZH, EN)), asks=ALL)
PLAIN = make.line()
SITE = replace(make.settings(), dialects={"wu": make.title("吴语"), "yue": make.title("粤语")})


def test_a_line_asks_only_what_it_is_set_to_and_the_language_first() -> None:
    assert questions_of(PLAIN) == ()
    assert questions_of(LINE) == (Part.LANGUAGE, Part.MINOR, Part.GENDER, Part.DIALECT)


def test_each_language_is_offered_in_itself_and_each_key_is_named() -> None:
    spoken = [(each.language, each.words) for each in prompts(Part.LANGUAGE, LINE, SITE)]
    assert spoken == [(ZH, "说中文请按1。"), (EN, "For English press 2.")]
    assert [each.words for each in prompts(Part.DIALECT, LINE, SITE)] == [
        "说吴语请按1。",
        "说粤语请按2。",
        "否则请稍等。",
    ]
    for question, word in ((Part.MINOR, "未满18岁，请按1"), (Part.GENDER, "女老师请按1")):
        assert word in "".join(each.words for each in prompts(question, LINE, SITE))
    assert prompts(Part.DIALECT, PLAIN, SITE) == prompts(Part.DIALECT, LINE, SITE)[-1:]


@pytest.mark.parametrize(
    ("question", "digits", "wish"),
    [
        (Part.LANGUAGE, "2", Wish(language=EN)),
        (Part.LANGUAGE, "3", NO_WISH),
        (Part.MINOR, "1", Wish(minor="child")),
        (Part.MINOR, "2", NO_WISH),
        (Part.GENDER, "1", Wish(gender=Gender.WOMAN)),
        (Part.GENDER, "2", Wish(gender=Gender.MAN)),
        (Part.GENDER, "", NO_WISH),
        (Part.GENDER, "0", NO_WISH),
        (Part.GENDER, "#", NO_WISH),
        (Part.GENDER, "¹", NO_WISH),
        (Part.DIALECT, "2", Wish(dialect="yue")),
        (Part.DIALECT, "9", NO_WISH),
    ],
)
def test_a_key_states_a_wish_and_any_other_none(question: Part, digits: str, wish: Wish) -> None:
    assert answered(question, LINE, digits, NO_WISH) == wish


def test_nothing_is_wished_of_a_line_that_no_longer_asks() -> None:
    assert answered(Part.DIALECT, PLAIN, "1", NO_WISH) == NO_WISH
    assert answered(Part.MINOR, PLAIN, "1", NO_WISH) == NO_WISH


@pytest.mark.parametrize(
    ("wish", "zh", "en"),
    [
        (Wish(gender=Gender.WOMAN), "女老师", "a woman"),
        (Wish(gender=Gender.MAN), "男老师", "a man"),
        (Wish(minor="child"), "接听未成年人的老师", "somebody for callers under 18"),
        (Wish(language=EN), "说英语的老师", "somebody who speaks English"),
        (Wish(dialect="gone"), "说gone的老师", "somebody who speaks gone"),
        (
            Wish(dialect="wu", gender=Gender.WOMAN),
            "说吴语的老师或女老师",
            "somebody who speaks 吴语 or a woman",
        ),
    ],
)
def test_a_wish_is_spoken_of_by_what_it_asks_for(wish: Wish, zh: str, en: str) -> None:
    assert wished(wish.stated, wish, ZH, SITE) == zh
    assert wished(wish.stated, wish, EN, SITE) == en
