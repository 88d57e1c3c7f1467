"""What an operator may set about how long people's data are kept, and how often they are saved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """Days for which each kind of data is kept. What stands here holds where the file says nothing.

    Three years: the guide of 2021 asks for it of registration, handling and assessment forms.
    """

    numbers: int = 365  # of callers: those at high risk are followed for up to 12 months
    hashes: int = 1095  # by which callers are known again, and their records found
    events: int = 1095  # what happened and was said in calls
    ledger: int = 400  # whom each decision considered: complaints come within a year
    notes: int = 1095
    high_risk_notes: int = 1825  # longer than others: our choice
    recordings: int = 1095  # of messages that were answered
    callbacks: int = 90  # numbers of promises that are over
    sessions: int = 30  # at the pages, and links to them
    notices: int = 180  # what volunteers were told and rung for
    left: int = 90  # telephone and other details of people who left


@dataclass(frozen=True)
class Backups:
    """How often `hotline doctor` wants to see a backup."""

    every_hours: float = 24.0
