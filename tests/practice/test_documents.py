"""What Twilio would refuse is refused, with its code."""

import pytest

from hotline.practice.twiml.documents import LARGEST, Refused, document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply
from tests.practice.stage import twiml

ZH = "<Say language='zh-CN'>您好</Say>"


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ("<Shout>hello</Shout>", 12200),
        ("<say>hello</say>", 12200),
        ("<Say colour='red'>hello</Say>", 12200),
        ("<Pause length='long'/>", 12200),
        ("<Pause>words</Pause>", 12200),
        ("hello", 12200),
        ("<Gather><Enqueue>q</Enqueue></Gather>", 12200),
        ("<Say><Play>x</Play></Say>", 12200),
        ("<Gather numDigits='0'/>", 12200),
        ("<Gather bargeIn='yes'/>", 12200),
        ("<Dial timeout='4'>+8613800000001</Dial>", 12200),
        ("<Dial method='PUT'>+8613800000001</Dial>", 12200),
        ("<Dial/>", 13224),
        ("<Dial><Number/></Dial>", 13224),
        ("<Dial>" + "<Number>+8613800000001</Number>" * 11 + "</Dial>", 12200),
        ("<Dial><Conference>a</Conference><Number>+8613800000001</Number></Dial>", 12200),
        ("<Dial><Conference>" + "a" * 129 + "</Conference></Dial>", 13233),
        (f"<Dial><Conference participantLabel='{'a' * 129}'>a</Conference></Dial>", 16025),
        ("<Enqueue>" + "a" * 65 + "</Enqueue>", 13230),
        ("<Enqueue/>", 13230),
        ("<Say>您好</Say>", 13520),
        ("<Say voice='Polly.Joanna'>您好</Say>", 13520),
        ("<Say>" + "a" * 4097 + "</Say>", 13520),
        ("<Say/>", 13520),
        ("<Pause/><Reject/>", 12200),
        ("<Pause>", 12100),
        ("<Number>+8613800000001</Number>", 12200),
    ],
)
def test_a_faulty_document_is_refused(verbs: str, code: int) -> None:
    with pytest.raises(Refused) as refused:
        document(twiml(verbs), Setting.CALL)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(500, "text/xml", b"<Response/>"), 11200),
        (Reply(302, "text/xml", b"<Response/>"), 11200),
        (Reply(200, "application/json", b"{}"), 12300),
        (Reply(200, "", b"<Response/>"), 12300),
        (Reply(200, "text/xml", b""), 12100),
        (Reply(200, "text/xml", b"<Answer/>"), 12100),
        (Reply(200, "text/xml", b"<Response a='1'/>"), 12200),
        (Reply(200, "text/xml", b"<Response>" + b" " * LARGEST + b"</Response>"), 11750),
    ],
)
def test_an_answer_that_is_no_document_is_refused(reply: Reply, code: int) -> None:
    with pytest.raises(Refused) as refused:
        document(reply, Setting.CALL)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("setting", "verb"),
    [
        (Setting.WAIT, "<Dial>+8613800000001</Dial>"),
        (Setting.WAIT, "<Record/>"),
        (Setting.WAIT, "<Enqueue>q</Enqueue>"),
        (Setting.WHISPER, "<Dial>+8613800000001</Dial>"),
        (Setting.WHISPER, "<Redirect>/x</Redirect>"),
        (Setting.WHISPER, "<Enqueue>q</Enqueue>"),
        (Setting.CONFERENCE, "<Gather/>"),
        (Setting.CONFERENCE, "<Hangup/>"),
        (Setting.BEFORE_BRIDGE, "<Gather/>"),
    ],
)
def test_each_place_allows_its_verbs_only(setting: Setting, verb: str) -> None:
    document(twiml(verb), Setting.CALL)
    with pytest.raises(Refused) as refused:
        document(twiml(verb), setting)
    assert refused.value.code == 12200


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "text/html; charset=utf-8"])
def test_chinese_is_spoken_by_a_chinese_voice(kind: str) -> None:
    body = f"<Response>{ZH}<Say voice='Polly.Zhiyu'>再见</Say></Response>".encode()
    verbs = document(Reply(200, kind, body), Setting.CALL).verbs
    assert [verb.text for verb in verbs] == ["您好", "再见"]


def test_plain_text_is_twiml_or_read_aloud() -> None:
    spoken = document(Reply(200, "text/plain", b"<Response><Hangup/></Response>"), Setting.CALL)
    assert [verb.name for verb in spoken.verbs] == ["Hangup"]
    spoken = document(Reply(200, "text/plain", b"good morning"), Setting.CALL)
    assert [verb.text for verb in spoken.verbs] == ["good morning"]


def test_audio_is_played() -> None:
    played = document(Reply(200, "audio/mpeg", b"..."), Setting.CALL)
    assert [verb.name for verb in played.verbs] == ["Play"]


def test_words_within_speech_marks_are_words() -> None:
    spoken = document(twiml("<Say>ring <say-as>110</say-as>\n now</Say>"), Setting.CALL)
    assert spoken.verbs[0].text == "ring 110 now"
