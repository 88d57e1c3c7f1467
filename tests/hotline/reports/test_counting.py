"""Is each call counted where it belongs, and nothing else?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, LineName
from hotline.duty import Away, Duty
from hotline.reports.counting import (
    CallFact,
    DayFacts,
    PromiseFact,
    ReturnFact,
    Rules,
    desk_days,
    duties_begun,
    line_days,
)
from hotline.reports.figures import Counts, DeskCounts, desks_together, together
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterState
from scheduling.problem import ShiftKind, Span
from tests import make

HELP, OTHER, DAY = LineName("help"), LineName("other"), DeskName("day")
SPAN = make.span("2026-11-24 00:00", "2026-11-25 00:00")
AT = make.utc("2026-11-24 15:00")
RULES = Rules(prompt=timedelta(seconds=15), wrap_up=timedelta(minutes=2))
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")
NOBODY = make.rota()


def second(count: float) -> timedelta:
    return timedelta(seconds=count)


def talk(wait: float = 10, length: float = 600, **more: object) -> CallFact:
    accepted = AT + second(wait)
    plain = CallFact(HELP, AT, accepted + second(length), Outcome.ANSWERED, accepted, DAY)
    return replace(plain, **more)  # type: ignore[arg-type]  # names of its fields


def unanswered(outcome: Outcome, after: float = 60) -> CallFact:
    return CallFact(HELP, AT, AT + second(after), outcome)


def day(*calls: CallFact, **more: object) -> DayFacts:
    plain = DayFacts(date(2026, 11, 24), SPAN, calls, (), (), (), NOBODY)
    return replace(plain, **more)  # type: ignore[arg-type]  # names of its fields


def counted(*calls: CallFact, **more: object) -> Counts:
    (found,) = line_days(day(*calls, **more), [HELP], RULES)
    return found.counts


def at_desk(*calls: CallFact, **more: object) -> DeskCounts:
    (found,) = desk_days(day(*calls, **more), [DAY], RULES)
    return found.counts


def test_an_answer_within_the_promised_seconds_is_prompt() -> None:
    found = counted(talk(wait=15), talk(wait=15.5), talk(wait=3))
    assert (found.calls, found.answered, found.prompt) == (3, 3, 2)
    assert found.service_level == 2 / 3
    assert found.mean_wait == second(34 / 3)
    assert found.mean_talk == second(600)
    assert (found.longest_wait, found.longest) == (16, second(16))


def test_who_hangs_up_at_once_is_counted_and_in_no_share() -> None:
    found = counted(talk(), unanswered(Outcome.LEFT, 4.9), unanswered(Outcome.LEFT, 5))
    assert (found.calls, found.short, found.offered, found.left) == (3, 1, 2, 1)
    assert (found.answer_share, found.left_share, found.service_level) == (0.5, 0.5, 0.5)


def test_the_longest_wait_may_be_of_who_gave_up_and_not_of_who_chose_a_callback() -> None:
    found = counted(talk(), unanswered(Outcome.LEFT, 90), unanswered(Outcome.CALLBACK, 400))
    assert found.longest_wait == 90


def test_how_calls_ended_is_counted_by_outcome() -> None:
    others = (Outcome.CALLBACK, Outcome.MESSAGE, Outcome.REFERRED, Outcome.EXITED)
    found = counted(*(unanswered(outcome) for outcome in others))
    assert (found.callbacks, found.messages, found.referred, found.exited) == (1, 1, 1, 1)
    assert (found.answered, found.left, found.offered) == (0, 0, 4)


def test_repeats_are_a_share_of_those_whose_number_is_known() -> None:
    found = counted(talk(known=True, before=True), talk(known=True), talk())
    assert (found.known, found.repeats, found.repeat_share) == (2, 1, 0.5)


def test_a_high_risk_is_a_share_of_those_whose_risk_was_noted() -> None:
    found = counted(talk(rated=True, high=True), talk(rated=True), talk())
    assert (found.rated, found.high_risk, found.high_risk_share) == (2, 1, 0.5)


def test_a_promise_is_kept_in_time_or_it_is_not() -> None:
    due = AT
    promises = (
        PromiseFact(HELP, due, due),
        PromiseFact(HELP, due, due + second(1)),
        PromiseFact(HELP, due, None),
        PromiseFact(OTHER, due, due),
    )
    found = counted(promises=promises)
    assert (found.due, found.kept, found.kept_share) == (3, 1, 1 / 3)


def test_follow_ups_are_counted_apart() -> None:
    follow_ups = (PromiseFact(HELP, AT, AT - second(1)), PromiseFact(HELP, AT, None))
    found = counted(follow_ups=follow_ups)
    assert (found.follow_due, found.follow_kept, found.follow_share) == (2, 1, 0.5)
    assert found.due == 0


def test_without_anything_there_are_no_shares() -> None:
    nothing = counted()
    assert nothing == Counts()
    shares = (nothing.answer_share, nothing.service_level, nothing.mean_wait, nothing.kept_share)
    assert shares == (None, None, None, None)
    assert at_desk().occupancy is None


def test_each_line_has_its_own_counts_and_all_of_them_together() -> None:
    found = line_days(day(talk(), talk(wait=50, line=OTHER)), [HELP, OTHER], RULES)
    assert [each.counts.answered for each in found] == [1, 1]
    whole = together(each.counts for each in found)
    assert (whole.answered, whole.longest_wait, whole.wait_seconds) == (2, 50, 60)
    assert together(()) == Counts()


def test_a_desk_is_busy_with_conversations_what_follows_them_and_callbacks() -> None:
    rota = make.rota((ADA, "day", Span(AT, AT + timedelta(hours=2))))
    returned = ReturnFact(DAY, AT, AT + timedelta(minutes=6))
    found = at_desk(
        talk(length=600), unanswered(Outcome.LEFT), talk(desk=None), returns=(returned,), rota=rota
    )
    assert (found.talks, found.busy_seconds) == (2, 600 + 360 + 2 * 120)
    assert found.occupancy == 1200 / 7200


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("away", "hours"),
    [
        ([], 4),
        ([(0, 1)], 3),
        ([(0, 2), (1, 3)], 1),  # what two absences cover counts once
        ([(-1, 1), (3, 9)], 2),
        ([(5, 6)], 4),
    ],
)
def test_people_are_there_unless_they_are_absent(away: list[tuple[int, int]], hours: int) -> None:
    gone = tuple(Away(ADA.id, Span(AT + start * HOUR, AT + end * HOUR)) for start, end in away)
    rota = replace(make.rota((ADA, "day", Span(AT, AT + 4 * HOUR))), away=gone)
    assert at_desk(rota=rota).there_seconds == hours * 3600


def test_a_duty_counts_on_each_day_for_its_part_and_standby_on_none() -> None:
    night = Span(make.utc("2026-11-24 22:00"), make.utc("2026-11-25 08:00"))
    before = Span(make.utc("2026-11-23 08:00"), make.utc("2026-11-23 20:00"))
    rota = make.rota((ADA, "day", night), (BO, "day", night), (ADA, "day", before))
    waits = Duty(BO.id, DAY, night, standby=True)
    rota = replace(rota, duties=(rota.duties[0], waits, rota.duties[2]))
    assert at_desk(rota=rota).there_seconds == 2 * 3600


def promise(shift: str, start: str, end: str, **more: object) -> Promise:
    plain = Promise(
        person="ada",
        name="Ada",
        roster=1,
        desk=DAY,
        week="2026-W48",
        state=RosterState.PUBLISHED,
        shift=shift,
        kind=ShiftKind.NIGHT,
        span=make.span(f"2026-11-{start}", f"2026-11-{end}"),
        pinned=False,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # names of its fields


def test_a_night_counts_for_who_begins_it_on_its_first_day_and_once() -> None:
    whole = promise("day/24/night", "24 14:00", "24 23:00")
    cut = [
        promise("day/23/night", "23 22:00", "24 01:00", person="bo"),
        promise("day/23/night", "24 03:00", "24 08:00", person="bo"),
    ]
    evening = promise("day/24/evening", "24 10:00", "24 14:00", kind=ShiftKind.EVENING)
    lent = promise("day/24/night", "24 15:00", "24 16:00", person="cem", part=True)
    duty = promise("day/24/24h", "24 00:00", "25 00:00", person="bo", kind=ShiftKind.FULL_DAY)

    found = duties_begun(day(promised=(whole, *cut, evening, lent, duty)))

    assert found == {(ShiftKind.NIGHT, DAY, "ada"): 1, (ShiftKind.FULL_DAY, DAY, "bo"): 1}


def test_desks_are_added_up() -> None:
    one, two = DeskCounts(1, 100, 1000), DeskCounts(2, 300, 1000)
    assert desks_together([one, two]) == DeskCounts(3, 400, 2000)
    assert desks_together([one, two]).occupancy == 0.2
