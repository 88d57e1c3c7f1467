"""Is it seen what a file or a form would change, and who was faster?"""

from dataclasses import replace
from datetime import UTC, datetime

from hotline.duty import PersonId
from hotline.people import Listed, PeopleFile, StoredPerson
from hotline.people.differing import (
    Change,
    Changed,
    Clash,
    cells_of,
    changes,
    clashes,
    differences,
    merged,
    told,
)
from tests.hotline.people.test_writing import ADA
from tests.make import SHANGHAI

BO = replace(ADA, code="bo", name="Bo", address="client:bo")
UNTIL = datetime(2030, 1, 1, tzinfo=UTC)


def stored(person: Listed) -> StoredPerson:
    held = dict.fromkeys(person.last_days, UNTIL)
    return StoredPerson(id=PersonId(1), certificates=held, active=True, **vars(person))


def file(*people: Listed) -> PeopleFile:
    return PeopleFile(people, {p.code: n for n, p in enumerate(people, 2)}, SHANGHAI)


def test_a_file_names_whom_it_adds_and_what_it_changes_and_nobody_else() -> None:
    changed = replace(ADA, name="Ada L.", shifts_a_week=1)
    found = differences(file(changed, BO), [stored(ADA)])
    assert found == (
        Changed(
            changed,
            new=False,
            changes=(Change("name", "Ada", "Ada L."), Change("shifts_a_week", "3", "1")),
        ),
        Changed(BO, new=True),
    )
    assert differences(file(ADA), [stored(ADA)]) == ()


def test_the_audit_is_told_that_name_and_telephone_changed_and_not_to_what() -> None:
    wanted = {"address": "tel:+862500000001", "name": "Ada L.", "shifts_a_week": "1"}
    before, after = told(changes(cells_of(ADA), wanted))
    assert before == {"address": "", "name": "", "shifts_a_week": "3"}
    assert after == {"address": "changed", "name": "changed", "shifts_a_week": "1"}


def test_what_somebody_else_changed_meanwhile_is_a_clash_and_nobodys_work_is_lost() -> None:
    was = {"name": "Ada", "shifts_a_week": "3", "role": "volunteer"}
    now = {"name": "Ada L.", "shifts_a_week": "3", "role": "volunteer"}
    mine = {"name": "Ada", "shifts_a_week": "1", "role": "volunteer"}
    assert clashes(was, now, mine) == (Clash("name", "Ada", "Ada L.", "Ada"),)
    assert merged(was, now, mine) == {
        "name": "Ada L.",
        "shifts_a_week": "1",
        "role": "volunteer",
    }
    assert clashes(was, was, mine) == ()
