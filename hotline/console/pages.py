"""The board: one page, and the two blocks of it that are fetched anew. Only GET and HEAD."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request

from hotline.config.settings import Language
from hotline.console.access import parts
from hotline.console.assets import Asset, htmx, our_assets
from hotline.console.blocks import Asking, Block, coverage_block, live_block
from hotline.console.guard import guarded, is_outsider, refusal
from hotline.console.language import (
    NAMES,
    TAGS,
    TRANSLATIONS,
    init_languages,
    page_language,
    remember_language,
)
from hotline.console.latest import Latest
from hotline.console.wording import Words

KEPT: Final = 8  # blocks: two languages, two blocks, and what is just going out of date
FOR_EVER: Final = "public, max-age=31536000, immutable"
TEMPLATES: Final = Path(__file__).parent / "templates"

console = Blueprint("console", __name__, template_folder="templates")


@dataclass(frozen=True)
class Console:
    """What the pages of one app hold besides its parts."""

    assets: dict[str, Asset]
    build: str
    kept: Latest[str]


def init_console(app: Flask) -> None:
    """Make `app` ready for the pages. Needs `app.extensions["hotline"]`, a Parts.

    Raises WrongAssetError if the installed htmx is not the known one.
    """
    assets = {asset.name: asset for asset in (htmx(), *our_assets())}
    with app.app_context():
        build = _build(assets, repr(parts().settings))
    app.extensions["hotline_console"] = Console(assets, build, Latest(KEPT))
    init_languages(app)
    app.register_blueprint(console)


@console.before_request
def refuse_outsiders() -> Response | None:
    """Only a browser on this machine sees anything."""
    return refusal() if is_outsider(request) else None


@console.after_request
def guard_answer(response: Response) -> Response:
    """Every answer, refusals too, tells the browser what it may not do with it."""
    return guarded(response)


@console.get("/board", provide_automatic_options=False)
def show_board() -> Response:
    """The whole page."""
    asking, kept = _asking(), _console().kept
    with parts().store.reading() as db:
        live, coverage = live_block(db, asking, kept), coverage_block(db, asking, kept)
        page = render_template(
            "console/board.html",
            live=live.render(),
            coverage=coverage.render(),
            words=Words(asking.settings, asking.language, asking.now),
            languages=[(language.value, TAGS[language], NAMES[language]) for language in Language],
            language=asking.language.value,
            lang=TAGS[asking.language],
            assets={name: asset.address for name, asset in _console().assets.items()},
        )
    return remember_language(Response(page))


@console.get("/board/live", provide_automatic_options=False)
def show_live() -> Response:
    """Lines, callers and people; 304 where the reader has them already."""
    asking = _asking()
    with parts().store.reading() as db:
        return _answer(live_block(db, asking, _console().kept))


@console.get("/board/coverage", provide_automatic_options=False)
def show_coverage() -> Response:
    """This week and the next; 304 where the reader has them already."""
    asking = _asking()
    with parts().store.reading() as db:
        return _answer(coverage_block(db, asking, _console().kept))


@console.get("/board/assets/<digest>/<name>", provide_automatic_options=False)
@console.get("/vendor/<digest>/<name>", provide_automatic_options=False)
def show_asset(digest: str, name: str) -> Response:
    """A file beside the page, kept by browsers for ever: its address changes with it."""
    asset = _console().assets.get(name)
    if asset is None or asset.address != request.path:
        abort(404)
    packed = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packed else asset.body, content_type=asset.content_type)
    if packed:
        response.content_encoding = "gzip"
    response.headers["Cache-Control"] = FOR_EVER
    response.vary.add("Accept-Encoding")
    return response


def _asking() -> Asking:
    found = parts()
    return Asking(found.settings, page_language(), found.clock(), _console().build)


def _answer(block: Block) -> Response:
    if request.if_none_match.contains(block.tag):
        response = Response(status=304)
    else:
        response = Response(block.render())
    response.set_etag(block.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def _console() -> Console:
    found = current_app.extensions["hotline_console"]
    assert isinstance(found, Console)
    return found


def _build(assets: dict[str, Asset], settings: str) -> str:
    whole = sha256(settings.encode())
    for asset in assets.values():
        whole.update(asset.digest.encode())
    files = (*TEMPLATES.rglob("*.html"), *TRANSLATIONS.rglob("*.mo"))
    for path in sorted(files):
        whole.update(path.read_bytes())
    return whole.hexdigest()
