"""What a volunteer hears who is asked something, document by document."""

from typing import Final

import pytest
from sqlalchemy import text

from hotline.config.settings import DeskName, Language
from hotline.duty import Duty
from hotline.handshake.stand_ins.searching import cannot_come, go_on
from hotline.practice.twiml.documents import document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply
from hotline.store import Store
from hotline.store.duty.standins import (
    searches_due,
)
from hotline.store.sending.errands import NewErrand, Purpose, plan_errands
from tests import make
from tests.goldens import Golden
from tests.scenarios.asking import Asker
from tests.scenarios.stage import NIGHT
from tests.webhooks.test_golden import Scene

DAY: Final = DeskName("day")


class Errands(Scene):
    """A duty that Ada is asked about, or Bo in her place, on a clock that is set by hand."""

    def __init__(self, store: Store, language: Language, golden: Golden) -> None:
        super().__init__(store, language, golden)
        self.on_duty("Ada")
        self.ada = self.hotline.people["Ada"].id
        self._errand_asker = Asker(self.hotline.parts)

    def asks_to_confirm(self) -> None:
        now = self.hotline.clock()
        errand = NewErrand(
            "TOKEN", "k", Purpose.CONFIRM, self.ada, DAY, NIGHT.start, now, NIGHT.end
        )
        with self._store.writing() as db:
            plan_errands(db, [errand])
        self.dialled()

    def asks_for_a_stand_in(self) -> None:
        make.hire(self._store, "Bo", languages=str(self._language))
        now = self.hotline.clock()
        with self._store.writing() as db:
            cannot_come(db, Duty(self.ada, DAY, NIGHT), now)
        with self._store.reading() as db:
            (search,) = searches_due(db, now)
        go_on(self._store, self.hotline.settings, search, now)
        self.dialled()

    def dialled(self) -> None:
        """As if the carrier rang."""
        with self._store.writing() as db:
            db.connection().execute(text("update errand set state = 'dialled'"))

    def hears(self, name: str, step: str, **more: str) -> None:
        """One document."""
        token = self.token("errand")
        path = f"/voice/errand/{token}/{step}"
        form = {"CallSid": "CA1", "CallStatus": "in-progress", **more}
        answer = self._errand_asker.post(path, form)
        assert answer.status_code == 200
        assert document(Reply(200, answer.content_type, answer.data), Setting.CALL).verbs
        plain = self._plain(answer.text.replace(token, "ERRAND"))
        self._golden(f"errand-{name}.{self._language}.xml", plain)


@pytest.fixture(params=list(Language))
def errands(request: pytest.FixtureRequest, sqlite_store: Store, golden: Golden) -> Errands:
    """In each language."""
    return Errands(sqlite_store, Language(request.param), golden)


def test_a_duty_is_confirmed_or_not(errands: Errands) -> None:
    errands.asks_to_confirm()
    errands.hears("confirm", "answered")
    errands.hears("again", "key/1", Digits="5")
    errands.hears("missed", "key/3", Digits="5")
    errands.hears("confirmed", "key/2", Digits="1")
    errands.hears("cannot-come", "key/1", Digits="2")


def test_somebody_stands_in_or_does_not(errands: Errands) -> None:
    errands.asks_for_a_stand_in()
    errands.hears("stand-in", "answered")
    errands.hears("agreed", "key/1", Digits="1")
    errands.hears("agreed-last", "back", Digits="1")
    errands.hears("taken-back", "back", Digits="3")
    errands.hears("refused", "key/2", Digits="2")
    errands.hears("kept", "back", Digits="3")


def test_whoever_picks_up_too_late_is_thanked(errands: Errands) -> None:
    errands.asks_for_a_stand_in()
    with errands._store.writing() as db:
        db.connection().execute(text("update errand set state = 'recalled'"))
    errands.hears("too-late", "answered")
