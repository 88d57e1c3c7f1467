"""Forms are read as werkzeug reads them, whatever they hold."""

from io import BytesIO

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException

from webhooks.forms import FORM, Asked

PIECES = st.sampled_from(
    [
        "a",
        "=",
        "&",
        "+",
        "%",
        "%2B",
        "%26",
        "%3D",
        "%ff",
        "%E4%BD%A0",
        "%zz",
        "你",
        ";",
        " ",
        "\x00",
    ]
)


def environ(body: bytes, kind: str = FORM) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "https",
        "SERVER_NAME": "hotline.example",
        "SERVER_PORT": "443",
    }


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_form_is_read_as_werkzeug_reads_it(text: str) -> None:
    ours, theirs = Asked(environ(text.encode())), Request(environ(text.encode()))

    assert list(ours.form.items(multi=True)) == list(theirs.form.items(multi=True))


@pytest.mark.parametrize("body", [b"\xff=1", b"a=\xe4\xbd", b""])
def test_bytes_that_are_no_text_are_no_form(body: bytes) -> None:
    assert list(Asked(environ(body)).form) == list(Request(environ(body)).form) == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (f"{FORM}; charset=utf-8", {"a": "1"}),
        (FORM.upper(), {"a": "1"}),
        ("text/plain", {}),
        ("application/json", {}),
        ("", {}),
    ],
)
def test_only_what_says_it_is_a_form_is_one(kind: str, found: dict[str, str]) -> None:
    ours, theirs = Asked(environ(b"a=1", kind)), Request(environ(b"a=1", kind))

    assert dict(ours.form) == dict(theirs.form) == found


def test_a_form_in_parts_is_read_as_usual() -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'

    assert dict(Asked(environ(body, "multipart/form-data; boundary=x")).form) == {"a": "1"}


def test_of_a_field_that_comes_often_the_first_is_told() -> None:
    asked = Asked(environ(b"a=1&a=2&b="))

    assert asked.told == {"a": asked.form["a"], "b": ""} == {"a": "1", "b": ""}


@pytest.mark.parametrize("length", ["", "x", "-1", "7" * 20, "２"])
def test_a_length_that_is_none_is_read_as_werkzeug_reads_it(length: str) -> None:
    ours, theirs = Asked(environ(b"a=1")), Request(environ(b"a=1"))
    for each in (ours, theirs):
        each.environ["CONTENT_LENGTH"] = length
        each.max_content_length = 1000

    assert outcome(ours) == outcome(theirs)


def outcome(request: Request) -> object:
    try:
        return dict(request.form)
    except HTTPException as refused:
        return refused.code


def test_a_form_that_breaks_off_is_refused() -> None:
    broken = environ(b"a=1") | {"CONTENT_LENGTH": "9"}

    assert outcome(Asked(broken)) == 400
