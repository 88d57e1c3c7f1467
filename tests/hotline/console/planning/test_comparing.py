"""A draft against what is published, or two builds: desk by desk, however many there are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from benchmarks.pages.ground import Province, province
from benchmarks.pages.week import drafted
from hotline.accounts.roles import Role
from hotline.parts import Parts
from tests.hotline.console.planning.town import Town
from tests.hotline.console.visitors import Visitor, visitor
from tests.statements import statements
from webhooks.app import create_app

WEEK = "/rosters/2026-W48"
COMPARE = f"{WEEK}/compare"
IN_ENGLISH = f"{COMPARE}?lang=en"
LARGEST = 60_000  # bytes; a province of forty desks had 206 000


@pytest.fixture
def built(here: Town, dee: Visitor) -> Town:
    """Both cities have a draft."""
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    return here


@contextmanager
def drafts_of(
    template: Path, folder: Path, size: Province, heads: int = 1
) -> Iterator[tuple[Parts, Visitor, str]]:
    """A province with a draft of all desks; Dee at it; where the draft is compared."""
    path = folder / f"{size.people}-{size.desks}.db"
    path.write_bytes(template.read_bytes())
    with province(f"sqlite:///{path}", size) as parts:
        week = drafted(parts, heads)
        yield parts, visitor(create_app(parts), "dee"), f"/rosters/{week}/compare"


def test_before_there_is_a_draft_it_says_so(dee: Visitor) -> None:
    assert "no draft" in dee.text(IN_ENGLISH)


def test_the_draft_against_nothing_gives_everything(built: Town, dee: Visitor) -> None:
    page = dee.text(IN_ENGLISH)

    assert "against what is published" in page
    assert "Ada" in page


def test_two_builds_and_draft_against_published_are_compared(built: Town, dee: Visitor) -> None:
    # given
    publishing = dee.text(f"{WEEK}/publish")
    seen = publishing.split('name="seen" value="')[1].split('"')[0]
    dee.post(f"{WEEK}/publish", {"seen": seen, "reason": "few of us"})
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    built.works()
    # when
    drafts, builds = dee.text(IN_ENGLISH), dee.text(f"{COMPARE}?one=1&other=2&lang=en")
    # then
    assert "Nothing changes for anybody" in drafts
    assert drafts.count("nothing changes<") == 2
    assert "Build 2 against build 1" in builds
    assert dee.get(f"{COMPARE}?one=1&other=99").status_code == 404


@pytest.mark.parametrize(("language", "title"), [("en", "Suzhou desk"), ("zh", "苏州席位")])
def test_every_desk_is_summed_up_and_the_one_asked_for_told_in_full(
    built: Town, dee: Visitor, language: str, title: str
) -> None:
    first = dee.text(f"{COMPARE}?lang={language}")
    suzhou = dee.text(f"{COMPARE}?lang={language}&desk=suzhou")

    assert f'desk=suzhou#desk">{title}</a>' in first
    assert f'desk=suzhou#desk" aria-current="true">{title}</a>' in suzhou
    assert ("Ada" in first, "Lin" in first) == (True, False)
    assert ("Ada" in suzhou, "Lin" in suzhou) == (False, True)


def test_which_builds_are_compared_is_kept_from_desk_to_desk(built: Town, dee: Visitor) -> None:
    page = unescape(dee.text(f"{COMPARE}?one=1&other=1"))

    assert f"{COMPARE}?one=1&other=1&desk=suzhou#desk" in page


def test_a_build_of_another_city_is_not_compared(built: Town) -> None:
    lin = visitor(built.app, "lin", desks=("suzhou",), roles=(Role.COORDINATOR,))
    cora = visitor(built.app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))
    lin.post(f"{WEEK}/build", {"seconds": "5"})
    built.works()

    assert cora.get(f"{COMPARE}?one=1&other=2").status_code == 404
    assert lin.get(f"{COMPARE}?one=1&other=2").status_code == 200
    assert not re.search(r"\bAda\b", lin.text(f"{COMPARE}?one=1&other=2"))


def test_the_desk_of_another_city_is_not_there_nor_one_of_nobody(built: Town) -> None:
    cora = visitor(built.app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))

    assert cora.get(f"{COMPARE}?desk=nanjing").status_code == 200
    for desk in ("suzhou", "nowhere", ""):
        assert cora.get(f"{COMPARE}?desk={desk}").status_code == 404
    assert "Suzhou" not in cora.text(IN_ENGLISH)


def test_and_eve_sees_nothing(built: Town) -> None:
    assert visitor(built.app, "eve").get(f"{COMPARE}?desk=suzhou").status_code == 403


def test_a_province_is_as_light_and_asks_as_often_as_a_town(
    sqlite_template: Path, tmp_path: Path
) -> None:
    asked, sizes = [], []
    for size in (Province(20, 2, 0), Province(160, 16, 0)):
        with drafts_of(sqlite_template, tmp_path, size) as (parts, dee, there):
            dee.get(there)
            with statements(parts.store) as said:
                page = dee.get(there)
        asked.append(len(said))
        sizes.append(len(page.data))

    assert asked[0] == asked[1]
    assert (sizes[1] - sizes[0]) / 14 * 40 + sizes[0] < LARGEST


def test_many_people_of_one_desk_are_told_page_by_page(
    sqlite_template: Path, tmp_path: Path
) -> None:
    with drafts_of(sqlite_template, tmp_path, Province(84, 1, 0), heads=4) as (_, dee, there):
        first, second = (dee.text(f"{there}?lang=en&page={page}") for page in (1, 2))

    on_first, on_second = (page.count("<li><strong>") for page in (first, second))
    assert on_first == 50
    assert 0 < on_second < 50
    assert "desk=desk00&page=2" in unescape(first)
    assert len(first) < LARGEST
