"""Where a page finds the parts of the running hotline, and what the pages of one app share."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from hotline.console.frame.assets import Asset
from hotline.console.frame.latest import Latest
from hotline.parts import Parts
from hotline.privacy import Privacy, privacy_of


@dataclass(frozen=True)
class Console:
    """What the pages of one app hold besides its parts.

    build: differs between two versions of program or configuration; kept: rendered blocks.
    """

    assets: Mapping[str, Asset]
    build: str
    kept: Latest[str]


def parts() -> Parts:
    """The parts that this app was assembled from."""
    found = current_app.extensions["hotline"]
    assert isinstance(found, Parts)
    return found


def console() -> Console:
    """What the pages share."""
    found = current_app.extensions["hotline_console"]
    assert isinstance(found, Console)
    return found


def privacy() -> Privacy:
    """The keys at work."""
    return privacy_of(parts().secrets)
