"""Is a draft below its floor, and does the coordinator know? Asked before it is published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from hotline.config.settings import DeskName
from hotline.errors import HotlineError
from hotline.rosters.by_hand.stored import answer
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.planning.drafts import StoredRoster, builds_of
from scheduling.roster import Gap

WORST = 3  # gaps that a refusal names
LONGEST = 400  # letters of a reason


class AcceptError(HotlineError):
    """The drafts are below the floor and nobody said why that is accepted."""


def gaps_below_floor(
    db: Session, drafts: Iterable[StoredRoster]
) -> Mapping[DeskName, tuple[Gap, ...]]:
    """The gaps below the floor of each desk that has any; of what nobody built none is known."""
    found: dict[DeskName, tuple[Gap, ...]] = {}
    for build in builds_of(db, drafts):
        gaps = answer(build).gaps
        for roster in build.rosters:
            mine = tuple(gap for gap in gaps if gap.below_floor and gap.desk == roster.desk)
            if mine:
                found[roster.desk] = mine
    return found


def reason_written(text: str) -> str:
    """The reason without blanks around it. Raises AcceptError for one that says nothing."""
    reason = " ".join(text.split())
    if not reason:
        raise AcceptError('--accept-gaps needs a reason, like "three are ill, nobody else can".')
    if len(reason) > LONGEST:
        raise AcceptError(f"The reason has {len(reason)} letters; at most {LONGEST} are kept.")
    return reason


def refusal(week: Week, gaps: Sequence[Gap], zone: ZoneInfo) -> AcceptError:
    """The sentence that names the worst gaps, how many there are, and what to type."""
    worst = sorted(gaps, key=lambda gap: (-gap.missing * gap.span.length, gap.span, gap.desk))
    named = "; ".join(_told(gap, zone) for gap in worst[:WORST])
    more = f"; and {len(worst) - WORST} more" if len(worst) > WORST else ""
    count = "1 gap" if len(worst) == 1 else f"{len(worst)} gaps"
    return AcceptError(
        f"{week} would be published with {count} below the floor: {named}{more}. What closes them: "
        f"hotline roster repair --week {week}. To publish it all the same, say why: "
        f'hotline roster publish --week {week} --accept-gaps "reason".'
    )


def _told(gap: Gap, zone: ZoneInfo) -> str:
    start, end = (at.astimezone(zone) for at in (gap.span.start, gap.span.end))
    until = f"{end:%H:%M}" if gap.span.length <= timedelta(days=1) else f"{end:%a %d %b %H:%M}"
    held = f" with {gap.certificate}" if gap.certificate else ""
    return f"{gap.desk} {start:%a %d %b %H:%M}-{until} lacks {gap.missing}{held}"
