"""Volunteers and supervisors text us: a word is done and answered, and strangers learn nothing."""

import logging
from dataclasses import replace

import pytest

from hotline.accounts.keeping import unmade
from hotline.config.settings import Language, Sms
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.practice import Webhooks
from hotline.store import Store
from hotline.store.access.accounts import new_account
from scheduling.problem import Span
from tests import make
from tests.scenarios.asking import Asker
from tests.scenarios.rows import column, every_row, named
from tests.scenarios.stage import NIGHT, SITE, Hotline, speaking

ADAS, DEES = "+8613800000001", "+8613800000009"
OURS = SITE.carrier.caller_id
TEXTING = replace(SITE, carrier=replace(SITE.carrier, sms=Sms.TWO_WAY))


@pytest.fixture
def hotline(store: Store) -> Hotline:
    """Ada is on duty tonight, Dee is the supervisor; both have mobile telephones."""
    hotline = Hotline(store, TEXTING)
    hotline.people["Ada"] = make.hire(store, "Ada", address=f"tel:{ADAS}")
    hotline.people["Dee"] = make.hire(store, "Dee", address=f"tel:{DEES}", role="supervisor")
    return hotline.on_duty("Ada")


def texts(hotline: Hotline, words: str, number: str = ADAS) -> list[str]:
    """What somebody who sends this gets back."""
    before = len(hotline.carrier.texts())
    hotline.carrier.text(number, words, OURS)
    hotline.passes(0)
    back = hotline.carrier.texts()[before + 1 :]
    assert {(text.sender, text.to) for text in back} <= {(OURS, number)}
    return [text.words for text in back]


def facts(store: Store) -> list[tuple[str, str]]:
    return [(str(row["kind"]), str(row["way"])) for row in named(store, "attendance")]


@pytest.mark.parametrize(
    ("words", "kind", "answer"),
    [
        ("签到", "checked-in", "已经签到"),
        ("in", "checked-in", "已经签到"),
        (" ＩＮ！ ", "checked-in", "已经签到"),
        ("签退。", "checked-out", "已经签退"),
        ("Out", "checked-out", "已经签退"),
        ("休息", "break-began", "已经记下休息"),
        ("break", "break-began", "已经记下休息"),
        ("回来", "break-ended", "休息结束"),
    ],
)
def test_a_word_is_done_and_answered(
    hotline: Hotline, store: Store, words: str, kind: str, answer: str
) -> None:
    (back,) = texts(hotline, words)
    assert answer in back
    assert facts(store) == [(kind, "sms")]
    assert not hotline.carrier.troubles()


@pytest.mark.parametrize("words", ["班次", "next", "NEXT"])
def test_the_next_shifts_are_told(hotline: Hotline, words: str) -> None:
    assert texts(hotline, words) == ["您的班次：今天晚上十点到明天早上八点。"]


def test_who_cannot_come_names_the_shift_by_its_number(hotline: Hotline, store: Store) -> None:
    hotline.on_duty("Ada", span=Span(NIGHT.end.replace(hour=14), NIGHT.end.replace(hour=20)))

    (back,) = texts(hotline, "不能来")
    assert back == (
        "哪个班不能来？今天晚上十点的班请回复“不能来1”。明天晚上十点的班请回复“不能来2”。"
    )
    assert column(store, "absence", "id") == []

    (back,) = texts(hotline, "不能来 2")
    assert "已经记下您不能来明天晚上十点的班" in back
    assert [row["starts"] for row in named(store, "absence")] == [NIGHT.end.replace(hour=14)]
    assert len(texts(hotline, "cant 7")) == 1  # no such shift: asked again
    assert len(column(store, "absence", "id")) == 1


def test_who_has_no_shift_cannot_miss_one(hotline: Hotline) -> None:
    assert texts(hotline, "cant 1", DEES) == ["今后两周没有您的班次。"]


@pytest.mark.parametrize("words", ["hello", "", "签到 now please", "1", "?" * 1600, "空班"])
def test_anything_else_is_answered_with_what_there_is(
    hotline: Hotline, store: Store, words: str
) -> None:
    (back,) = texts(hotline, words)
    assert "可以回复：签到" in back
    assert "空班" not in back
    assert facts(store) == []
    (dees,) = texts(hotline, "hello", DEES)
    assert "空班" in dees


@pytest.mark.parametrize("number", ["+8613912345678", "anonymous", "10690000"])
def test_a_number_that_nobody_has_gets_no_answer(hotline: Hotline, number: str) -> None:
    for words in ("签到", "班次", "help", "stop"):
        assert texts(hotline, words, number) == []


def test_where_texts_go_one_way_none_is_answered(store: Store) -> None:
    settings = replace(TEXTING, carrier=replace(TEXTING.carrier, sms=Sms.ONE_WAY))
    hotline = Hotline(store, settings)
    make.hire(store, "Ada", address=f"tel:{ADAS}")
    assert texts(hotline, "班次") == []


@pytest.mark.parametrize(("stop", "start"), [("STOP", "START"), ("退订", "恢复")])
def test_stop_ends_all_texts_until_start(
    hotline: Hotline, store: Store, stop: str, start: str
) -> None:
    hotline.stage.tell_people()
    assert texts(hotline, stop, DEES) == []
    assert texts(hotline, "班次", DEES) == []
    with store.writing() as db:
        alert(db, [Alarm(AlarmKind.UNREACHABLE, "ada")], hotline.clock())
    hotline.passes(0)
    assert {text.to for text in hotline.carrier.texts()} == {OURS}

    assert texts(hotline, start, DEES) == ["已恢复短信通知。"]
    assert texts(hotline, "班次", DEES) == ["今后两周没有您的班次。"]


def test_a_text_that_comes_twice_does_nothing_twice(hotline: Hotline, store: Store) -> None:
    hotline.with_faults(webhooks=Webhooks.TWICE)
    assert len(texts(hotline, "签到")) == 1
    assert facts(store) == [("checked-in", "sms")]
    assert not hotline.carrier.troubles()


def test_a_text_must_be_signed_and_named(hotline: Hotline, store: Store) -> None:
    asker = Asker(hotline.parts)
    before = every_row(store)
    form = {"From": ADAS, "To": OURS, "Body": "签到"}
    assert asker.raw("/sms/incoming", b"MessageSid=SM1&Body=in", {}).status_code == 403
    assert asker.post("/sms/incoming", form).status_code == 400
    assert asker.post("/sms/incoming", form, MessageSid="a b").status_code == 400
    assert every_row(store) == before


def test_a_fault_of_ours_is_told_to_who_texted(hotline: Hotline, store: Store) -> None:
    asker = Asker(hotline.parts)
    with store.writing() as db:
        db.connection().exec_driver_sql("DROP TABLE attendance")
    answer = asker.post(
        "/sms/incoming", {"From": ADAS, "To": OURS, "Body": "签退"}, MessageSid="SM1"
    )
    assert answer.status_code == 200
    assert "您的短信没有处理" in answer.text


def test_english_where_the_site_speaks_english(store: Store) -> None:
    settings = speaking(Language.EN, TEXTING)
    hotline = Hotline(store, replace(settings, site=replace(settings.site, language=Language.EN)))
    hotline.people["Ada"] = make.hire(store, "Ada", address=f"tel:{ADAS}")
    hotline.on_duty("Ada")
    (back,) = texts(hotline, "IN")
    assert back == "You are checked in. Thank you."


def test_no_text_and_no_number_stands_in_a_log(
    hotline: Hotline, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    texts(hotline, "签到")
    texts(hotline, "a secret", "+8613912345678")
    for secret in (ADAS[1:], "13912345678", "a secret", "签到"):
        assert secret not in caplog.text


def test_a_supervisor_reads_who_waits_and_which_shifts_lack_people(hotline: Hotline) -> None:
    assert texts(hotline, "等候", DEES) == ["现在没有来电在等候。"]
    assert texts(hotline, "GAPS", DEES) == ["今后二十四小时没有低于下限的空班。"]


def test_ada_is_answered_by_text_in_the_language_that_she_chose(
    hotline: Hotline, store: Store
) -> None:
    ada = replace(unmade("ada", "Ada"), person=hotline.people["Ada"].id, language=Language.EN)
    with store.writing() as db:
        new_account(db, ada, hotline.clock())

    (answer,) = texts(hotline, "班次")

    assert "today at 22:00 until tomorrow at 8:00" in answer
