"""The carrier proves itself as Twilio does."""

from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from hotline.practice.signing import signature
from tests.practice.stage import ACCOUNT, PUBLIC, Stage

NAMES = st.text(alphabet="ABCabc", min_size=1, max_size=4)


def test_the_example_of_the_documentation_is_signed_as_documented() -> None:
    form = (
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+12349013030"),
        ("Digits", "1234"),
        ("From", "+12349013030"),
        ("To", "+18005551212"),
    )
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature("12345", url, form) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


@given(st.dictionaries(NAMES, st.text(max_size=8)))
def test_twilios_own_validator_accepts_every_form(form: dict[str, str]) -> None:
    url = f"{PUBLIC}/voice/incoming?line=1"
    signed = signature("a secret", url, tuple(form.items()))
    assert RequestValidator("a secret").validate(url, form, signed)


def test_fields_count_in_any_order_and_twice_said_once() -> None:
    one = signature("a secret", PUBLIC, (("b", "2"), ("a", "1"), ("a", "1")))
    other = signature("a secret", PUBLIC, (("a", "1"), ("b", "2")))
    assert one == other


def test_every_webhook_of_a_call_is_signed_and_carries_a_token() -> None:
    stage = Stage().plays('<Redirect method="GET">/next?line=1</Redirect>', next="<Hangup/>")

    stage.rings()
    stage.to_end()

    validator = RequestValidator(ACCOUNT.auth_token)
    assert [asked.path for asked in stage.app.asked] == [
        "/voice/incoming",
        "/next",
        "/voice/status",
    ]
    for asked in stage.app.asked:
        message = asked.message
        signed = message.headers["X-Twilio-Signature"]
        assert validator.validate(message.url, dict(message.form), signed)
        assert len(message.headers["I-Twilio-Idempotency-Token"]) == 32
