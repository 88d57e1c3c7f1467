"""An SMS over REST is taken, or refused as Twilio would."""

import pytest

from hotline.practice import TextRecord
from tests.practice.stage import ACCOUNT, ADA_NUMBER, SHOWN, START, Stage, authorization

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT.sid}/Messages.json"


def texted(stage: Stage, **fields: str) -> tuple[int, dict[str, object]]:
    form = {"To": ADA_NUMBER, "From": SHOWN, "Body": "hello", **fields}
    return stage.carrier.handle("POST", MESSAGES, list(form.items()), authorization(ACCOUNT))


def test_a_text_is_taken_and_kept() -> None:
    stage = Stage()

    status, answer = texted(stage)

    assert (status, answer["status"]) == (201, "queued")
    sid = str(answer["sid"])
    assert stage.carrier.texts() == (TextRecord(sid, START, SHOWN, ADA_NUMBER, "hello"),)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("To", "", 21604),
        ("To", "client:ada", 21211),
        ("From", "", 21603),
        ("From", ADA_NUMBER, 21606),
        ("Body", "", 21602),
        ("Body", "x" * 1601, 21617),
    ],
)
def test_a_bad_text_is_refused(field: str, value: str, code: int) -> None:
    stage = Stage()

    status, answer = texted(stage, **{field: value})

    assert (status, answer["code"]) == (400, code)
    assert stage.carrier.texts() == ()


def test_what_twilio_does_not_know_is_remarked() -> None:
    stage = Stage()
    texted(stage, Colour="red")
    assert [trouble.sentence for trouble in stage.carrier.troubles()] == [
        "REST parameter Colour is unknown to Twilio"
    ]


def test_texts_cannot_be_read_or_changed() -> None:
    stage = Stage()
    path = MESSAGES.replace(".json", "/SM1.json")
    status, _ = stage.carrier.handle("POST", path, [], authorization(ACCOUNT))
    assert status == 405
