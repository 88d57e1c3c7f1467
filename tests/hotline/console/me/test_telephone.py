"""A volunteer tries her own telephone, and says whether drills may ring it."""

from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store import Store
from hotline.store.sending.drills import agreed_to_drills
from hotline.store.tables import PresenceRow
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor
from tests.scenarios.rows import column

PAGE = "/me/telephone?lang=en"


def put_aside(store: Store, person: int) -> None:
    with store.writing() as db:
        db.add(PresenceRow(person_id=person, free_at=week.NOW, missed=9, missed_at=week.NOW))
        alert(db, [Alarm(AlarmKind.UNREACHABLE, "ada")], week.NOW)


def test_she_agrees_to_drills_and_takes_it_back(
    ada: Visitor, store: Store, people: dict[str, int]
) -> None:
    assert "Ring me in drills no more" not in ada.text(PAGE)

    ada.post("/me/telephone/drills", {"said": "agrees"})
    with store.reading() as db:
        assert agreed_to_drills(db) == {people["ada"]}
    assert "Ring me in drills no more" in ada.text(PAGE)

    ada.post("/me/telephone/drills", {"said": "no-more"})
    with store.reading() as db:
        assert agreed_to_drills(db) == frozenset()
    assert column(store, "drill_word", "agrees") == [True, False]
    assert ada.post("/me/telephone/drills", {"said": "perhaps"}).status_code == 400


def test_she_has_her_telephone_rung_once_in_a_minute(ada: Visitor, store: Store) -> None:
    assert ada.post("/me/telephone/ring").location == "/me/telephone"
    assert "rings soon, or rings now" in ada.text(PAGE)

    ada.post("/me/telephone/ring")
    assert "That was asked for a moment ago." in ada.text(PAGE)
    assert column(store, "errand", "purpose") == ["test"]


def test_who_is_put_aside_reads_so_on_the_first_page(
    ada: Visitor, bo: Visitor, store: Store, people: dict[str, int]
) -> None:
    put_aside(store, people["ada"])

    assert "Your telephone does not reach you" in ada.text("/me?lang=en")
    assert "It rang in vain several times" in ada.text(PAGE)
    assert "does not reach you" not in bo.text("/me?lang=en")
