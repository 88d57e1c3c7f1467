"""Use cases of a file of people: take it in whole or not at all, and give it back."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hotline.people.faults import Fault, FaultKind, PeopleError
from hotline.people.person import Listed, PeopleFile, StoredPerson
from hotline.people.writing import workbook_of, written
from hotline.store import Session
from hotline.store.people.everybody import AddressTakenError, all_people, save_people


@dataclass(frozen=True)
class Imported:
    """How many people a file brought, changed, and left as they were.

    renumbered: codes of those who have another address than before.
    """

    added: int
    changed: int
    unchanged: int
    renumbered: tuple[str, ...] = ()


def import_people(db: Session, file: PeopleFile) -> Imported:
    """Insert or change people by their code, in the caller's transaction; others stay.

    Raises PeopleError before anything is written if an address belongs to somebody who stays, or
    an agreement names somebody whom neither the file nor the database knows.
    """
    stored = all_people(db)
    if faults := faults_with(file, stored):
        raise PeopleError(faults)
    known = {person.code: person.listed() for person in stored}
    fresh = [person for person in file.people if known.get(person.code) != person]
    try:
        save_people(db, fresh, file.zone)
    except AddressTakenError as error:
        raise PeopleError([Fault(FaultKind.TAKEN, str(error), column="address")]) from error
    added = sum(person.code not in known for person in fresh)
    renumbered = tuple(
        person.code
        for person in fresh
        if person.code in known and known[person.code].address != person.address
    )
    return Imported(added, len(fresh) - added, len(file.people) - len(fresh), renumbered)


def faults_with(file: PeopleFile, stored: Collection[StoredPerson]) -> tuple[Fault, ...]:
    """What speaks against a file beside those who are stored: taken addresses, unknown names."""
    return (*_clashes(file, stored), *_strangers(file, stored))


def export_people(db: Session) -> str:
    """Everybody as a CSV that can be imported again."""
    return written(person.listed() for person in all_people(db))


def export_workbook(db: Session) -> bytes:
    """Everybody as an XLSX file that can be imported again."""
    return workbook_of(person.listed() for person in all_people(db))


def _clashes(file: PeopleFile, stored: Iterable[StoredPerson]) -> Iterator[Fault]:
    """Addresses of others who volunteer: one telephone is one person's, or it rings for two."""
    others = (p for p in stored if p.code not in file.lines and p.active)
    taken = {p.address.casefold(): p for p in others}
    for person in file.people:
        if owner := taken.get(person.address.casefold()):
            said = (
                f"address {person.address!r} of {person.name} ({person.code}) is the address of "
                f"{owner.name} ({owner.code}) already; one of them needs another."
            )
            line = _line(file, person)
            yield Fault(FaultKind.TAKEN, said, line, "address", person.address, owner)


def _strangers(file: PeopleFile, stored: Iterable[StoredPerson]) -> Iterator[Fault]:
    known = {*file.lines, *(person.code for person in stored)}
    for person in file.people:
        for code in sorted(person.agreement.never | person.agreement.always):
            if said := _stranger(code, person, known):
                line = _line(file, person)
                yield Fault(FaultKind.STRANGER, said, line, "agreement", person.agreement.text)


def _stranger(code: str, person: Listed, known: Collection[str]) -> str | None:
    if code == person.code:
        return f"agreement names the person's own code {code!r}."
    return None if code in known else f"agreement names {code!r}, whom nobody knows."


def _line(file: PeopleFile, person: Listed) -> int:
    return file.lines[person.code]
