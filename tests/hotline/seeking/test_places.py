"""What does a visitor see first, and is anything hidden from them?"""

from dataclasses import replace

from hotline.config.settings import LineName, Title
from hotline.config.tables.lines import Audience
from hotline.seeking.places import Place, Sorted, Wanted, places, slug_of, sorted_for
from hotline.seeking.standing import LineStands
from tests import make

NANJING, SUZHOU, JIANGSU = (
    Title("南京", "Nanjing"),
    Title("苏州", "Su Zhou"),
    Title("江苏", "Jiangsu"),
)
CITY = replace(make.line("city", desks=("city", "province")), city=NANJING)
PARENTS = replace(CITY, name=LineName("parents"), for_whom=(Audience.PARENT,))
OTHER = replace(make.line("other", desks=("other", "province")), city=SUZHOU)
WIDE = replace(make.line("wide", desks=("province",)), city=JIANGSU)
SITE = make.settings(lines=(CITY, PARENTS, OTHER, WIDE))
PLACE = Place("nanjing", NANJING)


def seen(wanted: Wanted, shut: tuple[str, ...] = (), busy: tuple[str, ...] = ()) -> Sorted:
    stands = [
        LineStands(line, line.name not in shut, free=line.name not in busy) for line in SITE.lines
    ]
    return sorted_for(wanted, stands, SITE)


def names(stands: tuple[LineStands, ...]) -> list[str]:
    return [each.line.name for each in stands]


def test_who_says_nothing_sees_every_line() -> None:
    found = seen(Wanted(), shut=("city", "wide"))
    assert names(found.answering) == ["parents", "other"]
    assert names(found.shut) == ["city", "wide"]
    assert (found.held, found.elsewhere) == ((), ())


def test_lines_of_the_place_and_those_for_all_places_come_first() -> None:
    found = seen(Wanted(place=PLACE))
    assert names(found.answering) == ["city", "parents", "wide"]
    assert names(found.elsewhere) == ["other"]


def test_a_line_for_others_is_not_hidden_while_it_answers() -> None:
    found = seen(Wanted(place=PLACE, who=Audience.PUPIL))
    assert names(found.answering) == ["city", "wide"]
    assert names(found.elsewhere) == ["parents", "other"]
    assert names(seen(Wanted(who=Audience.PARENT)).answering) == [
        "city",
        "parents",
        "other",
        "wide",
    ]


def test_the_line_of_the_card_stands_apart_and_once() -> None:
    found = seen(Wanted(line=LineName("other"), place=PLACE))
    assert names(found.held) == ["other"]
    assert names(found.elsewhere) == []


def test_whose_people_are_free_comes_before_whose_all_talk() -> None:
    assert names(seen(Wanted(), busy=("city",)).answering) == ["parents", "other", "wide", "city"]


def test_places_are_named_once_and_can_stand_in_addresses() -> None:
    assert [place.slug for place in places(SITE)] == ["nanjing", "su-zhou", "jiangsu"]
    assert slug_of(Title("南京", "!")) == "place"
