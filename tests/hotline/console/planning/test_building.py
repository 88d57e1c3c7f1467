"""Dee builds the week from its page: a bar, a button to stop, and on to the gaps."""

import re

import pytest
from sqlalchemy import delete

from hotline.accounts.roles import Role
from hotline.planning.jobs import JobKind, JobState
from hotline.store.planning.drafts import rosters_of
from hotline.store.planning.roster_jobs import take_job
from hotline.store.tables import PersonRow
from tests.hotline.console.planning.town import NOW, Town
from tests.hotline.console.visitors import Visitor, passer_by, visitor

COORDINATOR = (Role.COORDINATOR,)
BUILD = "/rosters/2026-W48/build"
PAGES = (BUILD, "/rosters/2026-W48/gaps", "/rosters/2026-W48/publish",
         "/rosters/2026-W48/compare", "/rosters/2026-W48/rehearse")  # fmt: skip


def test_an_empty_week_becomes_a_draft_and_leads_to_its_gaps(here: Town, dee: Visitor) -> None:
    # given
    assert "No roster" not in dee.text(BUILD)
    # when
    answer = dee.post(BUILD, {"seconds": "5"})
    [job] = here.jobs(JobKind.BUILD)
    watching = f"{BUILD}?job={job.id}"
    assert answer.status_code == 303
    assert answer.location == watching
    assert "Waiting for a worker" in dee.text(f"{watching}&lang=en")
    here.works()
    # then
    assert dee.get(watching).location == "/rosters/2026-W48/gaps"
    polled = dee.get(f"{BUILD}/{job.id}")
    assert (polled.status_code, polled.headers["HX-Redirect"]) == (204, "/rosters/2026-W48/gaps")
    assert here.states() == {"nanjing": "draft", "suzhou": "draft"}
    assert "The last draft is built" in dee.text(f"{BUILD}?lang=en")


def test_a_second_click_and_a_second_coordinator_start_nothing_twice(
    here: Town, dee: Visitor
) -> None:
    first = dee.post(BUILD, {"seconds": "5"})
    again = visitor(here.app, "cora", roles=COORDINATOR).post(BUILD, {"seconds": "5"})

    assert first.location == again.location
    assert len(here.jobs(JobKind.BUILD)) == 1


def test_the_bar_says_how_far_it_is_and_who_asked(here: Town, dee: Visitor) -> None:
    dee.post(BUILD, {"seconds": "5"})
    with here.store.writing() as db:
        take_job(db, "a worker", NOW)
    [job] = here.jobs(JobKind.BUILD)

    block = dee.text(f"{BUILD}/{job.id}?lang=en")

    assert "Building" in block
    assert 'progress id="bar" max="5' in block
    assert "Asked for by Dee" in block
    assert "Stop and keep the best" in block


def test_stopped_with_the_best_so_far(here: Town, dee: Visitor) -> None:
    dee.post(BUILD, {"seconds": "5"})
    [job] = here.jobs(JobKind.BUILD)
    with here.store.writing() as db:
        take_job(db, "a worker", NOW)

    answer = dee.post(f"{BUILD}/stop", {"job": str(job.id)})

    assert answer.location == f"{BUILD}?job={job.id}"
    assert here.jobs(JobKind.BUILD)[0].stop_asked
    assert "Stopping with the best so far" in dee.text(f"{BUILD}?lang=en")


def test_stopped_before_it_began(here: Town, dee: Visitor) -> None:
    dee.post(BUILD, {"seconds": "5"})
    [job] = here.jobs(JobKind.BUILD)

    dee.post(f"{BUILD}/stop?lang=en", {"job": str(job.id)})

    assert here.jobs(JobKind.BUILD)[0].state is JobState.WITHDRAWN
    assert "Stopped before it began" in dee.text(f"{BUILD}?lang=en")


def test_weeks_running_are_built_as_one_and_each_gets_a_draft_of_its_own(
    here: Town, dee: Visitor
) -> None:
    dee.post(BUILD, {"seconds": "5", "weeks": "2"})
    assert "2026-W48 – 2026-W49" in dee.text(f"{BUILD}?lang=en")

    here.works()

    page = re.sub("<[^>]*>", " ", dee.text(f"{BUILD}?lang=en"))
    assert "Built as one: 2026-W48" in " ".join(page.split())
    with here.store.reading() as db:
        drafts = rosters_of(db, ["2026-W48", "2026-W49", "2026-W50"])
    assert {week: len(found) for week, found in drafts.items()} == {"2026-W48": 2, "2026-W49": 2}


def test_a_week_that_somebody_builds_with_others_is_not_built_beside(
    here: Town, dee: Visitor
) -> None:
    dee.post(BUILD, {"seconds": "5", "weeks": "3"})
    cora = visitor(here.app, "cora", roles=COORDINATOR)

    last, after = (
        cora.post(f"/rosters/2026-W{week}/build?lang=en", {"seconds": "5", "weeks": "1"})
        for week in (50, 51)
    )

    assert (last.status_code, after.status_code) == (409, 303)
    assert "Dee is building" in last.text


@pytest.mark.parametrize("weeks", ["many", "0", "14"])
def test_a_wrong_number_of_weeks_is_said_at_the_field(dee: Visitor, weeks: str) -> None:
    answer = dee.post(BUILD, {"seconds": "5", "weeks": weeks})

    assert answer.status_code == 400
    assert 'id="weeks-wrong"' in answer.text


@pytest.mark.parametrize("seconds", ["", "soon", "0", "601"])
def test_a_wrong_limit_is_said_at_the_field_and_kept(dee: Visitor, seconds: str) -> None:
    answer = dee.post(BUILD, {"seconds": seconds})

    assert answer.status_code == 400
    assert 'id="seconds-wrong"' in answer.text


def test_a_citys_coordinator_builds_that_city_only(here: Town) -> None:
    cora = visitor(here.app, "cora", desks=("nanjing",), roles=COORDINATOR)

    page = cora.text(f"{BUILD}?lang=en")
    cora.post(BUILD, {"seconds": "5"})
    here.works()

    assert ("Nanjing desk" in page, "Suzhou desk" in page) == (True, False)
    assert here.states() == {"nanjing": "draft"}


def test_somebody_elses_build_of_the_same_desk_is_named(here: Town, dee: Visitor) -> None:
    cora = visitor(here.app, "cora", desks=("nanjing",), roles=COORDINATOR)
    dee.post(BUILD, {"seconds": "5"})

    answer = cora.post(f"{BUILD}?lang=en", {"seconds": "5"})

    assert answer.status_code == 409
    assert "Dee is building" in answer.text


def test_what_came_to_nothing_says_why(here: Town, dee: Visitor) -> None:
    with here.store.writing() as db:
        db.connection().execute(delete(PersonRow))
    dee.post(BUILD, {"seconds": "5"})

    here.works()

    assert "nobody may sit at it yet" in dee.text(f"{BUILD}?lang=en")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_week_is_for_those_who_may_see_rosters(here: Town, path: str) -> None:
    assert visitor(here.app, "eve").get(path).status_code == 403
    assert visitor(here.app, "ada").get(path).status_code == 403
    assert visitor(here.app, "sam").get(path).status_code == 200
    assert passer_by(here.app).get(path).status_code == 303
    assert visitor(here.app, "dee").get(path.replace("W48", "W99")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("build", "build/stop", "gaps/look", "gaps/repair"),
        *("publish", "rehearse", "rehearse/stop"),
    ],
)
@pytest.mark.parametrize("login", ["eve", "sam", "ada", "otto"])
def test_only_coordinators_change_anything(here: Town, path: str, login: str) -> None:
    answer = visitor(here.app, login).post(f"/rosters/2026-W48/{path}", {"seconds": "5"})

    assert answer.status_code == 403
    assert here.jobs(JobKind.BUILD) == ()


def test_somebody_elses_job_is_not_there(here: Town, dee: Visitor) -> None:
    dee.post(BUILD, {"seconds": "5"})
    [job] = here.jobs(JobKind.BUILD)
    other = visitor(here.app, "lea", desks=("elsewhere",), roles=COORDINATOR)

    assert other.get(f"{BUILD}/{job.id}").status_code == 404
    assert other.post(f"{BUILD}/stop", {"job": str(job.id)}).status_code == 404
    assert dee.get(f"{BUILD}/99").status_code == 404
