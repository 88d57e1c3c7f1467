"""What came of drills, who agreed to be rung in them, and the site as it is, copied for one."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, insert, select
from sqlmodel import Session

from hotline.calls.states import Outcome
from hotline.config.settings import LineName
from hotline.duty import PersonId, ToldBy
from hotline.oversight.drills import Drill, DrillWord, LineDrilled
from hotline.store.duty.trial_rings import phones_of
from hotline.store.tables import TABLES

_DRILL: Final = TABLES["drill"]
_WORD: Final = TABLES["drill_word"]
_W: Final = _WORD.c
# Who there is, what is promised and what was told of it; no caller, no call, no secret.
COPIED: Final = (
    *("person", "certificate", "absence", "roster", "assignment", "override"),
    *("attendance", "line_change"),
)


def keep_drill(db: Session, drill: Drill, now: datetime) -> int:
    """Keep what came of a drill that was played now; its number."""
    lines = [
        {
            "line": line.line,
            "callers": line.callers,
            "answered": line.answered,
            "longest_wait": line.longest_wait and line.longest_wait.total_seconds(),
            "outcomes": line.outcomes,
        }
        for line in drill.lines
    ]
    values = {
        "at": drill.at,
        "played": now,
        "stranded": drill.stranded,
        "double_booked": drill.double_booked,
        "lines": json.dumps(lines),
    }
    kept = insert(_DRILL).values(values).returning(_DRILL.c.id)
    number: int = db.connection().execute(kept).scalar_one()
    return number


def last_drill(db: Session) -> tuple[datetime, Drill] | None:
    """The last drill and when it was played; None: there was none."""
    statement = select(_DRILL).order_by(_DRILL.c.played.desc(), _DRILL.c.id.desc()).limit(1)
    row = db.connection().execute(statement).first()
    if row is None:
        return None
    return row.played, replace(_drill(row), phones=phones_of(db, row.id))


def say_of_drills(db: Session, person: PersonId, word: DrillWord) -> None:
    """Keep whether somebody agrees to be rung in drills."""
    values = {"person_id": person, "agrees": word.agrees, "at": word.at, "way": word.way}
    db.connection().execute(insert(_WORD).values(values))


def word_on_drills(db: Session, person: PersonId) -> DrillWord | None:
    """What somebody said last; None: nothing, so they are not rung."""
    found = select(_WORD).where(_W.person_id == person).order_by(_W.id.desc()).limit(1)
    row = db.connection().execute(found).first()
    return None if row is None else DrillWord(row.agrees, row.at, ToldBy(row.way))


def agreed_to_drills(db: Session) -> frozenset[PersonId]:
    """Everybody whose last word is yes. One query."""
    last = select(func.max(_W.id)).group_by(_W.person_id)
    found = select(_W.person_id).where(_W.id.in_(last), _W.agrees)
    return frozenset(PersonId(row.person_id) for row in db.connection().execute(found))


def copy_site(live: Session, scratch: Session) -> None:
    """Copy who there is and what is promised into an empty, migrated database.

    Telephones become practice ones: nobody's address is copied.
    """
    for name in COPIED:
        table = TABLES[name]
        rows = [dict(row) for row in live.connection().execute(select(table)).mappings()]
        for row in rows:
            if name == "person":
                row["address"] = f"client:practice-{row['id']}"
            if name == "roster":
                row["build_id"] = None
        if rows:
            scratch.connection().execute(insert(table), rows)


def _drill(row: Row[Any]) -> Drill:
    return Drill(
        row.at,
        tuple(
            LineDrilled(
                LineName(line["line"]),
                line["callers"],
                line["answered"],
                None if line["longest_wait"] is None else timedelta(seconds=line["longest_wait"]),
                {Outcome(name): count for name, count in line["outcomes"].items()},
            )
            for line in json.loads(row.lines)
        ),
        row.stranded,
        row.double_booked,
    )
