"""What an operator may set about accounts at the pages."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for; an account may have several."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Accounts:
    """How long somebody stays signed in, and who else stands between a browser and us."""

    session_hours: float = 12.0  # a night's duty
    idle_minutes: float = 120.0  # untouched, a session ends; the board alone touches nothing
    volunteer_days: float = 30.0  # of whoever is a volunteer only, on their own phone
    invitation_days: float = 7.0
    reset_hours: float = 24.0
    second_factor: tuple[Role, ...] = ()  # roles that must have one
    proxies: int = 0  # of ours in front of the web server, each adding to X-Forwarded-For
