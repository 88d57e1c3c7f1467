"""An alarm is raised once until it is over, and every supervisor is told of it."""

from datetime import timedelta

from sqlalchemy import select, update

from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store import Store
from hotline.store.sending.alarms import clear_alarm, open_alarms
from hotline.store.tables import TABLES
from tests import make

NOW = make.local("2026-11-24 23:10")
ADAS = Alarm(AlarmKind.UNREACHABLE, "ada", "rung 4 times in vain")


def test_an_alarm_that_stands_is_not_raised_again(store: Store) -> None:
    with store.writing() as db:
        assert alert(db, [ADAS], NOW) == (ADAS,)
        assert alert(db, [ADAS], NOW + timedelta(minutes=1)) == ()
        assert [(known.alarm, known.raised) for known in open_alarms(db)] == [(ADAS, NOW)]


def test_an_alarm_that_is_over_may_be_raised_anew(store: Store) -> None:
    with store.writing() as db:
        alert(db, [ADAS], NOW)
        assert clear_alarm(db, AlarmKind.UNREACHABLE, "ada", NOW)
        assert not clear_alarm(db, AlarmKind.UNREACHABLE, "ada", NOW)
        assert open_alarms(db) == ()
        assert alert(db, [ADAS], NOW) == (ADAS,)


def test_every_supervisor_is_told_and_nobody_else(store: Store) -> None:
    make.hire(store, "Ada")
    dee = make.hire(store, "Dee")
    person, notice = TABLES["person"], TABLES["notice"].c
    with store.writing() as db:
        is_dee = person.c.id == dee.id
        db.connection().execute(update(person).where(is_dee).values(role="supervisor"))

        alert(db, [ADAS], NOW)

        told = db.connection().execute(select(notice.person_id, notice.kind)).all()
    assert [tuple(row) for row in told] == [(dee.id, "alarm")]
