"""All rooms of the pages, and how an app gets them."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import HTTPException

from hotline.accounts.tokens import token_hash
from hotline.console.accounts import entering, others, own, second
from hotline.console.accounts.room import ACCOUNTS_DOOR, TRAIL_DOOR, accounts
from hotline.console.board import acting as board_acting
from hotline.console.board import calls, filling, running, seeking
from hotline.console.board import pages as board_pages
from hotline.console.board.room import BOARD_DOOR, CALLS_DOOR, board
from hotline.console.care import pages as care_pages
from hotline.console.care.room import CARE_DOOR, care
from hotline.console.coverage import pages as coverage_pages
from hotline.console.coverage.room import DOOR as COVERAGE_DOOR
from hotline.console.coverage.room import ahead
from hotline.console.forgetting import callers, leavers
from hotline.console.forgetting.room import FORGET_DOOR, forgetting
from hotline.console.frame import answers
from hotline.console.frame.access import Console, parts
from hotline.console.frame.asking import admit, permit_of
from hotline.console.frame.assets import Asset, htmx, our_assets
from hotline.console.frame.changing import SentBeforeError, remember_where_it_led
from hotline.console.frame.guard import guarded
from hotline.console.frame.latest import Latest
from hotline.console.frame.paging import RowNumber
from hotline.console.frame.showing import DOORS
from hotline.console.frame.words.language import init_languages
from hotline.console.help.views import help_room
from hotline.console.me import home, keeping, subscribing, swapping, telephone
from hotline.console.me.room import DOOR as ME_DOOR
from hotline.console.me.room import me
from hotline.console.messages import heard, kept
from hotline.console.messages.room import CALLBACKS_DOOR, MESSAGES_DOOR, messages
from hotline.console.people import away, editing, files, hours, listing, one
from hotline.console.people.room import AWAY_DOOR, PEOPLE_DOOR, people
from hotline.console.planning import building, comparing, mending, playing, publishing
from hotline.console.planning.room import planning
from hotline.console.reports.pages import DOOR as REPORTS_DOOR
from hotline.console.reports.pages import reports
from hotline.console.requests.pages import DOOR as REQUESTS_DOOR
from hotline.console.requests.pages import room as requests
from hotline.console.rosters import acting, pages
from hotline.console.rosters import files as roster_files
from hotline.console.rosters.room import DOOR as ROSTERS_DOOR
from hotline.console.rosters.room import rosters

ROOMS: Final[tuple[Blueprint, ...]] = (
    answers.frame,
    me,
    requests,
    accounts,
    board,
    messages,
    care,
    rosters,
    planning,
    ahead,
    people,
    reports,
    forgetting,
    help_room,
)
MENU: Final = (
    *(ME_DOOR, BOARD_DOOR, CALLS_DOOR, MESSAGES_DOOR, CALLBACKS_DOOR, CARE_DOOR, COVERAGE_DOOR),
    *(ROSTERS_DOOR, REQUESTS_DOOR, PEOPLE_DOOR, AWAY_DOOR, REPORTS_DOOR, ACCOUNTS_DOOR, TRAIL_DOOR),
    FORGET_DOOR,
)
VIEWS: Final = (  # imported for the views they hang on their rooms
    *(entering, others, own, second),
    *(board_acting, board_pages, calls, filling, running, seeking, heard, kept, care_pages),
    *(acting, pages, roster_files),
    *(coverage_pages, building, comparing, mending, publishing, playing),
    *(home, keeping, subscribing, swapping, telephone),
    *(listing, one, editing, hours, files, away, callers, leavers),
)
for _room in ROOMS:  # of a room's pages alone: the carrier need not wait for it
    _room.before_request(admit)
KEPT: Final = 64  # rendered blocks: of each language and scope, and what just goes out of date
PAGES: Final = Path(__file__).parent


def init_console(app: Flask) -> None:
    """Make `app` ready for the pages. Needs `app.extensions["hotline"]`, a Parts.

    Raises WrongAssetError if the installed htmx is not the known one.
    """
    assets = {asset.name: asset for asset in (htmx(), *our_assets())}
    with app.app_context():
        settings, secret = parts().settings, parts().secrets.secret_key
    app.extensions["hotline_console"] = Console(
        assets, _build(assets, repr(settings)), Latest(KEPT)
    )
    app.secret_key = token_hash(f"said once|{secret}")  # of the sentence after a change, no more
    app.config.update(
        SESSION_COOKIE_NAME="hotline_said", SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )  # fmt: skip
    DOORS[:] = MENU
    app.url_map.converters["int"] = RowNumber
    init_languages(app)
    for room in ROOMS:
        app.register_blueprint(room)
    app.after_request(_leave)
    app.register_error_handler(HTTPException, answers.refused)
    app.register_error_handler(SentBeforeError, answers.sent_before)
    _every_view_says_who_may(app)


_NAMES: Final = frozenset(room.name for room in ROOMS)


def _leave(response: Response) -> Response:
    """Every answer, refusals too, tells the browser what it may not do with it."""
    if not answers.is_for_people():
        return response
    return guarded(remember_where_it_led(response))


def _every_view_says_who_may(app: Flask) -> None:
    with app.app_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.partition(".")[0] in _NAMES:
                permit_of(rule.endpoint)


def _build(assets: dict[str, Asset], settings: str) -> str:
    whole = sha256(settings.encode())
    for asset in assets.values():
        whole.update(asset.digest.encode())
    for path in sorted((*PAGES.rglob("*.html"), *PAGES.rglob("*.mo"))):
        whole.update(path.read_bytes())
    return whole.hexdigest()
