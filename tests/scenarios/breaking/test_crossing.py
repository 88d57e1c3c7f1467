"""The caller hangs up at any moment around the volunteer's key, and whatever else fails then."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from hotline.calls.states import Outcome
from hotline.practice import Callbacks, Rest
from hotline.store import Store
from tests.scenarios.rows import column
from tests.scenarios.stage import Hotline, site

# She presses 1 after 11 s, and they talk after 14; while REST fails after 20 s and after 23.
HALF_SECONDS = [half / 2 for half in range(-1, 8)]
NEWS: tuple[dict[str, Any], ...] = (
    {},
    {"callbacks": Callbacks.LOST},
    {"callbacks_late": timedelta(minutes=2)},
)


@pytest.mark.parametrize(
    ("rest", "key", "news"),
    [
        *product([Rest.WELL], [11], NEWS),
        (Rest.LOSES_ANSWERS, 11, {"callbacks": Callbacks.LOST}),
        *product([Rest.FAILS], [20], NEWS),
    ],
)
def test_a_hang_up_that_crosses_the_key_leaves_nobody_alone_or_without_an_outcome(
    store: Store, rest: Rest, key: int, news: dict[str, Any]
) -> None:
    hotline = Hotline(store, site(wave=1, wrap_up=0)).on_duty("Ada").with_faults(rest=rest, **news)
    calls = [
        hotline.caller_rings(patience=key + seconds, talk=20, after=150 * place)
        for place, seconds in enumerate(HALF_SECONDS)
    ]

    hotline.until_quiet()

    talked = [bool(hotline.talked_to(call)) for call in calls]
    assert {False, True} == set(talked), "the hang-ups lie around the key"
    assert hotline.outcomes() == [Outcome.ANSWERED if each else Outcome.LEFT for each in talked]
    assert column(store, "presence", "leg_id") == [None]
    hotline.is_sound(hears_us_out=timedelta(seconds=10))
