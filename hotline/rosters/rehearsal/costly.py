"""What a gap costs callers, as a rehearsal found it. Apart, for whoever only reads it."""

from dataclasses import dataclass

from scheduling.rehearsal.bands import Band
from scheduling.roster import Gap


@dataclass(frozen=True)
class CostlyGap:
    """A gap, and how many unanswered calls one person in it would spare."""

    gap: Gap
    spared: Band
