"""Webhooks travel over HTTP, or straight into an application."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Flask, request
from werkzeug.serving import make_server

from benchmarks.ports import held_port
from hotline.practice import (
    Addresses,
    Caller,
    HttpTransport,
    Message,
    PracticeCarrier,
    StoppedClock,
    StoppedDriver,
    WireError,
    WsgiTransport,
)
from tests.practice.stage import ACCOUNT, PUBLIC, START

FORM = (("Name", "南京 96111"), ("Empty", ""), ("Plus", "+86"))


def echo() -> Flask:
    app = Flask("echo")

    @app.post("/voice/incoming")
    def incoming() -> tuple[str, dict[str, str]]:
        said = "&".join(f"{name}={value}" for name, value in request.form.items())
        return f"{request.url}|{said}|{request.headers['X-Token']}", {"Content-Type": "text/xml"}

    @app.get("/static/文件")
    def static_file() -> str:
        return request.full_path

    @app.post("/moved")
    def moved() -> tuple[str, int, dict[str, str]]:
        return "", 302, {"Location": "/voice/incoming"}

    return app


Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@contextmanager
def served(app: Wsgi) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def message(path: str = "/voice/incoming?line=1") -> Message:
    return Message("POST", PUBLIC + path, FORM, {"X-Token": "abc"})


def test_an_application_sees_the_public_address_and_every_field() -> None:
    reply = WsgiTransport(echo()).send(message())
    said = f"{PUBLIC}/voice/incoming?line=1|Name=南京 96111&Empty=&Plus=+86|abc"
    assert reply.body.decode() == said
    assert (reply.status, reply.content_type) == (200, "text/xml")


def test_a_get_reaches_an_application_too() -> None:
    asked = Message("GET", f"{PUBLIC}/static/%E6%96%87%E4%BB%B6?a=1")
    assert WsgiTransport(echo()).send(asked).status == 200


def test_http_reaches_where_the_public_address_is_served() -> None:
    with served(echo()) as where:
        transport = HttpTransport(PUBLIC, where)
        reply = transport.send(message())
        transport.close()
    said = "http://hotline.test/voice/incoming?line=1|Name=南京 96111&Empty=&Plus=+86|abc"
    assert reply.body.decode() == said


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with served(echo()) as where:
        transport = HttpTransport(PUBLIC, where)
        assert transport.send(message("/moved")).status == 302
        transport.close()


def test_nobody_listening_is_a_wire_error_with_twilios_code() -> None:
    transport = HttpTransport()
    with held_port() as port, pytest.raises(WireError) as refused:
        transport.send(Message("POST", f"http://127.0.0.1:{port}/", FORM))
    transport.close()
    assert refused.value.code == 11205


def test_an_answer_that_does_not_come_is_a_wire_error_with_twilios_code() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        transport = HttpTransport(limit=0.1)
        with pytest.raises(WireError) as late:
            transport.send(Message("POST", where, FORM))
        transport.close()
    assert late.value.code == 11203


def test_an_unreachable_hotline_strands_the_caller_after_one_more_try() -> None:
    tries: list[str] = []

    class Dead:
        def send(self, message: Message) -> Any:
            tries.append(message.url.removeprefix(PUBLIC))
            raise WireError(11205, "no connection")

    clock = StoppedClock(START)
    carrier = PracticeCarrier(clock, Dead(), ACCOUNT, Addresses.below(PUBLIC))
    carrier.dial(Caller("+8613900000009", "96111", START))
    StoppedDriver(carrier, clock).run_to_end()

    assert carrier.calls()[0].stranded
    assert tries == [
        *["/voice/incoming"] * 2,
        *["/voice/fallback"] * 2,
        *["/voice/status"] * 2,
    ]


def test_a_signed_form_arrives_byte_for_byte() -> None:
    got: list[bytes] = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        got.append(environ["wsgi.input"].read())
        start_response("204 NO CONTENT", [])
        return []

    WsgiTransport(app).send(message())
    assert tuple(parse_qsl(got[0].decode(), keep_blank_values=True)) == FORM
