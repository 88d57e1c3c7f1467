"""The next two weeks: required, on paper, confirmed, present; and what the weeks before kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.config.settings import LineName
from hotline.duty import Attended, PersonId, ToldBy
from hotline.rates import Rates, Share
from hotline.store import Store
from hotline.store.counting.line_weeks import LineWeek, keep_weeks
from hotline.store.duty.attendance import NewFact, attend
from scheduling.problem import Span
from tests import make
from tests.hotline.console.ground import fresh_store
from tests.hotline.console.planning import town
from tests.hotline.console.visitors import passer_by, visitor
from tests.statements import statements

IN_ENGLISH = "/coverage?lang=en"
FRIDAY = Span(make.local("2026-11-20 18:00"), make.local("2026-11-20 22:00"))


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """Tomorrow evening Ada is alone in Nanjing, where two are wanted, and nobody in Suzhou."""
    with fresh_store(sqlite_template, tmp_path) as store:
        town.hire(store)
        make.store_roster(store, (_ada(store), FRIDAY), desk="nanjing", week="2026-W47")
        yield store


def _ada(store: Store) -> "make.Hired":
    with store.reading() as db:
        found = db.connection().exec_driver_sql("select id, code from person where code = 'ada'")
        row = found.one()
    return make.Hired(PersonId(row.id), row.code)


@pytest.fixture
def app(store: Store) -> Flask:
    return town.app(store)


def test_it_says_who_is_on_paper_and_where_somebody_is_missing(app: Flask) -> None:
    page = visitor(app, "dee").text(IN_ENGLISH)

    assert "1/2" in page
    assert "0/2" in page
    assert 'href="/rosters/2026-W47/gaps' in page
    assert page.count("<tr") > 14
    assert "No roster is published for:" in page
    assert "2026-W48" in page


def test_a_place_that_nobody_has_is_filled_from_there(app: Flask) -> None:
    dee, otto = visitor(app, "dee"), visitor(app, "otto")
    offered = re.findall(r'href="(/board/gaps/nanjing\?shift=[^"]+)"', dee.text(IN_ENGLISH))
    [friday] = [each for each in offered if "2026-11-20" in each]
    assert "Find somebody" not in otto.text(IN_ENGLISH)  # of the same page, kept for both

    page = dee.text(f"{friday}&lang=en")

    assert "Fri, Nov 20 22:00" in page
    assert "Who could come" in page
    assert "one after the other" in page


def test_confirmed_and_present_are_other_facts(app: Flask, store: Store) -> None:
    ada = _ada(store).id
    before = visitor(app, "dee").text(IN_ENGLISH)

    with store.writing() as db:
        fact = NewFact(ada, Attended.CONFIRMED, town.NOW, ToldBy.CONSOLE, duty=FRIDAY.start)
        attend(db, fact)
    after = visitor(app, "sam").text(IN_ENGLISH)

    assert "✓1<" not in before.split("<tbody>")[2]
    assert "✓1<" in after.split("<tbody>")[2]


def test_another_line_is_a_link_away(app: Flask) -> None:
    page = visitor(app, "dee").text("/coverage?line=suzhou&lang=en")

    assert '<h2 id="hours">Suzhou line' in page
    assert visitor(app, "sam").get("/coverage?line=nowhere").status_code == 404


def test_a_city_sees_its_own_lines(app: Flask) -> None:
    cora = visitor(app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))

    assert "Suzhou" not in cora.text(IN_ENGLISH)
    assert cora.get("/coverage?line=suzhou").status_code == 404
    lea = visitor(app, "lea", desks=("elsewhere",), roles=(Role.COORDINATOR,))
    assert lea.get("/coverage").status_code == 404


def test_the_weeks_before_stand_beside_the_target(app: Flask, store: Store) -> None:
    # given
    promised = Rates(Share(300, 336), Share(100, 140), Share(56, 56))
    good, bad = (Rates(*[Share(n, 20)] * 3) for n in (19, 10))
    weeks = [
        LineWeek(LineName("nanjing"), "2026-W45", promised, good),
        LineWeek(LineName("nanjing"), "2026-W46", promised, bad),
        LineWeek(LineName("suzhou"), "2026-W46", promised, good),
    ]
    with store.writing() as db:
        keep_weeks(db, weeks)
    # when
    page = visitor(app, "dee").text(IN_ENGLISH)
    cora = visitor(app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,)).text(IN_ENGLISH)
    # then
    assert "The weeks before: Nanjing line" in page
    assert "89.3" in page  # promised
    assert "50.0" in page  # delivered
    assert "target for calls: 90.0" in page
    assert "all these lines together" in page
    assert "all these lines together" not in cora


def test_who_may_look(app: Flask) -> None:
    assert visitor(app, "eve").get("/coverage").status_code == 403
    assert visitor(app, "ada").get("/coverage").status_code == 403
    assert visitor(app, "otto").get("/coverage").status_code == 200
    assert passer_by(app).get("/coverage").status_code == 303


def test_the_second_look_asks_little_and_the_first_no_more_for_more_people(
    app: Flask, store: Store
) -> None:
    dee = visitor(app, "dee")
    with statements(store) as first:
        dee.text("/coverage")
    with statements(store) as second:
        dee.text("/coverage")

    assert len(first) <= 14
    assert len(second) <= 4
