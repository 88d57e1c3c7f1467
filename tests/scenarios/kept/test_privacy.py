"""A caller's number: encrypted and hashed in one row, and nowhere else."""

import logging

import pytest

from hotline.practice import RINGS_OUT, Answer, Message, Reply, Rest, Transport
from hotline.privacy import Privacy
from hotline.store import Store
from tests.scenarios.rows import every_row, every_word
from tests.scenarios.stage import SECRETS, Hotline, site

NUMBER = "+8613912345678"
DIGITS = "13912345678"


class Overheard:
    """A transport that remembers the addresses asked and the documents answered."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.words: list[str] = []

    def send(self, message: Message) -> Reply:
        """The answer, overheard."""
        reply = self._transport.send(message)
        self.words += [message.url, reply.body.decode()]
        return reply


@pytest.mark.parametrize("rest", [Rest.WELL, Rest.FAILS])
def test_a_callers_number_stands_in_no_log_address_document_or_event(
    store: Store, caplog: pytest.LogCaptureFixture, rest: Rest
) -> None:
    caplog.set_level(logging.DEBUG)
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")
    hotline.with_faults(rest=rest)
    exchange = hotline.carrier._exchange
    overheard = Overheard(exchange.transport)
    exchange.transport = overheard

    hotline.caller_rings(number=NUMBER, talk=60)
    hotline.caller_rings("sip:96111@nanjing.example", number=NUMBER, after=100, patience=20)
    agrees = [Answer("按1预约回电", "1"), Answer("同意", "1")]
    hotline.caller_rings(number=NUMBER, after=60, answers=agrees)
    hotline.caller_rings("95555", number=NUMBER)
    hotline.until_quiet()

    said = "\n".join([caplog.text, every_word(store), *overheard.words])
    assert said.count("\n") > 100
    assert DIGITS not in said
    assert "Ada" not in caplog.text
    assert "client:ada" not in caplog.text


def test_a_number_is_kept_sealed_and_as_a_hash_that_knows_it_again(store: Store) -> None:
    hotline = Hotline(store)

    hotline.caller_rings(number=NUMBER)
    hotline.caller_rings(number=NUMBER, after=1)
    hotline.until_quiet()

    privacy = Privacy(SECRETS)
    first, second = every_row(store)["call"]
    assert privacy.opened(first[5]) == privacy.opened(second[5]) == NUMBER  # type: ignore[arg-type]
    assert first[5] != second[5]
    assert first[6] == second[6] == privacy.hashed(NUMBER)


@pytest.mark.parametrize("number", [None, "anonymous", "+266696687", ""])
def test_nothing_is_kept_of_a_withheld_number(store: Store, number: str | None) -> None:
    hotline = Hotline(store)

    hotline.caller_rings(number=number or None)
    hotline.until_quiet()

    (call,) = every_row(store)["call"]
    assert call[5] is None
    assert call[6] is None
