"""Below its floor a roster is published only with a reason, and the reason is kept."""

from dataclasses import replace

import pytest

from hotline.config.settings import DeskName
from hotline.rosters.draft.accepting import LONGEST, AcceptError, refusal
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.publishing import Published, PublishOrder, publish
from hotline.rosters.showing import shown_week
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.planning.drafts import standing_rosters
from scheduling.roster import Gap
from tests import make

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
SITE = make.settings(desks=[DAY, NIGHT])


def built(store: Store) -> None:
    build_draft(store, SITE, BuildOrder(WEEK), lambda: make.utc("2026-11-20 08:00"))


def published(store: Store, reason: str | None) -> Published:
    order = PublishOrder(WEEK, accept_gaps=reason)
    return publish(store, SITE, order, lambda: make.utc("2026-11-20 09:00"))


def hire_for(store: Store, desk: str, *names: str) -> None:
    for name in names:
        make.hire(store, name, desks=desk)


def test_a_draft_below_its_floor_is_refused_with_the_worst_gaps_and_what_to_type(
    store: Store,
) -> None:
    # given: nobody sleeps at day, so Ada, alone at night, can come every other night
    hire_for(store, "day", "Bo", "Cem", "Dee")
    hire_for(store, "night", "Ada")
    built(store)
    # when
    with pytest.raises(AcceptError) as refused:
        published(store, None)
    # then
    said = str(refused.value)
    assert said.startswith("2026-W48 would be published with 3 gaps below the floor: night ")
    assert "hotline roster repair --week 2026-W48" in said
    assert 'hotline roster publish --week 2026-W48 --accept-gaps "reason"' in said
    with store.reading() as db:
        assert {r.state for r in standing_rosters(db, "2026-W48")} == {RosterState.DRAFT}


def test_the_reason_is_kept_with_the_desks_below_their_floor_alone(store: Store) -> None:
    # given
    hire_for(store, "day", "Bo", "Cem", "Dee")
    hire_for(store, "night", "Ada")
    built(store)
    # when
    done = published(store, "  two are\n ill ")
    # then
    assert {change.desk: change.accepted_gaps for change in done.changes} == {
        "day": None,
        "night": "two are ill",
    }
    with store.reading() as db:
        shown = shown_week(db, SITE, WEEK)
    assert {desk.desk: desk.accepted_gaps for desk in shown.desks} == {
        "day": None,
        "night": "two are ill",
    }


def test_a_draft_that_keeps_its_floors_needs_no_reason(store: Store) -> None:
    hire_for(store, "day night", "Ada", "Bo", "Cem", "Dee", "Eve", "Fay")
    built(store)
    assert {change.accepted_gaps for change in published(store, None).changes} == {None}


def test_a_desk_that_keeps_its_floors_is_published_alone(store: Store) -> None:
    hire_for(store, "day", "Bo", "Cem", "Dee")
    hire_for(store, "night", "Ada")
    built(store)
    order = PublishOrder(WEEK, (DeskName("day"),))
    done = publish(store, SITE, order, lambda: make.utc("2026-11-20 09:00"))
    assert [change.desk for change in done.changes] == ["day"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "--accept-gaps needs a reason"),
        (" \n", "--accept-gaps needs a reason"),
        ("x" * (LONGEST + 1), "The reason has 401 letters; at most 400 are kept."),
    ],
)
def test_a_reason_says_something_and_fits(store: Store, reason: str, said: str) -> None:
    hire_for(store, "day", "Bo")
    hire_for(store, "night", "Ada")
    built(store)
    with pytest.raises(AcceptError, match=said):
        published(store, reason)


def test_the_refusal_names_three_gaps_those_that_last_longest_first() -> None:
    # given
    spans = [
        make.span("2026-11-24 10:00", "2026-11-24 11:00"),
        make.span("2026-11-24 14:00", "2026-11-25 00:00"),
        make.span("2026-11-25 00:00", "2026-11-27 00:00"),
        make.span("2026-11-27 10:00", "2026-11-27 11:00"),
    ]
    gaps = [Gap("day", span, 1, below_floor=True) for span in spans]
    gaps[0] = replace(gaps[0], missing=2, certificate="crisis")
    # when
    said = str(refusal(WEEK, gaps, make.SHANGHAI))
    # then
    assert (
        "with 4 gaps below the floor: day Wed 25 Nov 08:00-Fri 27 Nov 08:00 lacks 1; "
        "day Tue 24 Nov 22:00-08:00 lacks 1; day Tue 24 Nov 18:00-19:00 lacks 2 with crisis; "
        "and 1 more."
    ) in said
    assert "with 1 gap below" in str(refusal(WEEK, gaps[:1], make.SHANGHAI))
