"""What is too old is forgotten: at night by itself, or by hand."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from hotline.accounts.trail import Change
from hotline.config.settings import Settings
from hotline.retention.kinds import Kind, kept_since
from hotline.store import Store
from hotline.store.access.trail import append_to_trail
from hotline.store.upkeep.ageing import Ageing, Key, count_old, forget, keys_of_old
from hotline.store.upkeep.too_old import AGEING, note_leavers
from hotline.store.upkeep.upkeep import PURGE, note_upkeep

AT_ONCE: Final = 500  # rows in one transaction: a caller waits for none of them


def too_old(store: Store, settings: Settings, now: datetime) -> Mapping[Kind, int]:
    """What a purge would forget now, by kind; nothing is changed."""
    found = dict.fromkeys(Kind, 0)
    with store.reading() as db:
        for each in AGEING:
            found[each.kind] += count_old(db, each, kept_since(settings.keeps, each.kind, now), now)
    return found


def purge(
    store: Store, settings: Settings, by: str, now: datetime, at_once: int = AT_ONCE
) -> Mapping[Kind, int]:
    """Forget what is too old, and say how much of each kind. by: a login, or who else it was."""
    with store.writing() as db:
        note_leavers(db, now)
    gone = Counter(dict.fromkeys(Kind, 0))
    for each in AGEING:
        before = kept_since(settings.keeps, each.kind, now)
        for keys in _batches(store, each, before, now, at_once):
            with store.writing() as db:
                gone[each.kind] += forget(db, each, keys, before, now)
    with store.writing() as db:
        note_upkeep(db, PURGE, now)
        if told := {kind.value: number for kind, number in gone.items() if number}:
            append_to_trail(db, by, Change("data.purged", "data", None, told), now)
    return gone


def _batches(
    store: Store, ageing: Ageing, before: datetime, now: datetime, at_once: int
) -> Iterator[list[Key]]:
    last: Key | None = None
    while True:
        with store.reading() as db:
            keys = keys_of_old(db, ageing, before, now, last, at_once)
        if not keys:
            return
        yield keys
        last = keys[-1]
