"""How roles, acts and what is wrong with a password are called on pages."""

from typing import Final

from hotline.accounts.keeping import AccountError
from hotline.accounts.passwords import LONGEST, SHORTEST, PasswordError
from hotline.accounts.roles import Role
from hotline.console.frame.words.saying import _, _l

ROLES: Final = {
    Role.VOLUNTEER: _l("volunteer"),
    Role.COORDINATOR: _l("coordinator"),
    Role.SUPERVISOR: _l("supervisor"),
    Role.ADMINISTRATOR: _l("administrator"),
    Role.AUDITOR: _l("auditor"),
}


def password_problem(error: PasswordError) -> str:
    """Why a password will not do."""
    sentences = {
        "short": _("A password has %(least)d characters or more.", least=SHORTEST),
        "long": _("A password has at most %(most)d characters.", most=LONGEST),
        "login": _("A password does not hold the name you sign in with."),
        "common": _("This password is guessed at once; choose another."),
    }
    return sentences[error.reason]


def account_problem(error: AccountError) -> str:
    """Why an account cannot be like that; what stands at the field."""
    sentences = {
        "login": _("Taken, or not made of 2 to 63 small letters, digits, dots and dashes."),
        "name": _("Write what others know them by."),
        "roles": _("Choose a role; and somebody must remain who may make accounts."),
        "person": _("A volunteer's account belongs to one of the volunteers, and to one only."),
        "desks": _("There is no such desk."),
    }
    return sentences[error.field]
