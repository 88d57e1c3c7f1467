"""What the frame itself answers: files beside the pages, refusals, and the way home."""

from typing import Final

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from hotline.accounts.permits import Act, may
from hotline.console.frame.access import console
from hotline.console.frame.asking import (
    WrongFormError,
    allows,
    open_to_all,
    permit_of,
    somebody,
    viewer,
)
from hotline.console.frame.carrying import Carried, sent_here
from hotline.console.frame.changing import SentBeforeError
from hotline.console.frame.showing import DOORS, send_again, show
from hotline.console.frame.words.saying import _

CARRIERS: Final = ("/voice/", "/sms/")  # never a page
FOR_EVER: Final = "public, max-age=31536000, immutable"

frame = Blueprint("frame", __name__, template_folder="templates")


@frame.get("/", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def show_home() -> Response:
    """Where somebody begins: the first door of theirs."""
    roles = viewer().account.roles
    door = next((each.endpoint for each in DOORS if may(roles, each.act)), "accounts.show_own")
    answer = redirect(url_for(door), 303)
    assert isinstance(answer, Response)
    return answer


@frame.get("/assets/<digest>/<name>", provide_automatic_options=False)
@frame.get("/vendor/<digest>/<name>", provide_automatic_options=False)
@open_to_all
def show_asset(digest: str, name: str) -> Response:
    """A file beside the page, kept by browsers for ever: its address changes with it."""
    asset = console().assets.get(name)
    if asset is None or asset.address != request.path:
        abort(404)
    packed = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packed else asset.body, content_type=asset.content_type)
    if packed:
        response.content_encoding = "gzip"
    response.headers["Cache-Control"] = FOR_EVER
    response.vary.add("Accept-Encoding")
    return response


def refused(error: HTTPException) -> Response | HTTPException:
    """A page that says in words why there is nothing to see here; the carrier gets none."""
    if not is_for_people():
        return error
    status = error.code or 500
    if status < 400:
        return error
    carried = _of_an_earlier_session() if isinstance(error, WrongFormError) else None
    if carried is not None:
        return send_again(carried, viewer().csrf, status)
    return show("frame/refused.html", status, title=_title(error), sentence=_sentence(error))


def sent_before(error: SentBeforeError) -> Response:
    """The same form twice: to where its first sending led, and nothing happens."""
    g.hotline_sent_before = True
    no_account = permit_of(request.endpoint or "").act is None  # and so no first page
    home = request.full_path.rstrip("?") if no_account else url_for("frame.show_home")
    address = error.led_to or home
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    answer = redirect(address, 303)
    assert isinstance(answer, Response)
    return answer


def is_for_people() -> bool:
    """Whether this is a page, or an address of none that a person may have typed."""
    if request.path.startswith(CARRIERS):
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return view is None or hasattr(view, "hotline_permit")


def _of_an_earlier_session() -> Carried | None:
    """A form of ours, as the browser itself says, from before somebody signed in anew."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin" and request.form.get("csrf")
    return sent_here() if ours and somebody() is not None else None


def _title(error: HTTPException) -> str:
    if isinstance(error, WrongFormError):
        return _("This page is out of date")
    titles = {403: _("Not for this account"), 404: _("There is nothing here")}
    return titles.get(error.code or 500, _("That did not work"))


def _sentence(error: HTTPException) -> str:
    if isinstance(error, WrongFormError):
        return _("Nothing was changed. Go back, load the page anew, and send it again.")
    sentences = {
        403: _("What you asked for belongs to other roles. An administrator can give you one."),
        404: _("It may have been removed, or it belongs to a desk that is not yours."),
        413: _("What you sent is too large. Nothing was changed."),
    }
    return sentences.get(error.code or 500, _("Nothing was changed. Go back and try again."))
