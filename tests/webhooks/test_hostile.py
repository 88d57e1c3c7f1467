"""Whatever is sent, signed or not: words or a 4xx, never a stack trace."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.parts import Parts
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.practice.twiml.documents import document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply
from hotline.store import Store
from tests.scenarios.asking import Asker, paths
from tests.scenarios.rows import column, every_row
from tests.scenarios.stage import SECRETS, Hotline
from webhooks.forms import LARGEST_FORM
from webhooks.signed import LARGEST, MOST_FIELDS

WEIRD = [
    "",
    "\x00",
    "a\x00b",
    "\N{SNOWMAN}" * 300,
    "\u202e1\u200f",
    "'; drop table call; --",
    "<Say>hello</Say>",
    "&amp;]]>",
    "%00%ff",
    "-1",
    "9" * 40,
    "CA1",
    "*",
    "1111",
    "+86139",
    "sip:a@b;c=d?e",
    "in-progress",
    "completed",
    "hangup",
    "leave",
]
NAMES = ["CallSid", "From", "To", "Digits", "CallStatus", "QueueResult", "DialCallStatus"]
MORE = ["DialBridged", "RecordingSid", "RecordingDuration", "Direction", "ErrorUrl", "", "x\x00"]
ONE_SITE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def asker(sqlite_store: Store) -> Asker:
    return Asker(Hotline(sqlite_store).on_duty("Ada").parts)


def test_a_request_without_the_name_of_a_leg_is_refused(asker: Asker, sqlite_store: Store) -> None:
    before = every_row(sqlite_store)

    assert asker.post("/voice/incoming", To="96111").status_code == 400
    assert asker.post("/voice/incoming", CallSid="", To="96111").status_code == 400
    assert asker.post("/voice/incoming", CallSid="CA 1", To="96111").status_code == 400
    assert asker.post("/voice/incoming", CallSid="C" * 65, To="96111").status_code == 400
    assert every_row(sqlite_store) == before


def test_a_huge_form_is_not_read(asker: Asker) -> None:
    body = b"CallSid=CA1&To=" + b"9" * LARGEST_FORM

    assert asker.raw("/voice/incoming", body, {SIGNATURE_HEADER: "x"}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"%d=" % number for number in range(MOST_FIELDS + 2)),
        b"a=" + b"%e5" * 11_000,
        b"a=" + b"9" * LARGEST,
    ],
)
def test_what_costs_more_to_read_than_a_caller_to_answer_is_not_read(
    asker: Asker, body: bytes
) -> None:
    assert asker.raw("/voice/incoming", body, {SIGNATURE_HEADER: "x"}).status_code == 413


def test_a_caller_behind_many_sip_headers_and_a_long_token_is_no_flood(asker: Asker) -> None:
    headers = {f"SipHeader_X-Header-{number}": "v" * 60 for number in range(80)}
    form = {"CallSid": "CA1", "To": "96111", "From": "anonymous", "StirPassportToken": "e" * 4000}

    assert asker.post("/voice/incoming", {**form, **headers}).status_code == 200


def test_json_is_no_form(asker: Asker) -> None:
    url = SECRETS.public_url + "/voice/incoming"
    headers = {SIGNATURE_HEADER: signature(SECRETS.auth_token, url)}

    answer = asker.client.post("/voice/incoming", json={"CallSid": "CA1"}, headers=headers)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/voice/wait/abc/-1",
        "/voice/wait/abc/one",
        "/voice/wait/" + "a" * 65 + "/1",
        "/voice/wait/abc/" + "9" * 65,
        "/voice/wait/a b/1",
        "/voice/leg/../status",
        "/voice/nothing",
    ],
)
def test_an_address_that_is_none_of_ours_is_not_found(asker: Asker, path: str) -> None:
    assert asker.post(path, CallSid="CA1").status_code == 404


def test_a_call_that_we_do_not_know_is_greeted_anew(asker: Asker) -> None:
    answer = asker.post("/voice/exit/abc/1", CallSid="CA1")

    assert paths(answer) == ["/voice/incoming?again=1"]
    assert "<Leave" in asker.post("/voice/wait/abc/1", CallSid="CA1").text


def test_a_leg_that_we_do_not_know_hears_thanks(asker: Asker) -> None:
    answer = asker.post("/voice/leg/abc/answered", CallSid="CA1", Direction="outbound-api")

    assert "<Hangup" in answer.text
    assert asker.post("/voice/leg/abc/status", CallSid="CA1").status_code == 204


@pytest.mark.parametrize("digits", ["1111", "*", "", "#", "\x00", "一", "１", "99"])
def test_keys_that_mean_nothing_leave_the_caller_where_they_are(
    asker: Asker, sqlite_store: Store, digits: str
) -> None:
    asker.rings("CA1")
    (token,) = column(sqlite_store, "call", "token")

    answer = asker.post(f"/voice/wait/{token}/0/key", CallSid="CA1", Digits=digits)

    assert paths(answer)[-1].startswith(f"/voice/wait/{token}/")
    assert column(sqlite_store, "call", "urgent") == [False]


def test_a_visit_of_an_absurd_number_is_a_visit(asker: Asker, sqlite_store: Store) -> None:
    asker.rings("CA1")
    (token,) = column(sqlite_store, "call", "token")

    assert asker.post(f"/voice/wait/{token}/{'9' * 60}", CallSid="CA1").status_code == 200


def test_a_work_order_of_an_absurd_number_is_words(asker: Asker, sqlite_store: Store) -> None:
    asker.rings("CA1")
    (leg,) = column(sqlite_store, "leg", "token")

    answer = asker.post(f"/voice/leg/{leg}/reference/{'9' * 60}", CallSid="CA9", Digits="0")

    (onward,) = paths(answer)
    assert onward.startswith(f"/voice/leg/{leg}/handing/")
    assert asker.post(onward, CallSid="CA9").status_code == 200


def test_a_recording_of_absurd_length_is_kept_as_one_of_none(
    asker: Asker, sqlite_store: Store
) -> None:
    asker.rings("CA1")
    (token,) = column(sqlite_store, "call", "token")

    asker.post(f"/voice/message/{token}", CallSid="CA1", RecordingDuration="9" * 30)

    assert column(sqlite_store, "message", "seconds") == [0]
    assert column(sqlite_store, "message", "recording_sid") == ["unknown"]


@pytest.fixture(scope="module")
def busy_site(sqlite_template: Path) -> Iterator[tuple[Asker, Store]]:
    """A site with a call and two legs in it, shared by all examples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hotline.db"
        path.write_bytes(sqlite_template.read_bytes())
        store = Store(f"sqlite:///{path}")
        parts: Parts = Hotline(store).on_duty("Ada", "Bo").parts
        asker = Asker(parts)
        asker.rings("CA1")
        yield asker, store
        store.close()


VALUES = st.one_of(st.sampled_from(WEIRD), st.text(max_size=20))
FORMS = st.dictionaries(st.sampled_from(NAMES + MORE), VALUES, max_size=6)
SIDS = st.sampled_from(["CA1", "CA1", "CA2", "CA" + "f" * 32])


@settings(suppress_health_check=ONE_SITE, max_examples=150)
@given(
    data=st.data(),
    form=FORMS,
    sid=SIDS,
    known=st.booleans(),
    number=st.sampled_from([0, 1, 8, 10**9, 10**40]),
)
def test_no_signed_form_on_any_route_is_answered_by_an_error_page(
    busy_site: tuple[Asker, Store],
    data: st.DataObject,
    form: dict[str, str],
    sid: str,
    known: bool,
    number: int,
) -> None:
    asker, store = busy_site
    rules = [rule.rule for rule in asker.client.application.url_map.iter_rules()]
    rule = data.draw(st.sampled_from(sorted(r for r in rules if r.startswith("/voice/"))))
    call = str(column(store, "call", "token")[0]) if known else "abc"
    leg = str(data.draw(st.sampled_from(column(store, "leg", "token")))) if known else "abc"
    path = rule.replace("<leg>", leg).replace("<token>", leg if "<leg>" in rule else call)
    if rule.startswith(("/voice/leg", "/voice/dialled")):
        path = rule.replace("<token>", leg)
    path = path.replace("<int:number>", str(number)).replace("<int:stay>", str(number))
    path = path.replace("<menu>", "main")
    path = path.replace("<question>", "risk").replace("<what>", "minutes-20")

    answer = asker.post(path, {**form, "CallSid": form.get("CallSid", sid)})

    assert answer.status_code in (200, 204, 400, 410)
    if answer.status_code == 200:
        reply = Reply(200, answer.content_type, answer.data)
        assert document(reply, Setting.CALL) is not None


@settings(suppress_health_check=ONE_SITE, max_examples=50)
@given(body=st.binary(max_size=200), signed=st.text(max_size=30))
def test_no_bytes_at_all_are_answered_by_an_error_page(
    busy_site: tuple[Asker, Store], body: bytes, signed: str
) -> None:
    asker, _ = busy_site
    header = signed.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")

    answer = asker.raw("/voice/incoming", body, {SIGNATURE_HEADER: header})

    assert answer.status_code in (403, 413)


def test_fields_that_come_twice_are_signed_as_the_carrier_signs_them(asker: Asker) -> None:
    fields = [("CallSid", "CA1"), ("To", "96111"), ("To", "12355"), ("From", "+8613912345678")]
    url = SECRETS.public_url + "/voice/incoming"
    signed = signature(SECRETS.auth_token, url, fields)

    answer = asker.raw("/voice/incoming", urlencode(fields).encode(), {SIGNATURE_HEADER: signed})

    assert answer.status_code == 200
