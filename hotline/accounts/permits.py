"""Which role may do what at the pages: the one table. docs/access.md is drawn from it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from hotline.accounts.roles import Role


class Act(StrEnum):
    """What a page or a button is for."""

    OWN_ACCOUNT = "own-account"  # password, second factor, sessions
    OWN_DUTY = "own-duty"  # my shifts, swaps, availability, check-in, calendar
    OWN_NOTES = "own-notes"  # the form and notes of my own calls
    SEE_BOARD = "see-board"
    SEE_COVERAGE = "see-coverage"
    SEE_REPORTS = "see-reports"
    SEE_ROSTERS = "see-rosters"
    EDIT_ROSTERS = "edit-rosters"
    PUBLISH_ROSTERS = "publish-rosters"
    SEE_PEOPLE = "see-people"
    EDIT_PEOPLE = "edit-people"
    DECIDE_REQUESTS = "decide-requests"  # absences, swaps, cover
    FILL_GAPS = "fill-gaps"
    RUN_LINES = "run-lines"  # divert, pause
    JOIN_CALLS = "join-calls"  # listen, coach, join
    SEE_CALLS = "see-calls"  # one call's story, without number or note
    HEAR_MESSAGES = "hear-messages"
    KEEP_CALLBACKS = "keep-callbacks"
    READ_NOTES = "read-notes"  # of others, on one's lines
    SEE_CARE = "see-care"  # which forms and follow-ups are due: one's own, or on one's lines
    CLEAR_ALARMS = "clear-alarms"
    MANAGE_ACCOUNTS = "manage-accounts"
    SEE_AUDIT = "see-audit"
    FORGET = "forget"  # a caller, or somebody who worked here, for good


V, C, S = Role.VOLUNTEER, Role.COORDINATOR, Role.SUPERVISOR
ADMIN, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
MAY: Final[Mapping[Act, frozenset[Role]]] = {
    Act.OWN_ACCOUNT: frozenset(Role),
    Act.OWN_DUTY: frozenset({V}),
    Act.OWN_NOTES: frozenset({V}),
    Act.SEE_BOARD: frozenset({C, S}),
    Act.SEE_COVERAGE: frozenset({C, S, AUDITOR}),
    Act.SEE_REPORTS: frozenset({C, S, ADMIN, AUDITOR}),
    Act.SEE_ROSTERS: frozenset({C, S, AUDITOR}),
    Act.EDIT_ROSTERS: frozenset({C}),
    Act.PUBLISH_ROSTERS: frozenset({C}),
    Act.SEE_PEOPLE: frozenset({C, S, ADMIN}),
    Act.EDIT_PEOPLE: frozenset({C, ADMIN}),
    Act.DECIDE_REQUESTS: frozenset({C}),
    Act.FILL_GAPS: frozenset({C, S}),
    Act.RUN_LINES: frozenset({S}),
    Act.JOIN_CALLS: frozenset({S}),
    Act.SEE_CALLS: frozenset({S, AUDITOR}),
    Act.HEAR_MESSAGES: frozenset({S}),
    Act.KEEP_CALLBACKS: frozenset({S}),
    Act.READ_NOTES: frozenset({S}),
    Act.SEE_CARE: frozenset({V, S}),
    Act.CLEAR_ALARMS: frozenset({S}),
    Act.MANAGE_ACCOUNTS: frozenset({ADMIN}),
    Act.SEE_AUDIT: frozenset({ADMIN, AUDITOR}),
    Act.FORGET: frozenset({ADMIN}),
}


def may(roles: Collection[Role], act: Act) -> bool:
    """Whether somebody with these roles may do it; their own account is everybody's."""
    return act is Act.OWN_ACCOUNT or not MAY[act].isdisjoint(roles)
