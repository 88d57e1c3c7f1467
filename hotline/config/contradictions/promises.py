"""What about promises to callers cannot be so."""

import re
from collections.abc import Iterator
from typing import Final

from hotline.config.tables.promises import Promises

COUNTRY_CODE: Final = re.compile(r"[1-9][0-9]{0,2}")
LONGEST_RING: Final = 120  # seconds


def about_promises(promises: Promises) -> Iterator[str]:
    """One sentence for each thing that cannot be so."""
    for name in ("day", "evening"):
        start, end = getattr(promises, f"{name}_from"), getattr(promises, f"{name}_to")
        if start >= end:
            yield f"promises.{name}_from must be before promises.{name}_to, on the same day."
    for key, least in (("ring", 5), ("attempts", 1), ("spacing", 0), ("message_due", 1)):
        if getattr(promises, key) < least:
            yield f"promises.{key} must be at least {least}, not {getattr(promises, key)}."
    if promises.ring > LONGEST_RING:
        yield f"promises.ring must be at most {LONGEST_RING} seconds, not {promises.ring}."
    if not COUNTRY_CODE.fullmatch(promises.country_code):
        yield f'promises.country_code is {promises.country_code!r}; write it like "86".'
