"""Does whoever starts a scheduler of one's own wait until it has said all of where it is?"""

import json
from typing import Final

from benchmarks.loopback import address_in

WRITTEN: Final = json.dumps({"workers": {}, "address": "tcp://127.0.0.1:8786"}, indent=2)


def test_the_address_is_what_the_whole_file_gives() -> None:
    assert address_in(WRITTEN) == "tcp://127.0.0.1:8786"


def test_a_file_that_is_still_being_written_gives_no_address() -> None:
    assert {address_in(WRITTEN[:length]) for length in range(len(WRITTEN))} == {None}
