"""Does the open API answer what its description says, to anybody, and cheaply?"""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask

from hotline.config.tables.lines import Partner
from hotline.duty import PersonId
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.calling.lines import change_line
from scheduling.problem import Span
from tests import make
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.help.schemas import faults, found
from tests.hotline.console.visitors import Visitor, passer_by

ROOT: Final = Path(__file__).parents[4]
API: Final = "/api/help/v1"


def document(pupil: Visitor, path: str) -> Any:
    answer = pupil.get(API + path)
    assert answer.status_code == 200
    return answer.json


def described(pupil: Visitor, path: str) -> tuple[Any, dict[str, Any]]:
    """The schema of what GET answers there, and the whole description."""
    whole = document(pupil, "/openapi.json")
    answer = whole["paths"][path]["get"]["responses"]["200"]
    return answer["content"]["application/json"]["schema"], whole


@pytest.fixture
def with_partners(app: Flask) -> Visitor:
    parts: Parts = app.extensions["hotline"]
    women = Partner("women", make.title("12338"), "tel:+862500012338")
    by_sip = replace(women, name="other", address="sip:x@example.org")
    settings = replace(parts.settings, partners=(women, by_sip))
    app.extensions["hotline"] = replace(parts, settings=settings)
    with parts.store.writing() as db:
        for line in scene.LINES[:2]:
            hour = Span(scene.BUSY, scene.BUSY + timedelta(hours=1))
            change_line(db, line.name, (), hour, PersonId(1))
    return passer_by(app)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/lines", "/lines"),
        ("/lines", "/lines?place=nanjing&who=pupil"),
        ("/lines/{line}", "/lines/12355"),
        ("/lines/{line}", "/lines/96111-nanjing"),
        ("/places", "/places"),
    ],
)
def test_each_answer_is_as_described(with_partners: Visitor, path: str, asked: str) -> None:
    schema, whole = described(with_partners, path)

    assert list(faults(document(with_partners, asked), schema, whole)) == []


def test_the_check_itself_finds_what_is_wrong(pupil: Visitor) -> None:
    schema, whole = described(pupil, "/lines/{line}")
    line = document(pupil, "/lines/12355")
    spoilt = {**line, "numbers": ["sip:x"], "until": 3, "more": 1, "page": "/help"}
    del spoilt["free"]

    assert len(list(faults(spoilt, schema, whole))) == 5


def test_every_reference_of_the_description_leads_somewhere(pupil: Visitor) -> None:
    whole = document(pupil, "/openapi.json")

    assert whole["openapi"].startswith("3.1")
    assert whole["servers"] == [{"url": f"http://127.0.0.1:8000{API}"}]
    text = pupil.get(f"{API}/openapi.json").text
    for reference in set(text.split('"$ref":"')[1:]):
        assert found(whole, reference.partition('"')[0])


def test_a_program_learns_the_same_as_a_visitor(with_partners: Visitor) -> None:
    lines = {each["name"]: each for each in document(with_partners, "/lines")["lines"]}

    campus, shut = lines["campus"], lines["96111-nanjing"]
    assert (campus["answers"], campus["until"]) == (True, "2026-11-25T00:00:00Z")
    assert (shut["answers"], shut["until"]) == (False, None)
    assert shut["again"] == "2026-11-24T16:10:42Z"
    assert shut["numbers"] == ["96111", "+862500096111"]
    assert lines["12355"]["for_whom"] == ["pupil", "student"]
    assert lines["12355"]["hours"][0]["start"] == "09:00"
    assert lines["campus"]["hours"] is None
    assert campus["page"] == "http://127.0.0.1:8000/help?line=campus"


def test_services_of_others_and_emergency_numbers_are_told(with_partners: Visitor) -> None:
    found = document(with_partners, "/lines")

    assert [each["number"] for each in found["partners"]] == ["+862500012338"]
    assert found["emergency"] == ["110", "120"]
    assert found["made_up"] is True


def test_lines_can_be_asked_for_by_place_and_audience(pupil: Visitor) -> None:
    found = document(pupil, "/lines?place=nanjing&who=parent")["lines"]

    assert {each["name"] for each in found} == {"96111-nanjing", "12345-psy", "parents"}
    assert document(pupil, "/places")["places"][0]["name"] == "nanjing"


@pytest.mark.parametrize(
    ("asked", "status"),
    [("/lines?place=atlantis", 400), ("/lines?who=teacher", 400), ("/lines/none", 404)],
)
@pytest.mark.parametrize(
    ("browser", "language", "word"),
    [("zh-CN,zh;q=0.9", "zh", "没有"), ("en-GB", "en", "There is no"), ("fr", "zh", "没有")],
)
def test_what_names_nothing_is_told_in_the_language_of_who_asks(
    pupil: Visitor, asked: str, status: int, browser: str, language: str, word: str
) -> None:
    answer = pupil.get(API + asked, {"Accept-Language": browser})

    assert answer.status_code == status
    assert answer.json is not None
    assert word in answer.json["error"]
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    whole = document(pupil, "/openapi.json")
    path = "/lines/{line}" if status == 404 else "/lines"
    described_so = whole["paths"][path]["get"]["responses"][str(status)]
    assert "Content-Language" in described_so["headers"]
    schema = described_so["content"]["application/json"]["schema"]
    assert list(faults(answer.json, schema, whole)) == []


def test_any_page_may_read_it_and_keep_it_for_half_a_minute(pupil: Visitor) -> None:
    for path in ("/lines", "/lines/12355", "/places", "/openapi.json"):
        headers = pupil.get(API + path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert headers["Cache-Control"] == "public, max-age=30"
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert "Set-Cookie" not in headers


def test_what_has_not_changed_is_not_sent_again(pupil: Visitor, store: Store, watch: Watch) -> None:
    tag = pupil.get(f"{API}/lines").headers["ETag"]
    watch.at += timedelta(seconds=20)

    same = pupil.get(f"{API}/lines", {"If-None-Match": tag})
    with store.writing() as db:
        hour = Span(watch.at, watch.at + timedelta(hours=1))
        change_line(db, scene.LINES[0].name, (), hour, PersonId(1))
    changed = pupil.get(f"{API}/lines", {"If-None-Match": tag})

    assert (same.status_code, same.data) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_it(pupil: Visitor, method: str) -> None:
    assert pupil.client.open(f"{API}/lines", method=method).status_code == 405


EXAMPLES: Final = (ROOT / "docs" / "help-api.md").read_text(encoding="utf-8")


def test_the_examples_of_the_document_can_be_asked_and_are_as_described(pupil: Visitor) -> None:
    asked = re.findall(r"^GET /api/help/v1(/\S+)", EXAMPLES, flags=re.MULTILINE)
    shown = re.findall(r"^```json\n(.*?)^```", EXAMPLES, flags=re.MULTILINE | re.DOTALL)

    assert len(asked) == 4
    assert all(pupil.get(API + path).status_code == 200 for path in asked)
    schema, whole = described(pupil, "/lines/{line}")
    assert list(faults(json.loads(shown[0]), schema, whole)) == []


def test_the_document_names_every_field_of_a_line(pupil: Visitor) -> None:
    line = document(pupil, "/lines/12355")

    assert [name for name in line if f"`{name}`" not in EXAMPLES] == []
