"""An override corrects what is published: absence beats override beats swap beats roster."""

from datetime import timedelta

import pytest

from hotline.config.settings import DeskName
from hotline.corrections.overrides import OverrideError, OverrideOrder, coming, override, undo
from hotline.duty import Away, Cause, Duty, Override, Rota, Why, corrected, on_duty
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.publishing import PublishError
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.absences import note_absence
from hotline.store.duty.promises import promises
from hotline.store.duty.rosters import rota_at, rota_between
from scheduling.problem import Pin, Span
from tests import make
from tests.make import Hired

WEEK = Week(2026, 48)
DAY = DeskName("day")
DESK = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
SITE = make.settings(desks=[DESK], lines=[make.line()])
LINE = SITE.lines[0]
NIGHT = Span(make.local("2026-11-24 22:00"), make.local("2026-11-25 08:00"))
NOW = make.local("2026-11-24 12:00")
ADA, BO, CEM = (make.volunteer(name) for name in ("Ada", "Bo", "Cem"))


def hours(first: int, count: int) -> Span:
    start = NIGHT.start + timedelta(hours=first)
    return Span(start, start + timedelta(hours=count))


def an_override(number: int, *, way: Cause = Cause.COORDINATOR, span: Span = NIGHT) -> Override:
    return Override(number, DAY, span, BO.id, ADA.id, way)


def order(
    comes: str | None = "bo",
    replaces: str | None = "ada",
    span: Span = NIGHT,
    why: str = "Ada is ill",
) -> OverrideOrder:
    return OverrideOrder(DAY, span, comes, replaces, why)


def noted(store: Store, asked: OverrideOrder) -> int:
    with store.writing() as db:
        return override(db, SITE, asked, NOW).override.id


def rung(store: Store, hour: int = 1) -> list[str]:
    at = NIGHT.start + timedelta(hours=hour)
    with store.reading() as db:
        near, far = rota_at(db, at), rota_between(db, NIGHT)
    found = [on_duty(rota, LINE, SITE, at).rung for rota in (near, far)]
    assert [s.volunteer.code for s in found[0]] == [s.volunteer.code for s in found[1]]
    return [seat.volunteer.code for seat in found[0]]


@pytest.fixture
def ada(store: Store) -> Hired:
    hired = make.hire(store, "Ada")
    for name in ("Bo", "Cem"):
        make.hire(store, name)
    make.store_roster(store, (hired, NIGHT))
    return hired


def test_a_stretch_inside_a_shift_leaves_the_hours_before_and_after() -> None:
    inside = hours(2, 3)

    duties = corrected([Duty(ADA.id, DAY, NIGHT)], [an_override(1, span=inside)])

    assert duties == (
        Duty(ADA.id, DAY, hours(0, 2)),
        Duty(ADA.id, DAY, hours(5, 5)),
        Duty(BO.id, DAY, inside),
    )


def test_other_times_desks_and_people_stay_as_published() -> None:
    published = [
        Duty(ADA.id, DeskName("night"), NIGHT),
        Duty(ADA.id, DAY, Span(NIGHT.end, NIGHT.end + timedelta(hours=4))),
        Duty(CEM.id, DAY, NIGHT),
    ]

    assert corrected(published, [an_override(1)]) == (*published, Duty(BO.id, DAY, NIGHT))


def test_a_later_override_beats_an_earlier_one_and_both_beat_a_swap() -> None:
    back = Override(1, DAY, NIGHT, ADA.id, BO.id)
    swap = an_override(2, way=Cause.SWAP)
    taken_off = Override(3, DAY, NIGHT, None, ADA.id)

    published = [Duty(ADA.id, DAY, NIGHT)]

    assert corrected(published, [back, swap]) == (Duty(ADA.id, DAY, NIGHT),)
    assert corrected(published, [back, swap, taken_off]) == ()


def test_who_is_replaced_is_kept_out_for_that_reason_until_it_ends() -> None:
    inside = hours(2, 3)
    duties = corrected([Duty(ADA.id, DAY, NIGHT)], [an_override(1, span=inside)])
    rota = Rota((ADA, BO), duties, (), (an_override(1, span=inside),))

    during = on_duty(rota, LINE, SITE, inside.start)
    after = on_duty(rota, LINE, SITE, inside.end)

    assert [seat.volunteer.name for seat in during.rung] == ["Bo"]
    assert [(k.volunteer.name, k.why, k.until) for k in during.kept_out] == [
        ("Ada", Why.REPLACED, inside.end)
    ]
    assert [seat.volunteer.name for seat in after.rung] == ["Ada"]
    assert [k.why for k in after.kept_out] == [Why.NOT_ROSTERED]


def test_an_absence_beats_an_override() -> None:
    duties = corrected([Duty(ADA.id, DAY, NIGHT)], [an_override(1)])
    rota = Rota((ADA, BO), duties, (Away(BO.id, NIGHT),), (an_override(1),))

    answer = on_duty(rota, LINE, SITE, NIGHT.start)

    assert answer.rung == ()
    assert {k.volunteer.name: k.why for k in answer.kept_out} == {
        "Ada": Why.REPLACED,
        "Bo": Why.ABSENT,
    }


def test_the_telephone_follows_an_override_and_its_undoing(store: Store, ada: Hired) -> None:
    number = noted(store, order(span=hours(0, 4)))

    assert [rung(store, hour) for hour in (0, 3, 4)] == [["bo"], ["bo"], ["ada"]]
    with store.writing() as db:
        undo(db, number, NOW)
    assert rung(store) == ["ada"]


def test_somebody_more_and_nobody_instead(store: Store, ada: Hired) -> None:
    noted(store, order(comes="cem", replaces=None))
    assert rung(store) == ["ada", "cem"]

    noted(store, order(comes=None, replaces="ada"))
    assert rung(store) == ["cem"]


def test_who_left_the_hotline_comes_no_more_by_an_override(store: Store, ada: Hired) -> None:
    eve = make.hire(store, "Eve")
    noted(store, order(comes="eve"))
    with store.writing() as db:
        from hotline.store.tables import PersonRow

        row = db.get(PersonRow, eve.id)
        assert row is not None
        row.active = False
        db.add(row)

    assert rung(store) == []
    with store.reading() as db:
        assert promises(db, NIGHT) == ()


def test_promises_follow_whole_shifts_and_parts_of_them(store: Store, ada: Hired) -> None:
    noted(store, order(comes="cem", span=hours(4, 2)))

    with store.reading() as db:
        held = promises(db, NIGHT)

    assert [(p.person, p.span, p.part, p.overriding) for p in held] == [
        ("ada", hours(0, 4), False, False),
        ("cem", hours(4, 2), True, True),
        ("ada", hours(6, 4), False, False),
    ]
    assert len({(p.roster, p.week, p.shift) for p in held}) == 1


def test_a_draft_is_no_promise_that_an_override_corrects(store: Store, ada: Hired) -> None:
    make.store_roster(store, (ada, NIGHT), state=RosterState.DRAFT)
    noted(store, order())

    with store.reading() as db:
        held = promises(db, NIGHT)

    assert [(p.person, p.state) for p in held] == [
        ("ada", RosterState.DRAFT),
        ("bo", RosterState.PUBLISHED),
    ]


def test_the_next_build_keeps_what_an_override_promised(store: Store) -> None:
    for name in ("Ada", "Bo"):
        make.hire(store, name)
    build_draft(store, SITE, BuildOrder(WEEK), lambda: NOW)
    make.publish_all(store, SITE, WEEK)
    with store.reading() as db:
        taken = next(p for p in promises(db, NIGHT) if p.span == NIGHT)
    other = {"ada": "bo", "bo": "ada"}[taken.person]
    noted(store, order(comes=other, replaces=taken.person))

    built = build_draft(store, SITE, BuildOrder(WEEK), lambda: NOW)

    published = built.problem.published or ()
    assert Pin(other, taken.shift) in published
    assert Pin(taken.person, taken.shift) not in published


def test_a_part_of_a_shift_counts_for_rest_and_the_shift_stays_whose_it_is(store: Store) -> None:
    for name in ("Ada", "Bo"):
        make.hire(store, name)
    build_draft(store, SITE, BuildOrder(WEEK), lambda: NOW)
    make.publish_all(store, SITE, WEEK)
    with store.reading() as db:
        taken = next(p for p in promises(db, NIGHT) if p.span == NIGHT)
    other = {"ada": "bo", "bo": "ada"}[taken.person]
    noted(store, order(comes=other, replaces=taken.person, span=hours(1, 2)))

    built = build_draft(store, SITE, BuildOrder(WEEK), lambda: NOW)

    published = built.problem.published or ()
    assert published.count(Pin(taken.person, taken.shift)) == 1
    assert Pin(other, taken.shift) not in published
    (mine,) = (person for person in built.problem.people if person.id == other)
    assert hours(1, 2) in [shift.span for shift in mine.history]


def test_nobody_is_published_beside_what_an_override_has_them_do(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo", desks="day other")
    make.store_roster(store, (ada, NIGHT))
    noted(store, order())
    make.store_roster(store, (bo, hours(1, 4)), desk="other", state=RosterState.DRAFT)

    with pytest.raises(PublishError, match="in two places"):
        make.publish_all(store, SITE, WEEK)


def test_overrides_are_listed_until_they_are_over(store: Store, ada: Hired) -> None:
    number = noted(store, order())
    with store.writing() as db:
        undo(db, number, NOW)
    again = noted(store, order(why="Ada is ill again"))

    with store.reading() as db:
        assert [each.override.id for each in coming(db, NOW)] == [number, again]
        assert [each.undone_at for each in coming(db, NOW)] == [NOW, None]
        assert coming(db, NIGHT.end) == ()


def test_what_rests_on_an_override_is_undone_first(store: Store, ada: Hired) -> None:
    first = noted(store, order())
    second = noted(store, order(comes="cem", replaces="bo"))
    assert rung(store) == ["cem"]

    with pytest.raises(OverrideError, match=f"Override {second} rests"), store.writing() as db:
        undo(db, first, NOW)
    with store.writing() as db:
        undo(db, second, NOW)
        undo(db, first, NOW)

    assert rung(store) == ["ada"]
    with pytest.raises(OverrideError, match="no override"), store.writing() as db:
        undo(db, first, NOW)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (order(comes=None, replaces=None), "says who comes"),
        (order(comes="ada"), "instead of ada"),
        (order(span=Span(NOW - timedelta(hours=2), NOW)), "is over"),
        (order(span=Span(NIGHT.start, NIGHT.start + timedelta(days=4))), "at most 3 days"),
        (order(why=" "), "needs a reason"),
        (order(why="a" * 401), "more than 400"),
        (order(comes="eve"), "nobody active with the code 'eve'"),
        (order(comes="cem", replaces="bo"), "bo is not at desk day"),
        (order(comes="ada", replaces=None), "ada is in day/2026-11-24/night"),
        (order(span=Span(NIGHT.start, NIGHT.end + timedelta(hours=1))), "longer than"),
    ],
)
def test_an_override_that_means_nothing_is_refused(
    store: Store, ada: Hired, asked: OverrideOrder, sentence: str
) -> None:
    with pytest.raises(OverrideError, match=sentence), store.writing() as db:
        override(db, SITE, asked, NOW)

    assert rung(store) == ["ada"]


def test_whom_the_telephone_would_not_ring_cannot_come(store: Store, ada: Hired) -> None:
    dee = make.hire(store, "Dee")
    with store.writing() as db:
        note_absence(db, dee.id, NIGHT, NOW)

    with pytest.raises(OverrideError, match="would not be rung"), store.writing() as db:
        override(db, SITE, order(comes="dee"), NOW)

    assert rung(store) == ["ada"]


def test_where_nothing_is_published_somebody_can_be_sent_all_the_same(store: Store) -> None:
    make.hire(store, "Bo")

    noted(store, order(replaces=None))
    noon = Span(NIGHT.end + timedelta(hours=4), NIGHT.end + timedelta(hours=6))
    noted(store, order(replaces=None, span=noon))

    with store.reading() as db:
        held = promises(db, Span(NIGHT.start, noon.end))
    assert [(p.shift, p.roster, p.part, p.of_a_roster) for p in held] == [
        ("day/2026-11-24/night", 0, False, False),
        ("day/override", 0, False, False),
    ]
