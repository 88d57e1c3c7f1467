"""Dee changes a week by hand, by links and buttons alone; Sam looks; Eve is sent away."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from hotline.accounts.roles import Role
from hotline.config.settings import Settings
from hotline.corrections.absences import note
from hotline.rosters.by_hand.changing import EditOrder, read_draft
from hotline.rosters.states import RosterState
from hotline.store import Store
from hotline.store.access.trail import latest_of_trail
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import BuildNumber
from tests import make
from tests.hotline.console.rosters import week_scene as scene
from tests.hotline.console.visitors import Visitor, visitor
from tests.statements import statements

HERE = scene.HERE
COORDINATOR = (Role.COORDINATOR,)
MONDAY, TUESDAY = "nanjing/2026-11-30/evening", "nanjing/2026-12-01/evening"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """One database is enough here: what differs between them is tested with the store."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    scene.hire(store)
    yield store
    store.close()


@pytest.fixture
def site() -> Settings:
    return scene.settings()


@pytest.fixture
def app(store: Store) -> Flask:
    return scene.app(store, scene.NOW)


@pytest.fixture
def build(store: Store, site: Settings) -> BuildNumber:
    """An empty draft of Nanjing."""
    return scene.begun(store, site, scene.NOW)


@pytest.fixture
def dee(app: Flask) -> Visitor:
    return visitor(app, "dee")


def buttons(page: str) -> dict[str, str]:
    """What the buttons of the panel send, by what they say."""
    found = re.findall(r'<button[^>]*name="do" value="([^"]*)"[^>]*>([^<]*)</button>', page)
    return {unescape(label): unescape(value) for value, label in found}


def hidden(page: str) -> dict[str, str]:
    """The draft and its version, as the panel's form holds them."""
    return dict(re.findall(r'name="(build|version)" value="(\d+)"', page))


def words(page: str) -> str:
    """What a reader reads."""
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", plain)).split())


def press(who: Visitor, page: str, label: str) -> TestResponse:
    """Press the button that says so in the panel of a page."""
    data = {**hidden(page), "do": buttons(page)[label]}
    return who.post(f"{HERE}/change?desk=nanjing", data)


def filling(who: Visitor, shift: str) -> str:
    return who.text(f"{HERE}?desk=nanjing&fill={shift}&lang=en")


def picked(who: Visitor, person: str, shift: str) -> str:
    return who.text(f"{HERE}?desk=nanjing&pick={person}&of={shift}&lang=en")


def sitting(store: Store) -> dict[str, list[str]]:
    """Who is in which shift of the draft, by code."""
    with store.reading() as db:
        held = promises(db, scene.WEEK.horizon(make.SHANGHAI))
    found: dict[str, list[str]] = {}
    for promise in held:
        if promise.state is RosterState.DRAFT:
            found.setdefault(promise.shift, []).append(promise.person)
    return found


def test_a_week_is_begun_filled_changed_and_taken_back_without_javascript(
    store: Store, site: Settings, dee: Visitor
) -> None:
    # Dee begins a draft of a week in which nothing is
    assert "No roster yet" in words(dee.text(f"{HERE}?lang=en"))
    answer = dee.post(f"{HERE}/begin?desk=nanjing")
    assert answer.status_code == 303
    assert "Reckoning" in words(dee.text(f"{answer.location}&lang=en"))
    scene.works(store, site, scene.NOW)
    page = dee.text(f"{answer.location}&lang=en")
    assert "A draft is begun." in words(page)
    assert "Draft" in words(page)
    assert "below the floor" in words(page)

    # asks who could come on Monday, sees what each would do, and lets Chen Jing come
    page = filling(dee, MONDAY)
    assert "4 h less below the floor" in words(page)
    answer = press(dee, page, "陈静")
    assert answer.status_code == 303
    assert sitting(store) == {MONDAY: ["ada"]}

    # moves her to Tuesday, gives that shift to Wang Fang, and pins her to it
    page = picked(dee, "ada", MONDAY)
    press(dee, page, "Tue, Dec 1 18:00–22:00, Nanjing desk")
    page = picked(dee, "ada", TUESDAY)
    press(dee, page, "王芳")
    assert sitting(store) == {TUESDAY: ["bo"]}
    press(dee, picked(dee, "bo", TUESDAY), "Pin")
    page = picked(dee, "bo", TUESDAY)
    assert "Take out: is pinned there; let the pin go first" in words(page)

    # lets the pin go, takes her out, and takes both back
    press(dee, page, "Let the pin go")
    press(dee, picked(dee, "bo", TUESDAY), "Take out")
    assert sitting(store) == {}
    for _ in range(2):
        assert dee.post(f"{HERE}/undo?desk=nanjing", hidden(dee.text(HERE))).status_code == 303
    page = dee.text(f"{HERE}?lang=en")
    assert sitting(store) == {TUESDAY: ["bo"]}
    assert "Taken back: 王芳 out of" in words(page)

    # makes one of them again
    dee.post(f"{HERE}/redo?desk=nanjing", hidden(page))
    assert "Let the pin go" not in picked(dee, "bo", TUESDAY)
    assert sitting(store) == {TUESDAY: ["bo"]}


def test_what_was_done_is_said_and_stands_in_the_trail(
    store: Store, dee: Visitor, build: BuildNumber
) -> None:
    answer = press(dee, filling(dee, MONDAY), "陈静")

    assert answer.location.endswith("#who-ada")
    assert "陈静 into Mon, Nov 30 18:00–22:00" in words(dee.text(f"{HERE}?lang=en"))
    with store.reading() as db:
        entry = latest_of_trail(db, 1)[0]
    assert (entry.login, entry.change.act) == ("dee", "roster.change")
    assert entry.change.subject == f"2026-W49/{build}"
    assert entry.change.after == {"in": [["ada", MONDAY]]}


def test_the_second_of_two_sees_what_the_first_did_and_loses_nothing(
    store: Store, app: Flask, dee: Visitor, build: BuildNumber
) -> None:
    # given: Dee and Fred look at the same draft
    fred = visitor(app, "fred", roles=COORDINATOR)
    seen = filling(fred, TUESDAY)
    press(dee, filling(dee, MONDAY), "陈静")
    # when
    answer = press(fred, seen, "王芳")
    # then: nothing happened, and what he wanted stands there with what it does now
    assert answer.status_code == 409
    assert "Dee: 陈静 into Mon, Nov 30 18:00–22:00" in words(answer.text)
    assert "What you wanted is still possible: 王芳 · Tue, Dec 1 18:00–22:00" in words(answer.text)
    assert sitting(store) == {MONDAY: ["ada"]}

    data = {**hidden(answer.text), "do": buttons(answer.text)["Do it now"]}
    assert fred.post(f"{HERE}/change?desk=nanjing", data).status_code == 303
    assert sitting(store) == {MONDAY: ["ada"], TUESDAY: ["bo"]}


def test_what_is_forbidden_by_now_or_fits_no_more_is_said(
    store: Store, dee: Visitor, build: BuildNumber
) -> None:
    seen = filling(dee, TUESDAY)
    with store.writing() as db:
        note(db, "bo", scene.WEEK.horizon(make.SHANGHAI), scene.NOW)

    refused = press(dee, seen, "王芳")
    assert refused.status_code == 400
    assert "王芳: is noted as away then" in words(refused.text)

    press(dee, seen, "陈静")
    again = press(dee, seen, "陈静")
    assert again.status_code == 409
    assert "What you wanted fits no more" in words(again.text)
    forbidden = press(dee, seen, "王芳")
    assert "is forbidden now: is noted as away then" in words(forbidden.text)
    assert sitting(store) == {TUESDAY: ["ada"]}


def test_who_fell_ill_since_is_shown_on_top(store: Store, dee: Visitor, build: BuildNumber) -> None:
    press(dee, filling(dee, TUESDAY), "王芳")
    with store.writing() as db:
        note(db, "bo", scene.WEEK.horizon(make.SHANGHAI), scene.NOW)

    page = words(dee.text(f"{HERE}?lang=en"))

    assert "Learned since it was built 王芳: is noted as away then" in page
    assert press(dee, picked(dee, "bo", TUESDAY), "Take out").status_code == 303


def test_a_double_click_changes_nothing_twice(
    store: Store, site: Settings, dee: Visitor, build: BuildNumber
) -> None:
    page = filling(dee, MONDAY)
    data = {**hidden(page), "do": buttons(page)["陈静"]}

    first = dee.post(f"{HERE}/change?desk=nanjing", data, once="one")
    second = dee.post(f"{HERE}/change?desk=nanjing", data, once="one")

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with store.reading() as db:
        assert read_draft(db, site, EditOrder(scene.WEEK, build, 0, "")).build.version == 1


def test_what_is_published_is_changed_in_a_draft(
    store: Store, site: Settings, dee: Visitor, build: BuildNumber
) -> None:
    press(dee, filling(dee, MONDAY), "陈静")
    stale = filling(dee, TUESDAY)
    make.publish_all(store, site, scene.WEEK)
    page = dee.text(f"{HERE}?lang=en")
    assert "Published" in words(page)
    assert "pick=" not in page

    # a change of the draft that is none any more
    answer = press(dee, stale, "王芳")
    assert answer.status_code == 409
    assert "nothing was changed" in words(answer.text)
    assert "This is not there any more" in words(picked(dee, "ada", MONDAY))

    dee.post(f"{HERE}/begin?desk=nanjing")
    scene.works(store, site, scene.NOW)
    assert sitting(store) == {MONDAY: ["ada"]}
    again = dee.post(f"{HERE}/begin?desk=nanjing")
    assert again.status_code == 409
    assert "已经有草稿了" in words(again.text) or "There is a draft already." in words(again.text)


def test_who_cannot_come_any_more_is_left_out_of_a_draft_and_named(
    store: Store, site: Settings, dee: Visitor, build: BuildNumber
) -> None:
    press(dee, filling(dee, MONDAY), "陈静")
    make.publish_all(store, site, scene.WEEK)
    with store.writing() as db:
        note(db, "ada", scene.WEEK.horizon(make.SHANGHAI), scene.NOW)

    answer = dee.post(f"{HERE}/begin?desk=nanjing")
    scene.works(store, site, scene.NOW)

    said = "A draft is begun without what a rule forbids by now: 陈静 · Mon, Nov 30 18:00–22:00"
    assert said in words(dee.text(f"{answer.location}&lang=en"))
    assert sitting(store) == {}


def test_what_waits_for_a_decision_is_said_on_its_week(
    store: Store, site: Settings, app: Flask, dee: Visitor, build: BuildNumber
) -> None:
    press(dee, filling(dee, MONDAY), "陈静")
    make.publish_all(store, site, scene.WEEK)
    assert "for your decision" not in words(dee.text(f"{HERE}?lang=en"))

    with store.writing() as db:
        note(db, "ada", scene.WEEK.horizon(make.SHANGHAI), scene.NOW)

    said = "1 request of this week waits for your decision"
    assert said in words(dee.text(f"{HERE}?lang=en"))
    assert said not in words(dee.text(f"/rosters/{scene.WEEK.shifted(1)}?lang=en"))
    fred = visitor(app, "fred", desks=("suzhou",), roles=COORDINATOR)
    assert said not in words(fred.text(f"{HERE}?lang=en"))


def test_a_draft_is_begun_once_and_whoever_waits_is_led_to_it(
    store: Store, site: Settings, app: Flask, dee: Visitor
) -> None:
    first = dee.post(f"{HERE}/begin?desk=nanjing")
    again = visitor(app, "cora", roles=COORDINATOR).post(f"{HERE}/begin?desk=nanjing")
    assert first.location == again.location
    number = first.location.split("begun=")[1].partition("&")[0]
    waiting = f"{HERE}/begun/{number}?desk=nanjing"
    assert "Reckoning" in dee.text(f"{waiting}&lang=en")
    assert visitor(app, "eve").get(waiting).status_code == 403
    assert visitor(app, "lea", desks=("suzhou",), roles=COORDINATOR).get(waiting).status_code == 404

    scene.works(store, site, scene.NOW)

    assert dee.get(waiting).headers["HX-Redirect"] == first.location
    assert dee.get(f"{HERE}/begun/99").status_code == 404


def test_a_draft_that_came_to_nothing_says_why(store: Store, site: Settings, dee: Visitor) -> None:
    asked = dee.post(f"{HERE}/begin?desk=nanjing").location
    scene.begun(store, site, scene.NOW)  # somebody else was faster, at the command line

    scene.works(store, site, scene.NOW)

    page = words(dee.text(f"{asked}&lang=en"))
    assert "No draft was begun. Meanwhile somebody began a draft of this week" in page


def test_a_person_is_given_one_more_shift_on_a_day(
    store: Store, dee: Visitor, build: BuildNumber
) -> None:
    page = dee.text(f"{HERE}?desk=nanjing&add=ada&day=2026-11-30&lang=en")

    labels = [label for label in buttons(page) if "Nov 30" in label]
    assert len(labels) == len(buttons(page)) == 3
    assert press(dee, page, "Mon, Nov 30 18:00–22:00, Nanjing desk").status_code == 303
    assert sitting(store) == {MONDAY: ["ada"]}


def test_the_panel_alone_is_sent_to_htmx(dee: Visitor, build: BuildNumber) -> None:
    headers = {"HX-Request": "true", "HX-Target": "panel"}

    part = dee.get(f"{HERE}?desk=nanjing&fill={MONDAY}&lang=en", headers).text

    assert part.lstrip().startswith('<section id="panel"')
    assert "陈静" in buttons(part)


@pytest.mark.parametrize("view", ["both", "people", "days", "hours"])
def test_every_view_is_whole_in_both_languages(
    store: Store, site: Settings, app: Flask, view: str
) -> None:
    scene.drafted(store, site, scene.NOW)
    dee = visitor(app, "dee")

    chinese = words(dee.text(f"{HERE}?view={view}&lang=zh"))
    english = words(dee.text(f"{HERE}?view={view}&lang=en"))

    for said in ("草稿", "处缺口", "低于下限", "撤销"):
        assert said in chinese
    left = re.sub(r"Jiangsu|English|Dee|W49|Suzhou|JavaScript|CSV|XLSX|iCalendar", "", chinese)
    assert re.findall(r"[A-Za-z]+", left) == []
    assert "gaps" in english


def test_sam_looks_and_changes_nothing(store: Store, app: Flask, build: BuildNumber) -> None:
    sam = visitor(app, "sam")

    page = sam.text(f"{HERE}?desk=nanjing&fill={MONDAY}&lang=en")

    assert buttons(page) == {}
    assert 'class="fill"' not in page
    for act in ("change", "undo", "redo", "begin"):
        assert sam.post(f"{HERE}/{act}?desk=nanjing").status_code == 403


@pytest.mark.parametrize("login", ["eve", "ada", "ann"])
def test_eve_sees_no_week(app: Flask, login: str) -> None:
    eve = visitor(app, login)

    assert eve.get("/rosters").status_code == 403
    assert eve.get(HERE).status_code == 403
    for act in ("change", "undo", "redo", "begin"):
        assert eve.post(f"{HERE}/{act}").status_code == 403


def test_a_city_sees_its_own_desk_and_changes_no_other(
    store: Store, site: Settings, app: Flask
) -> None:
    build = scene.begun(store, site, scene.NOW, scene.NANJING, scene.SUZHOU)
    fred = visitor(app, "fred", desks=("suzhou",), roles=COORDINATOR)

    page = fred.text(f"{HERE}?lang=en")
    assert "Suzhou" in words(page)
    assert "Nanjing desk" not in words(page)
    assert fred.get(f"{HERE}?desk=nanjing").status_code == 404
    assert "nanjing" not in fred.text(f"{HERE}?desk=all")
    assert "This is not there any more" in words(fred.text(f"{HERE}?fill={MONDAY}&lang=en"))
    sent = {"build": build, "version": 0, "do": f"act=add&person=ada&shift={MONDAY}"}
    assert fred.post(f"{HERE}/change", sent).status_code == 409
    assert sitting(store) == {}


@pytest.mark.parametrize(
    "path",
    ["/rosters/2026-W99", "/rosters/soon", f"{HERE}?desk=elsewhere"],
)
def test_what_is_no_week_or_desk_is_not_there(dee: Visitor, path: str) -> None:
    assert dee.get(path).status_code == 404


@pytest.mark.parametrize("do", ["", "act=dance&person=ada&shift=x", "act=move&person=ada&shift=x"])
def test_what_nobody_can_want_is_not_there(dee: Visitor, build: BuildNumber, do: str) -> None:
    assert dee.post(f"{HERE}/change?desk=nanjing", {"do": do}).status_code == 404


def test_the_weeks_are_listed_with_how_far_they_are(
    store: Store, site: Settings, dee: Visitor, build: BuildNumber
) -> None:
    page = words(dee.text("/rosters?lang=en"))

    assert "2026-W48" in page
    assert "this week" in page
    assert "2026-W49 Mon, Nov 30 – Sun, Dec 6 1 draft 1 desk without a roster" in page
    make.publish_all(store, site, scene.WEEK)
    assert "1 of 2 desks published" in words(dee.text("/rosters?lang=en"))


def test_a_week_takes_as_many_questions_whatever_is_in_it(
    store: Store, site: Settings, app: Flask
) -> None:
    dee = visitor(app, "dee")
    scene.begun(store, site, scene.NOW, scene.NANJING, scene.SUZHOU)
    with statements(store) as empty:
        dee.text(f"{HERE}?desk=all")
    page = dee.text(f"{HERE}?desk=all&fill={MONDAY}")
    press(dee, page, "陈静")
    press(dee, dee.text(f"{HERE}?desk=all&fill={TUESDAY}"), "王芳")

    with statements(store) as full:
        dee.text(f"{HERE}?desk=all")

    assert len(full) == len(empty) <= 11
