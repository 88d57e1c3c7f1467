"""People from a file: first a look, then whole or not at all; and back to a file."""

import re
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from hotline.people import read_people
from hotline.people.writing import workbook_of
from hotline.store import Store
from hotline.store.people.everybody import all_people
from tests.hotline.console import scene
from tests.hotline.console.people.conftest import NUMBER
from tests.hotline.console.people.trails import entries
from tests.hotline.console.visitors import HOST, Visitor, visitor


def exported(who: Visitor, language: str = "en") -> str:
    return str(who.get(f"/people/export.csv?lang={language}").data, "utf-8-sig")


def sent(who: Visitor, content: bytes, name: str = "people.csv") -> TestResponse:
    return who.post("/people/file?lang=en", {"file": (BytesIO(content), name)})


def posted(who: Visitor, size: int) -> int:
    """A large file, without the temporary one that the test client would leave open."""
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{who.csrf}\r\n--x\r\n'
        'Content-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
    )
    body = parts.encode() + bytes(size) + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x", **HOST}
    return who.client.post("/people/file", data=body, headers=kind).status_code


def confirmation(page: str) -> dict[str, str]:
    [shown] = re.findall(r'name="shown" value="(\w+)"', page)
    [rows] = re.findall(r'<textarea name="rows" hidden>(.*?)</textarea>', page, re.S)
    return {"shown": shown, "rows": unescape(rows)}


def changed(csv: str) -> str:
    """Ada may do more, and Gil is new."""
    [head, *rows] = csv.splitlines()
    ada = next(row for row in rows if row.startswith("ada,"))
    more = ada.replace(",7,100,", ",4,20,").replace(NUMBER, "tel:+8613800000009")
    gil = next(row for row in rows if row.startswith("bo,"))
    gil = gil.replace("bo,Bo,client:bo", "gil,Gil,client:gil")
    return "\n".join((head, more, gil, ""))


def test_a_coordinator_fetches_the_people_of_their_desks(dee: Visitor) -> None:
    answer = dee.get("/people/export.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    people = read_people(answer.data, scene.settings()).people
    assert [person.code for person in people] == ["ada", "bo", "cem"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_fetched_and_brought_back_changes_nothing(
    dee: Visitor, store: Store, form: str, language: str
) -> None:
    with store.writing() as db:
        db.connection().exec_driver_sql(
            "update person set availability = 'Mon-Fri 18:00-22:00; Sat 22:00-08:00', "
            "notices = 'sms apprise', gender = 'woman', standing = 'mentor', role = 'supervisor', "
            "agreement = 'at most 2 nights a month; no 24h' where code = 'ada'"
        )
    answer = sent(dee, dee.get(f"/people/export.{form}?lang={language}").data)
    assert "0 new, 0 changed, 3 as they are" in answer.text
    assert "It changes nothing" in answer.text


def test_a_file_is_headed_and_filled_in_the_language_of_who_takes_it(dee: Visitor) -> None:
    [heads, ada, *_others] = exported(dee, "zh").splitlines()

    assert heads.startswith("编号,姓名,电话地址,语言,席位,可以值班")
    assert "正式" in ada
    assert "周一至周五 18:00-22:00；周六 18:30-20:00" in ada


def test_a_look_keeps_nothing_and_the_confirmation_exactly_what_was_shown(
    dee: Visitor, store: Store
) -> None:
    answer = sent(dee, changed(exported(dee)).encode())
    assert "1 new, 1 changed, 0 as they are" in answer.text
    assert "<del>7</del>" in answer.text
    assert "<ins>4</ins>" in answer.text
    assert entries(store) == []

    kept = dee.post("/people/file/keep", confirmation(answer.text))

    assert kept.location == "/people"
    [(act, subject, before, after)] = entries(store)
    assert (act, subject) == ("people.import", "people")
    assert before == {"changed": {"ada": {"shifts_a_week": "7", "hours_a_week": "100"}}}
    assert after == {
        "added": ["gil"],
        "changed": {"ada": {"address": "changed", "shifts_a_week": "4", "hours_a_week": "20"}},
    }
    with store.reading() as db:
        assert [p.code for p in all_people(db)] == ["ada", "bo", "cem", "fay", "gil"]


def test_a_workbook_does_the_same(dee: Visitor, store: Store) -> None:
    people = read_people(changed(exported(dee)).encode(), scene.settings()).people
    answer = sent(dee, workbook_of(people), "people.xlsx")
    assert "1 new, 1 changed" in answer.text


def test_what_changed_meanwhile_is_shown_again_and_not_kept(dee: Visitor, store: Store) -> None:
    answer = sent(dee, changed(exported(dee)).encode())
    asked = confirmation(answer.text)
    dee.post("/people/file/keep", asked)
    again = dee.post("/people/file/keep?lang=en", asked)
    assert again.status_code == 409
    assert "Meanwhile something has changed" in again.text
    assert len(entries(store)) == 1


def test_each_fault_is_named_by_row_and_column_in_the_pages_language(
    dee: Visitor, store: Store
) -> None:
    csv = changed(exported(dee)).replace(",4,20,", ",40,20,").replace("client:gil", "client:cem")
    answer = dee.post("/people/file?lang=zh", {"file": (BytesIO(csv.encode()), "people.csv")})
    assert answer.status_code == 400
    assert "有 1 处错误" in answer.text
    assert "0 到 14 的整数。" in answer.text
    assert "<code>shifts_a_week</code>" in answer.text
    taken = sent(dee, changed(exported(dee)).replace("client:gil", "client:cem").encode())
    assert "Is Cem&#39;s (cem) already" in taken.text
    assert entries(store) == []


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("gil,Gil,client:gil", "fay,Fay,client:fay", "code"),
        (",zh,nanjing,", ",zh,changzhou,", "desks"),
        (",volunteer,", ",supervisor,", "role"),
        (",zh,nanjing;night,", ",zh,nanjing,", "desks"),
    ],
)
def test_what_is_not_theirs_is_refused(
    dee: Visitor, store: Store, old: str, new: str, column: str
) -> None:
    csv = changed(exported(dee))
    assert old in csv
    answer = sent(dee, csv.replace(old, new).encode())
    assert answer.status_code == 400
    assert f"<code>{column}</code>" in answer.text
    assert "Is not yours to change" in answer.text


def test_nothing_and_far_too_much_are_refused(dee: Visitor) -> None:
    assert sent(dee, b"").status_code == 400
    assert dee.post("/people/file", {}).status_code == 400
    assert "no workbook" in sent(dee, b"PK\x03\x04 and nothing more").text
    assert posted(dee, 4 * 1024 * 1024 + 1) == 400
    assert posted(dee, 9 * 1024 * 1024) == 413


def test_a_change_cannot_be_slipped_in_between_look_and_keep(dee: Visitor, store: Store) -> None:
    asked = confirmation(sent(dee, changed(exported(dee)).encode()).text)
    asked["rows"] = asked["rows"].replace("nanjing", "changzhou")
    assert dee.post("/people/file/keep", asked).status_code == 409
    assert entries(store) == []


def test_eve_and_a_supervisor_fetch_and_bring_nothing(app: Flask, eve: Visitor) -> None:
    for who in (eve, visitor(app, "sam")):
        assert who.get("/people/export.csv").status_code == 403
        assert who.get("/people/export.xlsx").status_code == 403
        assert who.post("/people/file", {}).status_code == 403
        assert who.post("/people/file/keep", {}).status_code == 403
