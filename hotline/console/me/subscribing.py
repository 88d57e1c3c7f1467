"""My shifts in a calendar app: the secret address, and the document behind it."""

from flask import Response, abort, request, url_for

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, open_to_all
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import language_asked, page_language
from hotline.console.frame.words.saying import _
from hotline.console.me.room import me, mine
from hotline.own.calendar import Reading, calendar_behind, new_address
from hotline.store.people.calendars import drop_secret, secret_made


@me.get("/me/calendar", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_calendar() -> Response:
    """Whether I have an address, and what to do with it."""
    with parts().store.reading() as db:
        made = secret_made(db, mine(db).id)
    return show("me/calendar.html", made=made, address=None)


@me.post("/me/calendar", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def renew_calendar() -> Response:
    """A new address, shown this once; the one before works no more."""
    with changing() as change:
        person = mine(change.db)
        secret = new_address(change.db, person.id, change.now)
        change.record("calendar.renew", f"person/{person.code}")
    language = page_language().value  # the app that fetches it speaks for nobody
    address = _outside(url_for("me.send_calendar", secret=secret, lang=language))
    return show("me/calendar.html", made=now(), address=address)


@me.post("/me/calendar/end", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def end_calendar() -> Response:
    """The address works no more."""
    with changing() as change:
        person = mine(change.db)
        drop_secret(change.db, person.id)
        change.record("calendar.end", f"person/{person.code}")
    return back_to("me.show_calendar", said=_("The address works no more."))


@me.get("/calendar/<secret>.ics", provide_automatic_options=False)
@open_to_all
def send_calendar(secret: str) -> Response:
    """What a calendar app fetches; 304 where it has it already."""
    reading = Reading(secret, language_asked() or parts().settings.site.language)
    found = calendar_behind(parts().store, parts().settings, reading, now())
    if found is None:
        abort(404)
    if request.if_none_match.contains(found.tag):
        response = Response(status=304)
    else:
        response = Response(found.body, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="duties.ics"'
    response.set_etag(found.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _outside(path: str) -> str:
    """An address as a calendar app elsewhere reaches it."""
    root = parts().secrets.public_url or request.host_url.rstrip("/")
    return root + path
