"""Who asks for a page, and whether they may: before any page is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from hotline.accounts.permits import Act, may
from hotline.accounts.roles import Viewer
from hotline.accounts.signing_in import idle_limit
from hotline.accounts.tokens import csrf_of, token_hash
from hotline.console.frame.access import parts
from hotline.console.frame.carrying import sent_here
from hotline.store.access.page_sessions import Found, seen_again, session_of

View = TypeVar("View", bound=Callable[..., Any])
COOKIE: Final = "hotline_session"
SEEN_EVERY: Final = timedelta(minutes=5)  # a page writes that somebody is there no more often
SIGN_IN: Final = "accounts.show_sign_in"  # takes along what was sent
SET_UP_FIRST: Final = "accounts.show_own"  # where a second factor is set up


@dataclass(frozen=True)
class Permit:
    """What a view says of itself. act: None is for everybody, signed in or not.

    polled: fetched by a page itself, so it keeps no session alive. changes: whether a POST leaves
    something in the audit trail. largest: bytes of a request; None: as everywhere.
    """

    act: Act | None
    polled: bool = False
    changes: bool = True
    largest: int | None = None


class WrongFormError(Forbidden):
    """A form that was not sent from a page of ours, or from a session that is over."""


def allows(
    act: Act, *, polled: bool = False, changes: bool = True, largest: int | None = None
) -> Callable[[View], View]:
    """Mark a view as for those who may do `act`."""
    return _marked(Permit(act, polled, changes, largest))


def open_to_all(view: View) -> View:
    """Mark a view as for everybody. A POST of it records what it changes itself, if anything."""
    return _marked(Permit(None, changes=False))(view)


def _marked(permit: Permit) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.hotline_permit = permit  # type: ignore[attr-defined]
        return view

    return mark


def permit_of(endpoint: str) -> Permit:
    """What the view of that endpoint says of itself. Raises AttributeError if it says nothing."""
    view: Any = current_app.view_functions[endpoint]
    found = view.hotline_permit
    assert isinstance(found, Permit)
    return found


def viewer() -> Viewer:
    """Who asks; only in views that are not open to all."""
    found = g.hotline_viewer
    assert isinstance(found, Viewer)
    return found


def somebody() -> Viewer | None:
    """Who asks, if anybody is signed in and the page is not open to all."""
    found = g.get("hotline_viewer")
    assert found is None or isinstance(found, Viewer)
    return found


def now() -> datetime:
    """The one instant of this request."""
    if "hotline_now" not in g:
        g.hotline_now = parts().clock()
    found = g.hotline_now
    assert isinstance(found, datetime)
    return found


def admit() -> Response | None:
    """Let the request through, or answer it: before every request for a page."""
    permit = permit_of(request.endpoint or "")
    if request.method == "POST" and not _from_our_pages():
        raise WrongFormError
    if permit.act is None:
        g.hotline_admitted = True
        return None
    found = _session(permit)
    if found is None:
        return _to_sign_in(permit)
    if not may(found.account.roles, permit.act):
        raise Forbidden
    if _lacks_second_factor(found) and permit.act is not Act.OWN_ACCOUNT:
        return _answer_led_to(url_for(SET_UP_FIRST))
    if request.method == "POST" and not _holds_csrf(permit):
        raise WrongFormError
    g.hotline_admitted = True
    return None


def _session(permit: Permit) -> Found | None:
    token, at = request.cookies.get(COOKIE, ""), now()
    if not token:
        return None
    rules = parts().settings.signing
    longest = max(timedelta(days=rules.volunteer_days), timedelta(minutes=rules.idle_minutes))
    with parts().store.reading() as db:
        found = session_of(db, token_hash(token), at, longest)
    if found is None or found.seen <= at - idle_limit(found.account, rules):
        return None
    g.hotline_viewer = Viewer(found.account, found.id, csrf_of(token))
    if not permit.polled and found.seen <= at - SEEN_EVERY:
        with parts().store.writing() as db:
            seen_again(db, found.id, at)
    return found


def _lacks_second_factor(found: Found) -> bool:
    wanted = parts().settings.signing.second_factor
    return not found.second_factor and any(role in wanted for role in found.account.roles)


def _from_our_pages() -> bool:
    """Browsers say where a form comes from; what says nothing is no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    ours = (request.host, urlsplit(parts().secrets.public_url).netloc)
    there = urlsplit(origin).netloc
    return bool(there) and there in ours


def _holds_csrf(permit: Permit) -> bool:
    if permit.largest is not None:  # only now: nobody else has so much of theirs read
        request.max_content_length = permit.largest
    sent = request.form.get("csrf") or request.headers.get("X-CSRF", "")
    return compare_digest(sent.encode(), viewer().csrf.encode())


def _to_sign_in(permit: Permit) -> Response:
    if permit.largest is None and sent_here() is not None:
        answer = current_app.view_functions[SIGN_IN]()
        assert isinstance(answer, Response)
        answer.status_code = 401
        return answer
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return _answer_led_to(url_for(SIGN_IN, next=wanted or None))


def _answer_led_to(address: str) -> Response:
    """A browser goes there; htmx, which would put the other page into this one, is told to."""
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": address})
    answer = redirect(address, 303)
    assert isinstance(answer, Response)
    return answer
