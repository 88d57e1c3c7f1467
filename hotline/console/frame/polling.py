"""A part of a page that is fetched anew by itself, and not sent where nothing has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from flask import Response, request

from hotline.console.frame.access import console, parts
from hotline.console.frame.asking import now, viewer
from hotline.console.frame.words.language import page_language


@dataclass(frozen=True)
class Block:
    """That part. tag: differs whenever what is shown does."""

    tag: str
    render: Callable[[], str]


def tag_of(*shown: object) -> str:
    """The same for the same values."""
    return sha256("|".join(map(str, shown)).encode()).hexdigest()[:20]


def own_tag(*shown: object) -> str:
    """The same for the same values on the same day, for one reader in one language."""
    who = viewer().account
    reader = (who.login, *sorted(who.roles), *sorted(who.desks))
    today = now().astimezone(parts().settings.site.zone).date()
    return tag_of(console().build, page_language().value, reader, today, *shown)


def answer_block(block: Block) -> Response:
    """The part alone; 304 where the reader has it already."""
    if request.if_none_match.contains(block.tag):
        response = Response(status=304)
    else:
        response = Response(block.render())
    response.set_etag(block.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Language"))
    return response
