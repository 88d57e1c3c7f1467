"""Two people exchange duties, or one covers for the other; the telephone follows."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hotline.accounts.keeping import unmade
from hotline.accounts.roles import Role
from hotline.config.settings import DeskName, Language
from hotline.config.tables.handshake import Handshake, QuietHours
from hotline.config.tables.swaps import Approval
from hotline.corrections.overrides import OverrideOrder, override
from hotline.duty import Cause
from hotline.store import Store
from hotline.store.access.accounts import new_account
from hotline.store.duty.absences import note_absence
from hotline.store.duty.overrides import every_override
from hotline.swaps.asking import MOST_ASKED, Answered, SwapError
from hotline.swaps.states import SwapState
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.hotline.swaps.cast import DAY, NOW, SITE, Desk, approving, evening, night
from tests.scenarios.rows import named

TUESDAY, THURSDAY, SATURDAY = night(24), night(26), night(28)


@pytest.fixture
def desk(store: Store) -> Desk:
    """Ada has Tuesday night, Bo has Thursday night, Cem is free."""
    return Desk(store).knows("Ada", "Bo", "Cem").published(("Ada", TUESDAY), ("Bo", THURSDAY))


def test_a_swap_that_is_agreed_and_approved_turns_both_duties_round(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    assert desk.rung(TUESDAY) == ["Ada"]

    assert desk.says("Bo", "yes", number) is Answered.AGREED
    assert desk.rung(TUESDAY) == ["Ada"]
    assert desk.decides("yes", number) is Answered.APPROVED

    assert (desk.rung(TUESDAY), desk.rung(THURSDAY)) == (["Bo"], ["Ada"])
    assert desk.told() == [
        ("Bo", "swap-asked"),
        ("Ada", "swap-agreed"),
        ("Ada", "swapped"),
        ("Bo", "swapped"),
    ]


def test_a_cover_request_gives_the_duty_away(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Cem")
    desk.says("Cem", "yes", number)
    desk.decides("yes", number)

    assert (desk.rung(TUESDAY), desk.rung(THURSDAY)) == (["Cem"], ["Bo"])
    assert desk.told()[-2:] == [("Ada", "replaced"), ("Cem", "stands-in")]


def test_where_nobody_need_approve_a_yes_is_enough(desk: Desk) -> None:
    desk.settings = approving(Approval.NEVER)
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)

    assert desk.says("Bo", "yes", number) is Answered.APPROVED
    assert desk.rung(TUESDAY) == ["Bo"]


def test_what_costs_no_coverage_need_not_be_approved_where_the_site_says_so(desk: Desk) -> None:
    desk.settings = approving(Approval.BELOW_TARGET)
    number = desk.asks("Ada", TUESDAY, "Cem")

    assert desk.says("Cem", "yes", number) is Answered.APPROVED


def test_a_no_a_second_thought_and_a_coordinators_no_leave_the_roster_alone(desk: Desk) -> None:
    refused = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    withdrawn = desk.asks("Ada", TUESDAY, "Cem")
    denied = desk.asks("Bo", THURSDAY, "Cem")
    desk.says("Cem", "yes", denied)

    assert desk.says("Bo", "no", refused) is Answered.REFUSED
    assert desk.says("Ada", "back", withdrawn) is Answered.WITHDRAWN
    assert desk.decides("no", denied) is Answered.REFUSED

    assert [desk.state(n) for n in (refused, withdrawn, denied)] == [
        SwapState.REFUSED,
        SwapState.WITHDRAWN,
        SwapState.REFUSED,
    ]
    assert (desk.rung(TUESDAY), desk.rung(THURSDAY)) == (["Ada"], ["Bo"])
    assert desk.told()[-4:] == [
        ("Ada", "swap-refused"),
        ("Cem", "swap-withdrawn"),
        ("Bo", "swap-not-approved"),
        ("Cem", "swap-not-approved"),
    ]


def test_answers_to_what_is_over_change_nothing_and_say_so(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Cem")
    desk.says("Ada", "back", number)
    before = desk.told()

    assert desk.says("Cem", "yes", number) is Answered.TOO_LATE
    assert desk.says("Cem", "no", number) is Answered.TOO_LATE
    assert desk.says("Ada", "back", number) is Answered.TOO_LATE
    assert desk.decides("yes", number) is Answered.TOO_LATE
    assert desk.decides("no", number) is Answered.TOO_LATE
    assert desk.told() == before


def test_a_second_yes_is_answered_as_the_first_was(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Cem")
    desk.says("Cem", "yes", number)
    assert desk.says("Cem", "yes", number) is Answered.AGREED
    desk.decides("yes", number)
    assert desk.says("Cem", "yes", number) is Answered.APPROVED
    assert desk.rung(TUESDAY) == ["Cem"]


def test_only_the_two_answer_and_only_what_was_agreed_is_approved(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)

    for name, answer in (("Cem", "yes"), ("Ada", "no"), ("Bo", "back")):
        with pytest.raises(SwapError, match="There is no swap"):
            desk.says(name, answer, number)
    with pytest.raises(SwapError, match="Bo has not answered yet"):
        desk.decides("yes", number)
    with pytest.raises(SwapError, match="There is no swap 99"):
        desk.decides("yes", 99)


def test_what_a_rule_forbids_is_not_asked(desk: Desk) -> None:
    desk.also("Cem", evening(25))

    with pytest.raises(SwapError, match="The rules forbid it: cem"):
        desk.asks("Ada", TUESDAY, "Cem")


def test_nobody_swaps_a_shift_they_do_not_hold_or_with_themselves(desk: Desk) -> None:
    with pytest.raises(SwapError, match="ada has no whole shift"):
        desk.asks("Ada", THURSDAY, "Bo")
    with pytest.raises(SwapError, match="cem has no whole shift"):
        desk.asks("Ada", TUESDAY, "Cem", SATURDAY)
    with pytest.raises(SwapError, match="ada cannot swap with ada"):
        desk.asks("Ada", TUESDAY, "Ada")
    with pytest.raises(SwapError, match="zoe takes no shifts there"):
        desk.asks("Ada", TUESDAY, "Zoe")


def test_who_answers_no_calls_there_is_not_asked(desk: Desk) -> None:
    desk.people["Dee"] = make.hire(desk.store, "Dee", languages="en")

    with pytest.raises(SwapError, match="Dee answers no calls at day"):
        desk.asks("Ada", TUESDAY, "Dee")


def test_the_same_is_asked_once_and_not_of_everybody(desk: Desk) -> None:
    desk.asks("Ada", TUESDAY, "Bo")
    with pytest.raises(SwapError, match="Bo is asked that already"):
        desk.asks("Ada", TUESDAY, "Bo")

    others = [f"P{n}" for n in range(MOST_ASKED)]
    desk.knows(*others)
    for name in others[:-1]:
        desk.asks("Ada", TUESDAY, name)
    with pytest.raises(SwapError, match="6 people are asked"):
        desk.asks("Ada", TUESDAY, others[-1])


def test_a_shift_that_begins_soon_is_not_swapped_any_more(desk: Desk) -> None:
    desk.now = TUESDAY.start - timedelta(hours=2)

    with pytest.raises(SwapError, match="begins too soon"):
        desk.asks("Ada", TUESDAY, "Cem")


def test_what_nobody_settles_in_time_expires_and_both_are_told(desk: Desk) -> None:
    asked = desk.asks("Ada", TUESDAY, "Cem")
    agreed = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    desk.says("Bo", "yes", agreed)
    desk.looks(TUESDAY.start - timedelta(hours=2, minutes=1))
    assert desk.state(asked) is SwapState.ASKED

    desk.now = TUESDAY.start - timedelta(hours=2)
    assert desk.says("Cem", "yes", asked) is Answered.TOO_LATE
    assert desk.decides("yes", agreed) is Answered.TOO_LATE
    desk.looks()
    desk.looks()

    assert [desk.state(n) for n in (asked, agreed)] == [SwapState.EXPIRED, SwapState.EXPIRED]
    expired = [who for who, kind in desk.told() if kind == "swap-expired"]
    assert sorted(expired) == ["Ada", "Ada", "Bo", "Cem"]
    assert desk.rung(TUESDAY) == ["Ada"]


def test_a_duty_that_a_coordinator_gives_to_another_makes_the_swap_void(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    with desk.store.writing() as db:
        order = OverrideOrder(DAY, TUESDAY, "cem", "ada", "the coordinator's word")
        override(db, SITE, order, NOW)

    desk.looks()
    desk.looks()

    assert desk.state(number) is SwapState.VOID
    assert desk.told()[-2:] == [("Ada", "swap-void"), ("Bo", "swap-void")]
    assert (desk.rung(TUESDAY), desk.rung(THURSDAY)) == (["Cem"], ["Bo"])


def test_a_yes_after_the_duty_was_moved_settles_nothing(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    part = Span(THURSDAY.start, THURSDAY.start + timedelta(hours=2))
    with desk.store.writing() as db:
        override(db, SITE, OverrideOrder(DAY, part, "cem", "bo", "the coordinator's word"), NOW)

    assert desk.says("Bo", "yes", number) is Answered.VOID
    assert desk.rung(TUESDAY) == ["Ada"]


def test_an_absence_noted_meanwhile_makes_it_void(desk: Desk) -> None:
    number = desk.asks("Ada", TUESDAY, "Cem")
    desk.says("Cem", "yes", number)
    with desk.store.writing() as db:
        note_absence(db, desk.people["Cem"].id, TUESDAY, NOW)

    assert desk.decides("yes", number) is Answered.VOID
    assert desk.rung(TUESDAY) == ["Ada"]


def test_who_stopped_volunteering_or_speaks_no_language_of_the_line_settles_nothing(
    desk: Desk,
) -> None:
    number = desk.asks("Ada", TUESDAY, "Cem")
    desk.says("Cem", "yes", number)
    desk.settings = make.settings(desks=SITE.desks, lines=[make.line(languages=[Language.EN])])

    assert desk.decides("yes", number) is Answered.VOID


def test_of_two_partners_who_agree_one_comes_and_the_other_is_told(desk: Desk) -> None:
    first, second = desk.asks("Ada", TUESDAY, "Cem"), desk.asks("Ada", TUESDAY, "Bo")
    for name, number in (("Cem", first), ("Bo", second)):
        desk.says(name, "yes", number)

    desk.decides("yes", second)

    assert desk.decides("yes", first) is Answered.TOO_LATE
    assert [desk.state(n) for n in (first, second)] == [SwapState.VOID, SwapState.APPROVED]
    assert desk.rung(TUESDAY) == ["Bo"]
    assert ("Cem", "swap-void") in desk.told()


def test_shifts_that_run_at_one_time_can_be_swapped(store: Store) -> None:
    late = make.template("late", ShiftKind.EVENING, start="20:00", hours=4)
    whole = make.desk("day", shifts=[*SITE.desks[0].shifts, late])
    desk = Desk(store, make.settings(desks=[whole], lines=SITE.lines)).knows("Ada", "Bo")
    tonight = Span(make.local("2026-11-24 20:00"), make.local("2026-11-25 00:00"))
    desk.published().also("Ada", evening(24)).also("Bo", tonight, "late")

    number = desk.asks("Ada", evening(24), "Bo", tonight)
    desk.says("Bo", "yes", number)
    assert desk.decides("yes", number) is Answered.APPROVED

    assert desk.rung(evening(24)) == ["Bo"]
    assert desk.rung(Span(make.local("2026-11-24 23:00"), tonight.end)) == ["Ada"]


def test_a_duty_that_somebody_stands_in_for_can_be_passed_on(desk: Desk) -> None:
    with desk.store.writing() as db:
        order = OverrideOrder(DAY, TUESDAY, "cem", "ada", "ill", Cause.STAND_IN)
        override(db, SITE, order, NOW)

    number = desk.asks("Cem", TUESDAY, "Bo", THURSDAY)
    desk.says("Bo", "yes", number)
    desk.decides("yes", number)

    assert (desk.rung(TUESDAY), desk.rung(THURSDAY)) == (["Bo"], ["Cem"])


def test_a_swap_can_be_swapped_again(desk: Desk) -> None:
    for asker, partner in (("Ada", "Bo"), ("Bo", "Cem")):
        number = desk.asks(asker, TUESDAY, partner)
        desk.says(partner, "yes", number)
        desk.decides("yes", number)

    assert desk.rung(TUESDAY) == ["Cem"]
    with desk.store.reading() as db:
        causes = [each.override.cause for each in every_override(db, TUESDAY)]
    assert causes == [Cause.SWAP, Cause.SWAP]


def test_the_coordinator_who_works_here_too_is_told_what_waits(desk: Desk) -> None:
    desk.knows("Dee", "Fay", "Sam")
    with desk.store.writing() as db:
        for name, role, desks in (
            ("Dee", Role.COORDINATOR, frozenset({DAY})),
            ("Fay", Role.COORDINATOR, frozenset({DeskName("other")})),
            ("Sam", Role.SUPERVISOR, frozenset[DeskName]()),
        ):
            account = unmade(name.lower(), name)
            person = desk.people[name].id
            full = replace(account, roles=frozenset({role}), desks=desks, person=person)
            new_account(db, full, NOW)

    number = desk.asks("Ada", TUESDAY, "Bo", THURSDAY)
    desk.says("Bo", "yes", number)

    assert desk.told()[1:] == [("Ada", "swap-agreed"), ("Dee", "swap-waits")]


def test_nobody_is_woken_for_a_swap_that_can_wait(desk: Desk) -> None:
    quiet = QuietHours(time(22), time(8), 10.0)
    desk.settings = replace(SITE, handshake=Handshake(quiet=quiet))
    desk.now = make.local("2026-11-23 23:00")

    desk.asks("Ada", TUESDAY, "Bo", THURSDAY)

    (notice,) = named(desk.store, "notice")
    assert str(notice["due"]).startswith("2026-11-24 00:00")
