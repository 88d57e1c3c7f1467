"""What a line asks, how long its callers wait and where they are led: read, or refused."""

import pytest

from hotline.config.settings import Title
from tests.hotline.config.tiny import TINY, loaded, spoilt

LAST = 'desks = ["night"]'
PARTNER = """
[[partners]]
name = "police"
title = { zh = "警察", en = "the police" }
address = "tel:+442079460001"
"""
HOURS = '[[partners.hours]]\ndays = ["Mon"]\nstart = "08:00"\nend = "20:15"\n'
DIALECTS = '[dialects.wu]\nzh = "吴语"\nen = "Wu"\n'


def test_a_line_may_say_nothing_of_all_this() -> None:
    settings = loaded()
    assert (settings.lines[0].asks, settings.lines[0].onward) == (None, None)
    assert (settings.partners, settings.dialects) == (None, None)
    assert settings.longest_wait(settings.lines[0]) == 180
    assert settings.partner("police") is None


def test_all_of_it_is_read() -> None:
    asks = 'asks = { minors = "crisis", gender = true, dialects = ["wu"] }'
    line = f'{LAST}\nlongest_wait = 60\n{asks}\nonward = ["police"]\n'
    settings = loaded(TINY.replace(LAST, line) + PARTNER + HOURS + DIALECTS)

    (only,) = settings.lines
    assert settings.longest_wait(only) == 60
    assert only.asks is not None
    assert (only.asks.minors, only.asks.gender, only.asks.dialects) == ("crisis", True, ("wu",))
    police = settings.partner("police")
    assert police is not None
    assert police.hours is not None
    assert police.hours[0].end.minute == 15
    assert settings.dialects == {"wu": Title("吴语", "Wu")}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("longest_wait = 0", "lines[12355].longest_wait must be at least 1, not 0."),
        ("asks = { language = true }", "lines[12355].asks.language asks for one of several"),
        ('asks = { minors = "crisys" }', "lines[12355].asks.minors names 'crisys', which does"),
        ('asks = { dialects = ["wu"] }', "lines[12355].asks.dialects names 'wu', which does not"),
        ("asks = { age = true }", "lines[12355].asks.age is unknown; known here: language"),
        ('onward = ["12356"]', "lines[12355].onward names '12356', which does not exist; did you"),
        ('onward = ["12355"]', "lines[12355].onward holds the line itself."),
    ],
)
def test_what_a_line_cannot_ask_or_lead_to_is_refused(more: str, said: str) -> None:
    problems = spoilt(LAST, f"{LAST}\n{more}")
    assert problems
    assert problems[0].startswith(said)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"police"', '"Police"', "partners has the name 'Police'; use a-z"),
        ('"police"', '"12355"', "partners[12355] has the name of a line"),
        ('"tel:+442079460001"', '"client:ada"', "partners[police].address is 'client:ada', which"),
        ('["Mon"]', "[]", "partners[police].hours[1].days is empty"),
        ('"08:00"', '"08:00Z"', "partners[police].hours[1].start must be a time of the site's"),
    ],
)
def test_a_partner_that_cannot_be_is_refused(right: str, wrong: str, said: str) -> None:
    text = (PARTNER + HOURS).replace(right, wrong, 1)
    problems = spoilt(LAST, f"{LAST}\n{text}")
    assert problems
    assert problems[0].startswith(said)


def test_more_is_refused_of_lists() -> None:
    many = [f"d{n}" for n in range(5)]
    dialects = "".join(f'[dialects.{n}]\nzh = "{n}"\nen = "{n}"\n' for n in many)
    line = f'{LAST}\nasks = {{ dialects = {many} }}\nonward = ["police", "police"]\n'

    problems = spoilt(LAST, line + PARTNER + dialects)

    assert problems[0].startswith("lines[12355].asks.dialects holds more than 4")
    assert problems[1] == "lines[12355].onward holds something twice."
