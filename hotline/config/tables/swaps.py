"""What an operator may set about swaps and cover requests."""

from dataclasses import dataclass
from enum import StrEnum


class Approval(StrEnum):
    """When a coordinator must approve what two people agreed on."""

    ALWAYS = "always"
    BELOW_TARGET = "below-target"  # where it takes half hours further below their target
    NEVER = "never"  # the rules of the roster and the floors hold all the same


@dataclass(frozen=True)
class Swaps:
    """How duties change hands. What stands here holds for a site that says nothing."""

    approval: Approval = Approval.ALWAYS
    close_hours: float = 2.0  # before the first of the duties begins, what is undecided expires
