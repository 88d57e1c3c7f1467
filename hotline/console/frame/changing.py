"""A change from a page: one transaction, one entry of the audit trail, and never twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import Response, current_app, g, request

from hotline.accounts.roles import Viewer
from hotline.accounts.trail import Change
from hotline.console.frame.access import parts
from hotline.console.frame.asking import now, permit_of, somebody
from hotline.console.frame.carrying import ONCE
from hotline.store import Session
from hotline.store.access.page_sessions import claim_form, keep_where_it_led, where_it_led
from hotline.store.access.trail import append_to_trail

log = logging.getLogger(__name__)

VISITOR: Final = "visitor"  # who has no account


class SentBeforeError(Exception):
    """The same form came a second time: nothing happens but what its first sending led to."""

    def __init__(self, led_to: str | None) -> None:
        super().__init__("sent before")
        self.led_to = led_to


@dataclass(frozen=True)
class Changing:
    """The transaction of a change, its instant and who makes it (None: somebody signed out)."""

    db: Session
    now: datetime
    by: Viewer | None

    @property
    def viewer(self) -> Viewer:
        """Who makes it."""
        assert self.by is not None
        return self.by

    def record(
        self,
        act: str,
        subject: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Write the audit trail's entry. Never a caller's number, a note or a password."""
        login = self.by.account.login if self.by else VISITOR
        append_to_trail(self.db, login, Change(act, subject, before, after), self.now)
        g.hotline_recorded = True


@contextmanager
def changing() -> Iterator[Changing]:
    """The one writing transaction of a POST. Raises SentBeforeError for a form sent twice."""
    token = request.form.get(ONCE, "")
    with parts().store.writing() as db:
        if token and not claim_form(db, token, now()):
            raise SentBeforeError(where_it_led(db, token))
        yield Changing(db, now(), somebody())
    g.hotline_claimed = token


def remember_where_it_led(response: Response) -> Response:
    """After a POST: keep where it led, and see that it left a trace."""
    if "hotline_admitted" not in g or request.method != "POST" or response.status_code >= 400:
        return response
    token = g.get("hotline_claimed")
    if token and response.location:
        with parts().store.writing() as db:
            keep_where_it_led(db, token, response.location)
    _left_a_trace()
    return response


def recorded() -> None:
    """What the audit trail's entry is for was written by the use case itself."""
    g.hotline_recorded = True


def _left_a_trace() -> None:
    sent_twice = g.get("hotline_sent_before", False)
    if g.get("hotline_recorded") or sent_twice or not permit_of(request.endpoint or "").changes:
        return
    log.error("%s changed something and recorded nothing", request.endpoint)
    assert not current_app.testing, f"{request.endpoint} changed something and recorded nothing"
