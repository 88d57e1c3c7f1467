"""Only the carrier is listened to: by its signature, before anything is read."""

import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from hotline.parts import Parts
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.store import Store
from tests.scenarios.asking import Asker
from tests.scenarios.rows import Rows, every_row
from tests.scenarios.stage import SECRETS, SITE, TEN_PAST_ELEVEN
from tests.statements import statements
from webhooks.app import create_app

FORM = {"CallSid": "CA1", "From": "+8613912345678", "To": "96111"}
URL = SECRETS.public_url + "/voice/incoming"
KIND = "application/x-www-form-urlencoded"
GOOD = signature(SECRETS.auth_token, URL, FORM.items())


@pytest.fixture
def asker(sqlite_store: Store) -> Asker:
    return Asker(parts(sqlite_store))


@pytest.fixture
def before(sqlite_store: Store) -> Iterator[Rows]:
    """What is stored before the test, and has to be afterwards."""
    rows = every_row(sqlite_store)
    yield rows
    assert every_row(sqlite_store) == rows


def parts(store: Store, **secrets: str) -> Parts:
    return Parts(SITE, replace(SECRETS, **secrets), store, lambda: TEN_PAST_ELEVEN)


def sent(asker: Asker, form: dict[str, str], signed: str, path: str = "/voice/incoming") -> int:
    return asker.raw(path, urlencode(form).encode(), {SIGNATURE_HEADER: signed}).status_code


def test_what_is_signed_as_the_carrier_signs_is_answered(asker: Asker) -> None:
    assert sent(asker, FORM, GOOD) == 200


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("form", "signed"),
    [
        (FORM, ""),
        (FORM, "nonsense"),
        (FORM, "\N{SNOWMAN}".encode().decode("latin-1")),
        (FORM, signature("another token", URL, FORM.items())),
        (FORM, signature(SECRETS.auth_token, URL.replace("hotline", "other"), FORM.items())),
        (FORM, signature(SECRETS.auth_token, URL.replace("https", "http"), FORM.items())),
        (FORM, signature(SECRETS.auth_token, URL + "?again=1", FORM.items())),
        (FORM, signature(SECRETS.auth_token, URL)),
        ({**FORM, "To": "12355"}, GOOD),
        ({**FORM, "Extra": "field"}, GOOD),
        ({"CallSid": "CA1"}, GOOD),
    ],
    ids=[
        "unsigned",
        "nonsense",
        "not even ASCII",
        "wrong token",
        "other host",
        "other scheme",
        "other query",
        "signed without its fields",
        "a field changed",
        "a field added",
        "fields taken away",
    ],
)
def test_anything_else_gets_403_and_leaves_no_trace(
    asker: Asker, form: dict[str, str], signed: str
) -> None:
    assert sent(asker, form, signed) == 403


@pytest.mark.parametrize("token", ["a token", "the one before"])
def test_while_tokens_are_rotated_both_sign(sqlite_store: Store, token: str) -> None:
    asker = Asker(parts(sqlite_store, second_token="the one before"))

    assert sent(asker, FORM, signature(token, URL, FORM.items())) == 200
    assert sent(asker, FORM, signature("a third", URL, FORM.items())) == 403
    assert sent(asker, FORM, signature("", URL, FORM.items())) == 403


@pytest.mark.parametrize(
    ("public", "signed"),
    [
        ("https://hotline.example", "https://hotline.example:443"),
        ("https://hotline.example:443", "https://hotline.example"),
        ("https://hotline.example:8443", "https://hotline.example"),
        ("http://hotline.example", "http://hotline.example:80"),
        ("https://hotline.example/city", "https://hotline.example:443/city"),
        ("https://[::1]:8443/city", "https://[::1]/city"),
    ],
)
def test_the_port_may_be_signed_or_not(sqlite_store: Store, public: str, signed: str) -> None:
    asker = Asker(parts(sqlite_store, public_url=public))

    for base in (public, signed):
        url = f"{base}/voice/incoming"
        assert sent(asker, FORM, signature(SECRETS.auth_token, url, FORM.items())) == 200
    other = f"{signed}:8444/voice/incoming"
    assert sent(asker, FORM, signature(SECRETS.auth_token, other, FORM.items())) == 403


def test_a_field_that_comes_often_is_signed_as_the_carriers_own_library_checks(
    sqlite_store: Store,
) -> None:
    """The library is no part of answering any more; it remains the judge."""
    form = MultiDict([("To", "96111"), ("To", "12355"), ("To", "96111"), ("a", ""), ("A", "é一")])
    judge = RequestValidator(SECRETS.auth_token)
    signed = judge.compute_signature(URL, form)
    asker = Asker(parts(sqlite_store))

    answer = asker.raw(
        "/voice/incoming",
        urlencode(list(form.items(multi=True))).encode(),
        {SIGNATURE_HEADER: signed},
    )

    assert answer.status_code == 400  # it is the carrier's, and lacks the name of a leg


@pytest.mark.usefixtures("before")
def test_a_query_that_was_not_signed_gets_403(asker: Asker) -> None:
    assert sent(asker, FORM, GOOD, "/voice/incoming?again=1") == 403


class Unread(io.BytesIO):
    """A body that nobody may look at."""

    def read(self, *_: object) -> bytes:
        """Never asked."""
        raise AssertionError("a stranger's body was read")


def test_a_stranger_costs_no_reading_and_no_question_to_the_database(sqlite_store: Store) -> None:
    client = create_app(parts(sqlite_store)).test_client()
    body = {"input_stream": Unread(), "content_length": 60_000, "content_type": KIND}
    with statements(sqlite_store) as said:
        unsigned = client.post("/voice/incoming", **body)
        signed_wrongly = client.post(
            "/voice/incoming", data=FORM, headers={SIGNATURE_HEADER: signature("no token", URL)}
        )

    assert (unsigned.status_code, signed_wrongly.status_code) == (403, 403)
    assert said == []


def test_every_route_of_the_telephone_refuses_the_unsigned(asker: Asker) -> None:
    routes = [rule.rule for rule in asker.client.application.url_map.iter_rules()]
    spoken = [rule for rule in routes if rule.startswith("/voice/")]
    assert len(spoken) > 20
    for rule in spoken:
        path = rule.replace("<int:number>", "1").replace("<int:stay>", "1")
        path = path.replace("<question>", "risk").replace("<what>", "minutes-20")
        path = path.replace("<token>", "abc").replace("<leg>", "abc")
        assert sent(asker, FORM, "", path) == 403, path


def test_the_public_address_may_have_a_path_before_ours(sqlite_store: Store) -> None:
    asker = Asker(parts(sqlite_store, public_url="https://city.example/hotline"))

    answer = asker.rings("CA1")

    assert answer.status_code == 200
    assert "https://city.example/hotline/voice/" in answer.text


@pytest.mark.parametrize("kept", ["", "/hotline"])
def test_a_proxy_may_take_that_path_away_or_leave_it(sqlite_store: Store, kept: str) -> None:
    public = "https://city.example/hotline"
    asker = Asker(parts(sqlite_store, public_url=public))
    signed = signature(SECRETS.auth_token, f"{public}/voice/incoming", FORM.items())

    assert sent(asker, FORM, signed, f"{kept}/voice/incoming") == 200
    assert sent(asker, FORM, GOOD, f"{kept}/voice/incoming") == 403
    assert sent(asker, FORM, signed, f"{kept}lines/voice/incoming") == 404


def test_a_hotline_without_a_token_listens_to_nobody(sqlite_store: Store) -> None:
    asker = Asker(parts(sqlite_store, auth_token=""))

    assert asker.rings("CA1").status_code == 403


@pytest.mark.usefixtures("before")
def test_a_query_that_is_no_text_at_all_gets_403(sqlite_store: Store) -> None:
    client = create_app(parts(sqlite_store)).test_client()

    answer = client.post(
        "/voice/incoming",
        data=FORM,
        headers={SIGNATURE_HEADER: GOOD},
        environ_overrides={"QUERY_STRING": b"again=\xff".decode("latin-1")},
    )

    assert answer.status_code == 403
