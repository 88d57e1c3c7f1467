"""What no golden document shows: words that are markup, and a trunk of our own."""

import pytest

from hotline.calls.instructions import GoTo, RingOne, Say
from hotline.config.settings import Language
from webhooks.twiml import document

TRUNK = "BY" + "0" * 32


def ringing(address: str, byoc: str | None) -> str:
    step = RingOne(address, "+862500096000", "/w", "/a", 20, 60, byoc=byoc)
    return document((step,), "https://hotline.example")


@pytest.mark.parametrize(
    ("address", "noun"),
    [
        ("tel:+8613912345678", f'<Number byoc="{TRUNK}" method="POST" url="https://hotline.'),
        ("sip:ada@volunteers.example", '<Sip method="POST" url="https://hotline.'),
        ("client:ada", '<Client method="POST" url="https://hotline.'),
    ],
)
def test_only_telephones_are_rung_over_a_trunk(address: str, noun: str) -> None:
    assert noun in ringing(address, TRUNK)
    assert "byoc" not in ringing(address, None)


def test_words_and_addresses_are_never_markup() -> None:
    steps = (Say('<Hangup/> & "so"', Language.EN), GoTo('/a?b=1&c="2"'))

    text = document(steps, "https://hotline.example")

    assert '>&lt;Hangup/&gt; &amp; "so"</Say>' in text
    assert '>https://hotline.example/a?b=1&amp;c="2"</Redirect>' in text
