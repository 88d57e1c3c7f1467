"""Sam fills a gap from the board in two clicks: who could come, and who is put on duty."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.duty import Attended, in_reach
from hotline.handshake.stand_ins.away import announce
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.duty.rosters import rota_at
from hotline.store.duty.standins import searches_open
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.me import week
from tests.hotline.console.me.conftest import app, people, signed_in, store, watch
from tests.hotline.console.supervision import acts
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.scenarios.rows import named
from tests.statements import statements

__all__ = ["app", "people", "signed_in", "store", "watch"]
FILL = "/board/gaps/nanjing"
BO = "王芳"  # has tonight's evening, and cannot come


@pytest.fixture
def sam(app: Flask) -> Visitor:
    return visitor(app, "sam")


@pytest.fixture
def gone(store: Store, watch: Watch, people: dict[str, int]) -> None:
    """Bo is away, nobody else is on duty this evening, and it is 17:30."""
    watch.at = scene.local(0, 17, 30)
    with store.writing() as db:
        announce(db, "bo", week.span_of(0, "evening"), watch.at, seeking=False)


def taken(page: str) -> list[str]:
    """Who can be put on duty, in order."""
    return re.findall(r'name="person" value="(\w+)"', page)


def rung(app: Flask) -> list[str]:
    """Whom the telephone would ring now."""
    found: Parts = app.extensions["hotline"]
    now, line = found.clock(), found.settings.lines[0]
    with found.store.reading() as db:
        answer = in_reach(rota_at(db, now), line, found.settings, now)
    return [seat.volunteer.code for seat in answer.rung]


def corrected(store: Store) -> list[tuple[int | None, int | None]]:
    return [(each["comes_id"], each["replaces_id"]) for each in named(store, "override")]


@pytest.mark.usefixtures("gone")
def test_from_the_board_somebody_is_put_on_duty_in_two_clicks(
    app: Flask, sam: Visitor, store: Store, watch: Watch
) -> None:
    board = sam.text("/board?lang=en")
    assert "nobody answers from 18:00" in board
    assert f'href="{FILL}"' in board

    page = sam.text(f"{FILL}?lang=en")
    first = taken(page)[0]
    answer = sam.post(FILL, {"person": first, "until": "end"})

    assert answer.location.endswith("/board")
    assert acts(store)[0] == ("sam", "gap.fill", "nanjing/nanjing/2026-11-23/evening")
    board = sam.text("/board?lang=en")
    assert "and is told." in board
    assert "nobody answers" not in board
    watch.at = scene.local(0, 18)
    assert rung(app) == [first]


@pytest.mark.usefixtures("gone")
def test_only_those_are_offered_whom_the_rules_let_come_the_least_burdened_first(
    sam: Visitor,
) -> None:
    page = sam.text(f"{FILL}?lang=en")

    assert taken(page) == ["ada", "gus", "fay"]  # Cem has the night that follows, Bo is away
    assert "2 of 6 shifts, 1 of 4 nights, 14 of 60 h" in page
    assert "has to rest" in page
    assert "李婷" in page[page.index("Why not the others?") :]


@pytest.mark.usefixtures("gone")
def test_who_may_not_come_is_refused_and_changes_nothing(sam: Visitor, store: Store) -> None:
    for person in ("cem", "bo", "nobody", ""):
        answer = sam.post(f"{FILL}?lang=en", {"person": person, "until": "end"})
        assert answer.status_code == 409
        assert "Nothing was changed" in answer.text
    assert sam.post(FILL, {"person": "ada", "until": "99"}).status_code == 400
    assert corrected(store) == []


@pytest.mark.usefixtures("gone")
def test_of_two_who_fill_the_same_gap_one_does(app: Flask, sam: Visitor, store: Store) -> None:
    dee = visitor(app, "dee")
    sam.post(FILL, {"person": "ada", "until": "end"})

    late = dee.post(f"{FILL}?lang=en", {"person": "fay", "until": "end"})

    assert late.status_code == 409
    assert "Nobody is missing there" in late.text
    assert len(corrected(store)) == 1


@pytest.mark.usefixtures("gone")
def test_a_shift_that_runs_is_filled_from_now_on_for_as_long_as_wanted(
    app: Flask, sam: Visitor, store: Store, watch: Watch
) -> None:
    watch.at = scene.local(0, 19, 10)

    sam.post(FILL, {"person": "ada", "until": "1"})

    assert rung(app) == ["ada"]
    (order,) = named(store, "override")
    assert (order["starts"], order["ends"]) == (watch.at, scene.local(0, 20, 10))
    watch.at = scene.local(0, 20, 15)
    assert rung(app) == []
    assert "nobody answers now" in sam.text("/board?lang=en")


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize(("said", "reached"), [({}, []), ({"here": "y"}, ["ada"])])
def test_where_people_check_in_who_is_there_is_rung_at_once(
    app: Flask,
    sam: Visitor,
    store: Store,
    watch: Watch,
    said: dict[str, str],
    reached: list[str],
) -> None:
    found: Parts = app.extensions["hotline"]
    lines = (replace(found.settings.lines[0], check_in=True),)
    app.extensions["hotline"] = replace(found, settings=replace(found.settings, lines=lines))
    assert 'name="here"' not in sam.text(FILL)  # nobody checks in before it begins
    watch.at = scene.local(0, 19)
    assert 'name="here"' in sam.text(FILL)

    sam.post(FILL, {"person": "ada", "until": "end", **said})

    assert rung(app) == reached
    facts = [each["kind"] for each in named(store, "attendance")]
    assert facts == [Attended.CHECKED_IN.value for _ in reached]


def test_somebody_else_comes_instead_of_who_has_not_confirmed(
    app: Flask, store: Store, watch: Watch, people: dict[str, int]
) -> None:
    found: Parts = app.extensions["hotline"]
    shake = replace(found.settings.shake, last_hours=2)
    app.extensions["hotline"] = replace(found, settings=replace(found.settings, handshake=shake))
    watch.at = scene.local(0, 17)
    sam = visitor(app, "sam")
    instead = f"{FILL}?instead={people['bo']}"
    assert f'href="{instead}"' in sam.text("/board?lang=en")
    assert BO not in sam.text(instead)[: sam.text(instead).index("<details")]

    assert sam.post(instead, {"person": "ada", "until": "end"}).status_code == 303

    assert corrected(store) == [(people["ada"], people["bo"])]
    told = {(each["person_id"], each["kind"]) for each in named(store, "notice")}
    assert told == {(people["ada"], "stands-in"), (people["bo"], "replaced")}
    again = sam.post(f"{instead}&lang=en", {"person": "fay", "until": "end"})
    assert again.status_code == 409


def test_they_are_asked_one_after_the_other_from_the_same_page(
    app: Flask, store: Store, watch: Watch, people: dict[str, int]
) -> None:
    watch.at = scene.local(0, 17)
    sam = visitor(app, "sam")
    page = sam.text(f"{FILL}?instead={people['bo']}&lang=en")
    ask = re.search(r'action="(/board/stand-in[^"]+)"', page)
    assert ask is not None

    sam.post(ask[1].replace("&amp;", "&"))

    with store.reading() as db:
        assert [each.code for each in searches_open(db, watch.at)] == ["bo"]
    page = sam.text(f"{FILL}?instead={people['bo']}&lang=en")
    assert "A stand-in is looked for already, since 17:00: 0 people were asked so far." in page


@pytest.mark.usefixtures("gone")
def test_for_a_place_that_nobody_has_they_are_asked_one_after_the_other_too(
    app: Flask, sam: Visitor, store: Store, watch: Watch
) -> None:
    ask = re.search(r'action="(/board/gaps/nanjing/search[^"]+)"', sam.text(f"{FILL}?lang=en"))
    assert ask is not None
    address = ask[1].replace("&amp;", "&")

    assert sam.post(address).location.endswith("/board")

    assert "The first person is asked within seconds." in sam.text("/board?lang=en")
    with store.reading() as db:
        (search,) = searches_open(db, watch.at)
    assert (search.code, search.shift) == ("", "nanjing/2026-11-23/evening")
    assert acts(store)[0] == ("sam", "stand-in.search", f"nanjing/{search.shift}")
    page = sam.text(f"{FILL}?lang=en")
    assert "A stand-in is looked for already, since 17:30: 0 people were asked so far." in page
    assert "a place that nobody has" in visitor(app, "dee").text("/requests?lang=en")
    sam.post(address)
    with store.reading() as db:
        assert len(searches_open(db, watch.at)) == 1
    sam.post(FILL, {"person": "ada", "until": "end"})
    sam.post(address)
    assert "Nobody is missing there any more." in sam.text("/board?lang=en")


@pytest.mark.usefixtures("gone")
def test_without_anybody_who_may_come_that_is_said_with_what_else_helps(
    app: Flask, sam: Visitor, store: Store
) -> None:
    with store.writing() as db:
        db.connection().exec_driver_sql("update person set availability = ''")

    page = sam.text(f"{FILL}?lang=en")

    assert "By the rules of the roster nobody may come." in page
    assert "not offered for all of it" in page
    assert "/board/lines/96111-nanjing" in page
    assert "/rosters/2026-W48/gaps" in page


def test_without_a_gap_there_is_nothing_to_fill(sam: Visitor, store: Store) -> None:
    assert "Nobody is missing there" in sam.text(f"{FILL}?lang=en")
    assert "Nobody is missing there" in sam.text(f"{FILL}?shift=nanjing/1/x&lang=en")
    assert "Nobody is missing there" in sam.text(f"{FILL}?instead=999&lang=en")
    assert sam.post(FILL, {"person": "ada", "until": "end"}).status_code == 409
    assert corrected(store) == []


@pytest.mark.usefixtures("gone")
def test_the_page_asks_the_database_a_constant_number_of_questions(
    sam: Visitor, store: Store
) -> None:
    with statements(store) as said:
        sam.text(FILL)

    assert len(said) <= 20


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("login", ["ada", "ann", "otto", "eve"])
def test_and_eve(app: Flask, store: Store, login: str) -> None:
    somebody = visitor(app, login)
    assert somebody.get(FILL).status_code == 403
    assert somebody.post(FILL, {"person": "ada", "until": "end"}).status_code == 403
    assert passer_by(app).get(FILL).status_code == 303
    changzhou = visitor(app, "sue", desks=("changzhou",), roles=(Role.SUPERVISOR,))
    assert changzhou.get(FILL).status_code == 404
    for path in (FILL, f"{FILL}/search"):
        assert somebody.post(path, {"person": "ada"}).status_code == 403
        assert changzhou.post(path, {"person": "ada", "until": "end"}).status_code == 404
    assert corrected(store) == []
    with store.reading() as db:
        assert searches_open(db, scene.local(0, 17, 30)) == ()
