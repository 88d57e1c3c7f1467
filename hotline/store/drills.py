"""What came of drills, and the site as it is, copied for one."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, insert, select
from sqlmodel import Session

from hotline.calls.states import Outcome
from hotline.config.settings import LineName
from hotline.drills import Drill, LineDrilled
from hotline.store.tables import TABLES

_DRILL: Final = TABLES["drill"]
# Who there is, what is promised and what was told of it; no caller, no call, no secret.
COPIED: Final = (
    *("person", "certificate", "absence", "roster", "assignment", "override"),
    *("attendance", "line_change"),
)


def keep_drill(db: Session, drill: Drill, now: datetime) -> None:
    """Keep what came of a drill that was played now."""
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
    db.connection().execute(insert(_DRILL).values(values))


def last_drill(db: Session) -> tuple[datetime, Drill] | None:
    """The last drill and when it was played; None: there was none."""
    statement = select(_DRILL).order_by(_DRILL.c.played.desc(), _DRILL.c.id.desc()).limit(1)
    row = db.connection().execute(statement).first()
    return None if row is None else (row.played, _drill(row))


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
