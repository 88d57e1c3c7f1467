"""A caller asks to be forgotten: what there is, what stands in the way, and that it goes."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from hotline.accounts.trail import Change
from hotline.errors import HotlineError
from hotline.numbers import number_to_ring, withheld
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.access.trail import append_to_trail
from hotline.store.calling.callers import call_numbered, caller_of
from hotline.store.upkeep.erasing_callers import OfCaller, forget_caller, forget_notes, of_caller


class ErasureError(HotlineError):
    """Somebody cannot be forgotten, or not yet. Says what has to be decided first."""


class Notes(StrEnum):
    """What becomes of notes that a guide asks to keep."""

    KEEP = "keep"  # without anything that leads to the caller
    ERASE = "erase"


@dataclass(frozen=True)
class Wanted:
    """What was decided beforehand. notes: None, not yet."""

    cancel_promises: bool = False
    notes: Notes | None = None


def hashes_of_number(privacy: Privacy, text: str, country: str) -> frozenset[str]:
    """The hashes under which calls from this number may be kept, however a carrier wrote it.

    Raises ErasureError where it is no number.
    """
    number = number_to_ring(text, country)
    if withheld(text) or number is None:
        raise ErasureError("This is no number that can call; write it like +8613912345678.")
    return frozenset(privacy.hashed(each) for each in {text.strip(), *_spellings(number, country)})


def hashes_of_call(db: Session, call: str) -> frozenset[str]:
    """The hash of a call's caller. Raises ErasureError."""
    number = call_numbered(db, call)
    caller = None if number is None else caller_of(db, number)
    if caller is None:
        raise ErasureError(f"There is no call {call!r} whose caller is known.")
    return frozenset({caller})


def in_the_way(found: OfCaller, wanted: Wanted) -> Iterator[str]:
    """What has to be waited for or decided before they are forgotten, one sentence each."""
    if found.going_on:
        yield "A call of theirs is going on: try again when it is over."
    owed = found.promises + found.unanswered + found.follow_ups
    if owed and not wanted.cancel_promises:
        yield (
            f"Somebody waits for {found.promises} callbacks, {found.follow_ups} follow-ups and "
            f"{found.unanswered} messages of theirs: keep them first, or say --cancel-promises."
        )
    if found.notes and wanted.notes is None:
        yield (
            f"There are {found.notes} notes, which have to be kept for years: say --notes keep "
            "(without anything that leads to the caller) or --notes erase."
        )


def erase_caller(
    db: Session, hashes: frozenset[str], wanted: Wanted, by: str, now: datetime
) -> OfCaller:
    """Forget a caller, and say how much there was. Raises ErasureError if something prevents it.

    The trail says that somebody was forgotten, and not who.
    """
    found = of_caller(db, hashes)
    if problems := tuple(in_the_way(found, wanted)):
        raise ErasureError(" ".join(problems))
    if wanted.notes is Notes.ERASE:
        forget_notes(db, hashes)
    forget_caller(db, hashes, now)
    told = {**asdict(found), "notes_erased": wanted.notes is Notes.ERASE}
    append_to_trail(db, by, Change("caller.erased", "caller", None, told), now)
    return found


def _spellings(number: str, country: str) -> Iterator[str]:
    digits = number.removeprefix("+")
    yield from (number, digits, f"00{digits}")
    if digits.startswith(country):
        national = digits.removeprefix(country)
        yield from (national, f"0{national}")
