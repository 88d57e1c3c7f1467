"""How many statements a webhook sends: so many, and no more with more people and more callers.

Whoever needs one more says so here. What is moved on after the answer is not counted.
"""

import pytest

from hotline.store import Store
from tests.scenarios.asking import Asker
from tests.scenarios.rows import column
from tests.scenarios.stage import Hotline, site
from tests.statements import statements
from webhooks.app import create_app

OUT = {"Direction": "outbound-api", "CallStatus": "in-progress"}
NAMES = ("Ada", "Bo", "Cem", "Fei", "Gao", "Hua", "Ivy", "Jun", "Kai", "Lin")


class Counted:
    """One caller's webhooks, each with the number of statements it sent."""

    def __init__(self, store: Store, people: int, callers: int) -> None:
        self.store = store
        self.hotline = Hotline(store, site(wave=2)).on_duty(*NAMES[:people])
        self.asker = Asker(self.hotline.parts)
        for number in range(callers):
            self.asker.rings(f"CAbefore{number}")
        self.alone = Asker(self.hotline.parts)  # nobody moves calls before its answer
        self.alone.client = create_app(self.hotline.parts, lambda: None).test_client()

    def rings(self) -> int:
        """A caller dials."""
        with statements(self.store) as said:
            assert self.alone.rings("CA1").status_code == 200
        return len(said)

    def asks(self, path: str, **form: str) -> int:
        """Another webhook of theirs; {call} and {leg} stand for their tokens."""
        call, legs = column(self.store, "call", "token")[-1], column(self.store, "leg", "token")
        where = path.format(call=call, leg=legs[-1] if legs else "")
        with statements(self.store) as said:
            answer = self.alone.post(where, {"CallSid": "CA1", **form})
        assert answer.status_code in (200, 204), answer.text
        return len(said)


@pytest.mark.parametrize(("people", "callers"), [(2, 0), (10, 3)])
def test_the_callers_webhooks_send_so_many_statements(
    store: Store, people: int, callers: int
) -> None:
    counted = Counted(store, people, callers)
    counted.alone.rings("CA0")  # so that the rota is known

    assert {
        "rings": counted.rings(),
        "first visit": counted.asks("/voice/wait/{call}/0"),
        "place": counted.asks("/voice/wait/{call}/15"),
        "keys": counted.asks("/voice/wait/{call}/5"),
        "again": counted.asks("/voice/wait/{call}/5"),
    } == {"rings": 2, "first visit": 2, "place": 4, "keys": 2, "again": 1}


@pytest.mark.parametrize("people", [2, 10])
def test_the_volunteers_webhooks_send_so_many_statements(store: Store, people: int) -> None:
    counted = Counted(store, people, callers=0)
    counted.asker.rings("CA1")

    assert counted.asks("/voice/leg/{leg}/status", CallStatus="initiated") <= 5
    assert counted.asks("/voice/leg/{leg}/answered", **OUT) == 8
    assert counted.asks("/voice/leg/{leg}/key", Digits="1", **OUT) <= 22
