"""The rota holds what is published, and nothing else."""

from hotline.duty import Presence
from hotline.rosters.states import RosterState
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.duty.rosters import rota_at, rota_between, rota_of_desks
from hotline.store.tables import LineChangeRow, PresenceRow
from scheduling.problem import Span
from tests import make
from tests.statements import statements

NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
NOON = make.span("2026-11-24 04:00", "2026-11-24 08:00")
DEEP_NIGHT = make.utc("2026-11-24 15:10")


def test_a_draft_routes_nobody_and_neither_does_an_archived_roster(store: Store) -> None:
    ada, bo, cem = (make.hire(store, name) for name in ("Ada", "Bo", "Cem"))
    make.store_roster(store, (ada, NIGHT))
    make.store_roster(store, (bo, NIGHT), state=RosterState.DRAFT)
    make.store_roster(store, (cem, NIGHT), state=RosterState.ARCHIVED)

    with store.reading() as db:
        at, between = rota_at(db, DEEP_NIGHT), rota_between(db, NIGHT)

    assert [who.name for who in at.volunteers] == ["Ada"]
    assert [duty.person for duty in at.duties] == [ada.id]
    assert [duty.person for duty in between.duties] == [ada.id]
    assert [who.name for who in between.volunteers] == ["Ada", "Bo", "Cem"]


def test_the_rota_of_an_instant_holds_only_who_is_on_duty_then(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    make.store_roster(store, (ada, NIGHT), (bo, NOON))

    with store.reading() as db:
        assert [who.name for who in rota_at(db, DEEP_NIGHT).volunteers] == ["Ada"]
        assert [who.name for who in rota_at(db, NOON.start).volunteers] == ["Bo"]
        assert rota_at(db, NOON.end).volunteers == ()
        assert rota_at(db, NIGHT.end).duties == ()


def test_somebody_who_left_is_in_no_rota(store: Store) -> None:
    eve = make.hire(store, "Eve", active=False)
    make.store_roster(store, (eve, NIGHT))

    with store.reading() as db:
        assert rota_at(db, DEEP_NIGHT) == rota_between(db, NIGHT)
        assert rota_between(db, NIGHT).volunteers == ()
        assert rota_between(db, NIGHT).duties == ()


def test_a_person_comes_with_certificates_and_with_what_their_telephone_does(store: Store) -> None:
    ada = make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER}, desks="day night")
    make.store_roster(store, (ada, NIGHT))
    free_at = make.utc("2026-11-24 15:12")
    with store.writing() as db:
        db.add(PresenceRow(person_id=ada.id, free_at=free_at, last_ended=NIGHT.start, missed=2))

    with store.reading() as db:
        [at], [between] = rota_at(db, DEEP_NIGHT).volunteers, rota_between(db, NIGHT).volunteers

    assert at == between
    assert at.certificates == {"crisis": make.LONG_AFTER}
    assert at.desks == {"day", "night"}
    assert at.presence == Presence(free_at=free_at, last_ended=NIGHT.start, missed=2)


def test_a_person_in_two_overlapping_assignments_is_one_volunteer(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT))
    make.store_roster(store, (ada, NIGHT), desk="night")

    with store.reading() as db:
        rota = rota_at(db, DEEP_NIGHT)

    assert [who.name for who in rota.volunteers] == ["Ada"]
    assert {duty.desk for duty in rota.duties} == {"day", "night"}


def test_a_duty_that_began_before_the_span_is_in_its_rota(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, NIGHT))
    last_hour = Span(make.utc("2026-11-24 23:00"), make.utc("2026-11-25 03:00"))

    with store.reading() as db:
        assert len(rota_between(db, last_hour).duties) == 1
        assert rota_between(db, Span(NIGHT.end, last_hour.end)).duties == ()


def test_the_telephone_asks_once_and_the_pages_five_times(store: Store) -> None:
    ada = make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    make.store_roster(store, (ada, NIGHT))

    with store.reading() as db:
        rota_at(db, DEEP_NIGHT)
    with statements(store) as telephone, store.reading() as db:
        rota_at(db, DEEP_NIGHT)
    with statements(store) as pages, store.reading() as db:
        rota_between(db, NIGHT)

    assert len(telephone) == 1
    assert len(pages) == 5


def test_promises_are_drafts_and_published_rosters_but_not_archived_ones(store: Store) -> None:
    ada = make.hire(store, "Ada")
    for state in RosterState:
        make.store_roster(store, (ada, NIGHT), state=state)

    with store.reading() as db:
        held = promises(db, NIGHT)

    assert {promise.state for promise in held} == {RosterState.DRAFT, RosterState.PUBLISHED}
    assert {promise.span for promise in held} == {NIGHT}
    assert {promise.person for promise in held} == {"ada"}


def test_the_rota_of_a_desk_holds_its_people_and_where_lines_are_diverted_to(
    store: Store,
) -> None:
    # given: three desks, and a line that is diverted to the third
    people = {name: make.hire(store, name) for name in ("Ada", "Bo", "Cem")}
    for name, desk in (("Ada", "day"), ("Bo", "night"), ("Cem", "far")):
        make.store_roster(store, (people[name], NIGHT), desk=desk)
    with store.writing() as db:
        db.add(LineChangeRow(line="help", desks="far", starts=NIGHT.start, ends=NIGHT.end))
    # when
    with store.reading() as db:
        whole, mine = rota_between(db, NIGHT), rota_of_desks(db, NIGHT, {make.desk().name})
    # then
    assert [who.name for who in mine.volunteers] == ["Ada", "Cem"]
    assert mine.duties == tuple(duty for duty in whole.duties if duty.desk != "night")
    assert mine.changes == whole.changes
