"""What the audit trail says in tests."""

from hotline.store import Store
from hotline.store.access.trail import trail


def entries(store: Store) -> list[tuple[str, str, object, object]]:
    """Act, subject, before and after of every change, in order; not that somebody signed in."""
    with store.reading() as db:
        changes = [entry.change for entry in trail(db)]
    return [
        (each.act, each.subject, each.before, each.after)
        for each in changes
        if not each.act.startswith("session.")
    ]
