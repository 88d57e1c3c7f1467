"""The keys that a caller has, the same ones everywhere."""

from typing import Final

CALLBACK: Final = "1"
MESSAGE: Final = "2"
ONWARD: Final = "3"  # to another line, or a partner
INSIST: Final = "5"  # on whom one asked for
EMERGENCY: Final = "9"
WAIT: Final = "0"  # go on waiting, at the exit
KEY_SECONDS: Final = 3  # of patience after the last word: a caller hears us before 4 s are over
