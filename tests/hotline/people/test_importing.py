"""Is a file imported whole or not at all, on both databases?"""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from hotline.people import Listed, PeopleError, PeopleFile, read_people
from hotline.people.agreement import agreement_written
from hotline.people.importing import Imported, export_people, import_people
from hotline.store import Store
from hotline.store.people.everybody import (
    AddressTakenError,
    active_people,
    all_people,
    people_of_one_address,
    save_people,
    set_active,
)
from scheduling.problem import Standing
from tests import make
from tests.hotline.people.test_writing import ADA, SITE
from tests.make import LONDON, SHANGHAI

BO = replace(ADA, code="bo", name="Bo", address="client:bo", last_days={})


def file(*people: Listed) -> PeopleFile:
    return PeopleFile(people, {p.code: line for line, p in enumerate(people, 2)}, SHANGHAI)


def imported(store: Store, *people: Listed) -> Imported:
    with store.writing() as db:
        return import_people(db, file(*people))


def listed(store: Store) -> tuple[Listed, ...]:
    with store.reading() as db:
        return tuple(person.listed() for person in all_people(db))


def test_new_people_are_added_and_come_back_as_they_were(store: Store) -> None:
    assert imported(store, BO, ADA) == Imported(added=2, changed=0, unchanged=0)
    assert listed(store) == (ADA, BO)


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    imported(store, ADA, BO)
    assert imported(store, ADA, BO) == Imported(added=0, changed=0, unchanged=2)
    assert listed(store) == (ADA, BO)


def test_a_known_code_is_changed_and_keeps_its_identity(store: Store) -> None:
    imported(store, ADA, BO)
    with store.reading() as db:
        before = {person.code: person.id for person in all_people(db)}
    changed = replace(ADA, name="Ada L.", last_days={"crisis": date(2030, 1, 31)})
    assert imported(store, changed) == Imported(added=0, changed=1, unchanged=0)
    assert listed(store) == (changed, BO)  # Bo, who is not in the file, stays
    with store.reading() as db:
        assert {person.code: person.id for person in all_people(db)} == before


def test_an_agreement_that_names_nobody_is_refused_and_nothing_is_taken(store: Store) -> None:
    ada = replace(ADA, agreement=agreement_written("never with bo; always with eve"))
    bo = replace(BO, agreement=agreement_written("never with bo"))
    with pytest.raises(PeopleError) as caught:
        imported(store, ada, bo)
    assert caught.value.problems == (
        "line 2: agreement names 'eve', whom nobody knows.",
        "line 3: agreement names the person's own code 'bo'.",
    )
    assert listed(store) == ()


def test_an_agreement_may_name_somebody_of_an_earlier_file(store: Store) -> None:
    imported(store, BO)
    ada = replace(ADA, agreement=agreement_written("never with bo"), standing=Standing.MENTOR)
    imported(store, ada)
    assert listed(store) == (ada, BO)


def test_one_file_may_add_change_and_leave(store: Store) -> None:
    imported(store, ADA, BO)
    cem = replace(BO, code="cem", address="client:cem")
    bo = replace(BO, shifts_a_week=1)
    assert imported(store, ADA, bo, cem) == Imported(added=1, changed=1, unchanged=1)
    assert listed(store) == (ADA, bo, cem)


def test_people_may_exchange_their_addresses(store: Store) -> None:
    imported(store, ADA, BO)
    ada, bo = replace(ADA, address=BO.address), replace(BO, address=ADA.address)
    told = Imported(added=0, changed=2, unchanged=0, renumbered=("ada", "bo"))
    assert imported(store, ada, bo) == told
    assert listed(store) == (ada, bo)


def test_an_address_of_somebody_who_stays_is_refused_and_nothing_imported(store: Store) -> None:
    imported(store, ADA)
    eve = replace(BO, code="eve", address="SIP:ada@example.org")
    with pytest.raises(PeopleError, match=r"line 3: .+ of Bo \(eve\) is the address of Ada"):
        imported(store, BO, eve)
    assert listed(store) == (ADA,)


def test_who_left_keeps_nobody_from_their_telephone(store: Store) -> None:
    imported(store, ADA)
    with store.writing() as db:
        [ada] = all_people(db)
        set_active(db, ada.id, make.utc("2026-11-24 12:00"), active=False)

    imported(store, replace(BO, address=ADA.address))

    with store.writing() as db, pytest.raises(AddressTakenError):
        set_active(db, ada.id, make.utc("2026-11-24 12:00"), active=True)


def test_the_database_itself_gives_no_two_people_one_address(store: Store) -> None:
    imported(store, BO)
    with pytest.raises(PeopleError, match="at this moment"):
        imported(store, ADA, replace(ADA, code="eve", last_days={}))
    assert listed(store) == (BO,)


def test_who_shared_an_address_before_is_told_of_until_either_changes(store: Store) -> None:
    imported(store, ADA, BO)
    with store.writing() as db:
        shared = "update person set shares_address = true, address = 'sip:ada@example.org'"
        db.connection().exec_driver_sql(f"{shared} where code = 'bo'")
        told = people_of_one_address(db)
    assert [(one.code, other.code) for one, other in told] == [("bo", "ada")]

    imported(store, BO)

    with store.reading() as db:
        assert people_of_one_address(db) == []


@pytest.mark.parametrize(
    ("zone", "until"), [(SHANGHAI, "2027-03-31 16:00"), (LONDON, "2027-03-31 23:00")]
)
def test_a_certificate_is_valid_until_the_sites_midnight(
    store: Store, zone: ZoneInfo, until: str
) -> None:
    with store.writing() as db:
        save_people(db, [ADA], zone)
    with store.reading() as db:
        [ada] = all_people(db)
    assert ada.certificates["crisis"] == make.utc(until)


def test_nobody_imported_is_no_error(store: Store) -> None:
    assert imported(store) == Imported(0, 0, 0)
    assert listed(store) == ()


def test_imported_people_are_active(store: Store) -> None:
    imported(store, ADA)
    with store.reading() as db:
        assert [person.code for person in active_people(db)] == ["ada"]


def test_an_export_can_be_imported_again(store: Store) -> None:
    imported(store, ADA, BO)
    with store.reading() as db:
        text = export_people(db)
    assert read_people(text.encode(), SITE).people == (ADA, BO)


def test_everybody_is_read_in_two_queries(store: Store) -> None:
    imported(store, *(replace(BO, code=f"p{n}", address=f"client:p{n}") for n in range(20)))
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    with store.reading() as db:
        assert len(all_people(db)) == 20
    assert len([question for question in asked if question.startswith("SELECT")]) == 2
