"""Which keys does somebody press on hearing which words?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from hotline.practice.parties.handset import Handset

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Answer:
    """On hearing `hears` (a regular expression) for the `time`-th time, press keys."""

    hears: str
    presses: str
    thinks: timedelta = _MOMENT
    time: int = 1


class Answering:
    """What one party has heard so far."""

    def __init__(self, answers: Sequence[Answer], handset: Handset) -> None:
        self._answers = answers
        self._handset = handset
        self._heard = [0] * len(answers)

    def hears(self, text: str, seconds: float) -> bool:
        """Whether an answer follows, when words that take so many seconds are over."""
        follows = False
        for place, answer in enumerate(self._answers):
            if not re.search(answer.hears, text):
                continue
            self._heard[place] += 1
            if self._heard[place] == answer.time:
                follows = True
                press = partial(self._handset.press, answer.presses)
                self._handset.after(seconds + answer.thinks.total_seconds(), press)
        return follows
