"""What callers will meet, as a picture."""

from datetime import timedelta

from hotline.accounts.roles import Role
from hotline.console.planning.charts import HIGH, TOP, drawn, y_of
from hotline.planning.found import FoundHour
from hotline.planning.jobs import LEASE, JobKind, JobState
from hotline.store.planning.roster_jobs import take_job
from scheduling.rehearsal.bands import Band
from tests import make
from tests.hotline.console.planning.town import NOW, Town
from tests.hotline.console.visitors import Visitor, visitor

WEEK = "/rosters/2026-W48"
REHEARSE = f"{WEEK}/rehearse"


def test_a_rehearsal_is_asked_for_played_and_drawn(here: Town, dee: Visitor) -> None:
    # given
    assert dee.post(REHEARSE).status_code == 404
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    # when
    assert dee.post(REHEARSE).location == REHEARSE
    assert "Waiting for a worker" in dee.text(f"{REHEARSE}?lang=en")
    [job] = here.jobs(JobKind.REHEARSE)
    assert dee.get(f"{REHEARSE}/{job.id}").status_code == 200
    here.works()
    # then
    assert dee.get(f"{REHEARSE}/{job.id}").headers["HX-Redirect"] == REHEARSE
    page = dee.text(f"{REHEARSE}?lang=en")
    assert page.count("<svg") == 7
    assert "Nanjing line" in page
    assert "unanswered calls fewer" in page
    assert "Suzhou line: answered in time" in dee.text(f"{REHEARSE}?lang=en&line=suzhou")


def test_a_rehearsal_is_stopped_with_what_was_played(here: Town, dee: Visitor) -> None:
    # given
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    dee.post(REHEARSE)
    [job] = here.jobs(JobKind.REHEARSE)
    assert "Stop, and show what was played" in dee.text(f"{REHEARSE}/{job.id}?lang=en")
    # when: it has just begun, and Dee has seen enough
    with here.store.writing() as db:
        take_job(db, "a worker", NOW - 2 * LEASE)  # which died: another one does it
    assert dee.post(f"{REHEARSE}/stop", {"job": str(job.id)}).location == REHEARSE
    assert "Stopping with what was played" in dee.text(f"{REHEARSE}?lang=en")
    here.works()
    # then
    [job] = here.jobs(JobKind.REHEARSE)
    assert job.state is JobState.DONE
    assert dee.text(f"{REHEARSE}?lang=en").count("<svg") == 7


def test_a_rehearsal_is_stopped_before_it_began(here: Town, dee: Visitor) -> None:
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    dee.post(REHEARSE)
    [job] = here.jobs(JobKind.REHEARSE)
    other = visitor(here.app, "lea", desks=("elsewhere",), roles=(Role.COORDINATOR,))
    assert other.post(f"{REHEARSE}/stop", {"job": str(job.id)}).status_code == 404

    dee.post(f"{REHEARSE}/stop?lang=en", {"job": str(job.id)})

    assert "Stopped before it began" in dee.text(f"{REHEARSE}?lang=en")
    assert here.works() == 0


def test_a_city_sees_its_own_lines(here: Town, dee: Visitor) -> None:
    dee.post(f"{WEEK}/build", {"seconds": "5"})
    here.works()
    dee.post(REHEARSE)
    here.works()
    cora = visitor(here.app, "cora", desks=("nanjing",), roles=(Role.COORDINATOR,))

    page = cora.text(f"{REHEARSE}?lang=en&line=suzhou")

    assert "Suzhou" not in page
    assert "Nanjing line: answered in time" in page


def test_each_day_has_its_hours_in_their_place() -> None:
    start = make.local("2026-11-23 00:00")
    good, none = FoundHour(2.0, 0.5, Band(0.75, 0.5, 1.0)), FoundHour(0.0, 0.0, None)

    picture = drawn([good, none, *[none] * 22, good], start, make.SHANGHAI, 0.9)

    monday, tuesday = picture.days
    assert (monday.calls, monday.unanswered) == (2.0, 0.5)
    assert monday.band == f"M44 {y_of(1.0)}h28V{y_of(0.5)}h-28z"
    assert len(monday.quiet) == 23
    assert monday.worst == (start.astimezone(make.SHANGHAI), 0.75)
    assert tuesday.worst == ((start + timedelta(hours=24)).astimezone(make.SHANGHAI), 0.75)
    assert y_of(0.0) == TOP + HIGH
    assert drawn([none], start, make.SHANGHAI, None).days[0].worst is None
