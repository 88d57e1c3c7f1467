"""Gaps first: why nobody is there, and what closes a gap with one click."""

import re
from dataclasses import dataclass

import pytest

from hotline.accounts.roles import Role
from hotline.planning.jobs import JobKind
from hotline.store.access.trail import latest_of_trail
from tests.hotline.console.planning.town import Town
from tests.hotline.console.visitors import Visitor, visitor
from tests.statements import statements

BUILD, GAPS = "/rosters/2026-W48/build", "/rosters/2026-W48/gaps"
IN_ENGLISH = f"{GAPS}?lang=en"
OFFER = re.compile(
    r'name="job" value="(\d+)"><input type="hidden" name="gap" value="(\d+)">'
    r'<input type="hidden" name="repair" value="(\d+)"><button[^>]*>([^<]*)<'
)


@dataclass(frozen=True)
class Offered:
    """A repair as the page has it."""

    form: dict[str, str]
    words: str


def offers(page: str) -> list[Offered]:
    """All that the page offers to do."""
    return [
        Offered({"job": job, "gap": gap, "repair": repair}, words)
        for job, gap, repair, words in OFFER.findall(page)
    ]


@pytest.fixture
def built(here: Town, dee: Visitor) -> Town:
    """Both cities have a draft, and a worker has looked for repairs."""
    dee.post(BUILD, {"seconds": "5"})
    here.works()
    return here


def gaps_of(page: str) -> int:
    return page.count('<li class="card')


def test_before_anything_is_built_there_is_a_way_to_build(dee: Visitor) -> None:
    assert f'href="{BUILD}"' in dee.text(GAPS)


def test_each_gap_has_its_reasons_and_its_repairs(built: Town, dee: Visitor) -> None:
    page = dee.text(IN_ENGLISH)

    assert gaps_of(page) > 0
    assert "Why is nobody there?" in page
    assert "would give more than agreed" in page
    assert "They agree: do it" in [each.words for each in offers(page)]
    below = [m.start() for m in re.finditer("below the floor</span>", page)]
    above = [m.start() for m in re.finditer("below the target</span>", page)]
    assert not (below and above) or max(below) < min(above)


def test_a_repair_is_the_drafts_next_revision(built: Town, dee: Visitor) -> None:
    # given
    before = dee.text(IN_ENGLISH)
    offer = next(each for each in offers(before) if each.words == "They agree: do it")
    assigned = built.assigned()
    # when
    answer = dee.post(f"{GAPS}/repair", offer.form)
    # then
    assert answer.location == GAPS
    after = dee.text(IN_ENGLISH)
    assert "the draft is changed" in after
    assert built.assigned() == assigned + 1
    assert len(built.jobs(JobKind.REPAIR)) == 2
    with built.store.reading() as db:
        [entry, *_] = latest_of_trail(db, 1)
    assert entry.change.act == "roster.repair"
    # and the worker has looked at it as it is now
    built.works()
    assert offers(dee.text(IN_ENGLISH))


def test_a_repair_of_a_draft_that_changed_meanwhile_does_nothing(built: Town, dee: Visitor) -> None:
    offer = offers(dee.text(IN_ENGLISH))[0]
    dee.post(f"{GAPS}/repair", offer.form)
    states = dee.text(IN_ENGLISH)

    answer = dee.post(f"{GAPS}/repair?lang=en", offer.form)

    assert answer.status_code == 409
    assert "was changed meanwhile" in answer.text
    assert gaps_of(dee.text(IN_ENGLISH)) == gaps_of(states)


def test_the_back_button_repairs_nothing_twice(built: Town, dee: Visitor) -> None:
    offer = offers(dee.text(IN_ENGLISH))[0]
    dee.post(f"{GAPS}/repair", offer.form, once="the same form")
    left = gaps_of(dee.text(IN_ENGLISH))

    again = dee.post(f"{GAPS}/repair", offer.form, once="the same form")

    assert (again.status_code, again.location) == (303, GAPS)
    assert gaps_of(dee.text(IN_ENGLISH)) == left


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"job": "x", "gap": "0", "repair": "0"},
        {"job": "99", "gap": "0", "repair": "0"},
        {"gap": "0", "repair": "999"},
    ],
)
def test_a_repair_that_nobody_offered_is_not_there(
    built: Town, dee: Visitor, form: dict[str, str]
) -> None:
    job = built.jobs(JobKind.REPAIR)[0].id

    answer = dee.post(f"{GAPS}/repair", {"job": str(job), **form})

    assert answer.status_code in (404, 409)


def test_while_a_worker_looks_the_list_asks_again_by_itself(here: Town, dee: Visitor) -> None:
    dee.post(BUILD, {"seconds": "5"})
    here.works()
    dee.post(f"{GAPS}/look")

    page = dee.text(IN_ENGLISH)

    assert 'hx-get="/rosters/2026-W48/gaps/list' in page
    assert 'http-equiv="refresh"' in page
    assert "looking for repairs" in dee.text(f"{GAPS}/list?lang=en")


def test_nobody_looks_for_repairs_of_nothing(dee: Visitor) -> None:
    assert dee.post(f"{GAPS}/look").status_code == 404


def test_a_citys_coordinator_sees_and_repairs_that_city_only(built: Town) -> None:
    cora = visitor(built.app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))
    dee_offers = offers(visitor(built.app, "dora", roles=(Role.COORDINATOR,)).text(IN_ENGLISH))
    page = cora.text(IN_ENGLISH)
    mine = [each.form for each in offers(page)]
    other = [each.form for each in dee_offers if each.form not in mine]

    assert "Suzhou desk" not in page
    for form in other:
        assert cora.post(f"{GAPS}/repair", form).status_code == 404
    assert mine


def test_the_same_number_of_questions_whatever_the_gaps(built: Town, dee: Visitor) -> None:
    with statements(built.store) as said:
        dee.text(GAPS)

    assert len(said) <= 9
