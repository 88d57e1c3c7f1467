"""Where a page finds the parts of the running hotline."""

from flask import current_app

from hotline.parts import Parts


def parts() -> Parts:
    """The parts that this app was assembled from."""
    found = current_app.extensions["hotline"]
    assert isinstance(found, Parts)
    return found
