"""What is published becomes the routing table at once, or nothing changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest

from hotline.config.settings import DeskName
from hotline.duty import on_duty
from hotline.rosters.draft.publishing import DeskChange, PublishError, PublishOrder, publish
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.rosters import rota_at
from hotline.store.planning.drafts import standing_rosters
from scheduling.problem import Span
from tests import make

WEEK = Week(2026, 48)
ORDER = PublishOrder(WEEK)
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
NEXT_NIGHT = make.span("2026-11-25 14:00", "2026-11-26 00:00")
SUNDAY_NIGHT = make.span("2026-11-22 14:00", "2026-11-23 00:00")
MIDNIGHT = make.utc("2026-11-24 16:00")
SITE = make.settings(desks=[make.desk(), make.desk("night")], lines=[make.line()])
DRAFT = RosterState.DRAFT


def rung(store: Store) -> list[str]:
    with store.reading() as db:
        answer = on_duty(rota_at(db, MIDNIGHT), SITE.lines[0], SITE, MIDNIGHT)
    return [seat.volunteer.name for seat in answer.rung]


def clock_at_midnight() -> datetime:
    return MIDNIGHT


def test_nobody_is_rung_until_the_draft_is_published(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT), state=DRAFT)
    assert rung(store) == []

    done = publish(store, SITE, ORDER, clock_at_midnight)

    assert rung(store) == ["Ada"]
    [change] = done.changes
    assert (change.desk, change.assigned, change.republished) == ("day", 1, False)
    assert [promise.name for promise in change.gained] == ["Ada"]


def test_the_newest_of_two_drafts_is_published_and_the_other_archived(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    make.store_roster(store, (ada, NIGHT), state=DRAFT)
    newest = make.store_roster(store, (bo, NIGHT), state=DRAFT)

    publish(store, SITE, ORDER, clock_at_midnight)

    assert rung(store) == ["Bo"]
    with store.writing() as db:
        assert [(r.id, r.state) for r in standing_rosters(db, "2026-W48")] == [
            (newest, RosterState.PUBLISHED)
        ]


def test_publishing_again_says_who_gained_and_who_lost_which_shift(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    make.store_roster(store, (ada, NIGHT), (ada, NEXT_NIGHT))
    make.store_roster(store, (bo, NIGHT), (ada, NEXT_NIGHT), state=DRAFT)

    done = publish(store, SITE, ORDER, clock_at_midnight)

    [change] = done.changes
    assert change.republished
    assert [(p.name, p.span) for p in change.gained] == [("Bo", NIGHT)]
    assert [(p.name, p.span) for p in change.lost] == [("Ada", NIGHT)]


def test_who_is_taken_off_a_shift_that_runs_is_named_apart(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT), (ada, NEXT_NIGHT))
    make.store_roster(store, state=DRAFT)

    done = publish(store, SITE, ORDER, clock_at_midnight)

    assert len(done.changes[0].lost) == 2
    assert [promise.span for promise in done.taken_off_now] == [NIGHT]


def test_only_the_desks_named_are_published(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    make.store_roster(store, (ada, NIGHT), state=DRAFT)
    make.store_roster(store, (bo, NIGHT), state=DRAFT, desk="night")

    publish(store, SITE, PublishOrder(WEEK, (DeskName("night"),)), clock_at_midnight)

    with store.reading() as db:
        assert [duty.desk for duty in rota_at(db, MIDNIGHT).duties] == ["night"]


def test_without_a_draft_one_sentence_says_how_to_make_one(store: Store) -> None:
    with pytest.raises(PublishError, match=r"no draft for 2026-W48.*roster build --week 2026-W48"):
        publish(store, SITE, ORDER, clock_at_midnight)
    with pytest.raises(PublishError, match="Desk day has no draft for 2026-W48"):
        publish(store, SITE, PublishOrder(WEEK, (DeskName("day"),)), clock_at_midnight)


def test_publishing_twice_changes_nothing_the_second_time(store: Store) -> None:
    make.store_roster(store, (make.hire(store, "Ada"), NIGHT), state=DRAFT)
    publish(store, SITE, ORDER, clock_at_midnight)

    with pytest.raises(PublishError, match="published already"):
        publish(store, SITE, ORDER, clock_at_midnight)
    with pytest.raises(PublishError, match="Desk day is published for 2026-W48 already"):
        publish(store, SITE, PublishOrder(WEEK, (DeskName("day"),)), clock_at_midnight)
    assert rung(store) == ["Ada"]


def test_nobody_is_promised_to_two_desks_at_once(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT), desk="night")
    make.store_roster(store, (ada, Span(MIDNIGHT, NEXT_NIGHT.start)), state=DRAFT)

    with pytest.raises(PublishError, match=r"Ada \(ada\) would be in two places at once"):
        publish(store, SITE, ORDER, clock_at_midnight)
    assert rung(store) == []


def test_nobody_is_promised_to_two_weeks_at_once(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, SUNDAY_NIGHT), week="2026-W47")
    monday = make.span("2026-11-22 16:00", "2026-11-23 04:00")
    make.store_roster(store, (ada, monday), state=DRAFT)

    with pytest.raises(PublishError, match="two places"):
        publish(store, SITE, ORDER, clock_at_midnight)


def test_moving_to_another_desk_by_publishing_both_together_is_fine(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT), desk="night")
    make.store_roster(store, state=DRAFT, desk="night")
    make.store_roster(store, (ada, NIGHT), state=DRAFT)

    done = publish(store, SITE, ORDER, clock_at_midnight)

    assert rung(store) == ["Ada"]
    assert {change.desk for change in done.changes} == {"day", "night"}


def test_an_empty_desk_can_be_published(store: Store) -> None:
    make.store_roster(store, state=DRAFT)

    done = publish(store, SITE, ORDER, clock_at_midnight)

    assert done.changes == (DeskChange(DeskName("day"), 0, republished=False),)


def test_of_many_who_publish_at_once_one_does(store: Store) -> None:
    make.store_roster(store, (make.hire(store, "Ada"), NIGHT))
    make.store_roster(store, (make.hire(store, "Bo"), NIGHT), state=DRAFT)
    together = Barrier(4)

    def try_it(_: int) -> bool:
        together.wait()
        try:
            publish(store, SITE, ORDER, clock_at_midnight)
        except PublishError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(try_it, range(4)))

    assert sorted(done) == [False, False, False, True]
    assert rung(store) == ["Bo"]
