"""Who looks at the pages in tests: signed in as Dee, Sam, Ada, Ann, Otto or Eve, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.accounts.roles import Account, AccountId, Role
from hotline.accounts.signing_in import enter
from hotline.accounts.tokens import csrf_of
from hotline.config.settings import DeskName
from hotline.console.frame.asking import COOKIE
from hotline.duty import PersonId
from hotline.parts import Parts
from hotline.store.access.accounts import locked_account, new_account

HOST: Final = {"Host": "127.0.0.1:8000"}
CAST: Final[Mapping[str, tuple[Role, ...]]] = {
    "dee": (Role.COORDINATOR,),
    "sam": (Role.SUPERVISOR,),
    "ada": (Role.VOLUNTEER,),
    "bo": (Role.VOLUNTEER,),
    "ann": (Role.ADMINISTRATOR,),
    "otto": (Role.AUDITOR,),
    "eve": (),  # has an account and no role: everything but her own account is refused
}


@dataclass
class Visitor:
    """A browser, and whose it is."""

    client: FlaskClient
    csrf: str = ""
    token: str = ""  # of the session: what the cookie holds

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Look at a page."""
        return self.client.get(path, headers={**HOST, **(headers or {})})

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        once: str | None = None,
    ) -> TestResponse:
        """Send a form of ours. once: None is a fresh one, as of a page just loaded."""
        tokens = {"csrf": self.csrf, "once": once or token_urlsafe(16)}
        return self.client.post(
            path, data={**tokens, **(data or {})}, headers={**HOST, **(headers or {})}
        )

    def text(self, path: str) -> str:
        """What the page says. It must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text


def visitor(
    app: Flask,
    login: str = "dee",
    *,
    desks: tuple[str, ...] = (),
    person: int | None = None,
    roles: tuple[Role, ...] | None = None,
) -> Visitor:
    """Somebody of the cast, signed in. desks: none is the whole site; person: who they are."""
    found: Parts = app.extensions["hotline"]
    app.testing = True
    wanted = Account(
        AccountId(0),
        login,
        login.capitalize(),
        frozenset(CAST.get(login, ()) if roles is None else roles),
        frozenset(DeskName(desk) for desk in desks),
        None if person is None else PersonId(person),
    )
    now = found.clock()
    with found.store.writing() as db:
        new_account(db, wanted, now)
        locked = locked_account(db, login)
        assert locked is not None
        entered = enter(db, locked.account, found.settings.signing, now)
    client = app.test_client()
    client.set_cookie(COOKIE, entered.token, domain="127.0.0.1")
    return Visitor(client, csrf_of(entered.token), entered.token)


def passer_by(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    app.testing = True
    return Visitor(app.test_client())
