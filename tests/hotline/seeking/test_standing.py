"""Does the page say of each line what a caller would meet who dials it now?"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hotline.config.settings import Line, LineName, Settings, Weekday
from hotline.config.tables.lines import OpenHours, Partner
from hotline.config.tables.ringing import LineCertificate
from hotline.duty import Away, LegId, LineChange, Presence, Rota
from hotline.seeking.standing import LineStands, lines_stand, partners_stand
from scheduling.problem import Span
from tests import make

AT = make.local("2026-11-24 23:00")
EVENING = Span(make.local("2026-11-24 18:00"), make.local("2026-11-24 22:00"))
NIGHT = Span(make.local("2026-11-24 22:00"), make.local("2026-11-25 08:00"))
MORNING = Span(make.local("2026-11-25 08:00"), make.local("2026-11-25 12:00"))
TOMORROW = Span(make.local("2026-11-25 18:00"), make.local("2026-11-25 22:00"))
HELP = make.line("help", desks=("day", "far"))
SITE = make.settings(desks=(make.desk("day"), make.desk("far")), lines=(HELP,))
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo", desks=("far",))


def stands(
    rota: Rota, there: Rota | None = None, site: Settings = SITE, at: datetime = AT
) -> LineStands:
    (found,) = lines_stand(rota if there is None else there, rota, site, at)
    return found


def asking(line: Line = HELP, **more: object) -> Settings:
    return replace(SITE, lines=(replace(line, **more),))  # type: ignore[arg-type]


def test_a_line_answers_until_its_last_person_of_the_whole_chain_goes() -> None:
    alone = stands(make.rota((ADA, "day", NIGHT)))
    assert (alone.answers, alone.free, alone.until) == (True, True, NIGHT.end)

    with_overflow = stands(make.rota((ADA, "day", NIGHT), (BO, "far", MORNING)))
    assert with_overflow.until == MORNING.end


def test_a_line_without_anybody_says_when_somebody_comes() -> None:
    shut = stands(make.rota((ADA, "day", TOMORROW)))
    assert (shut.answers, shut.free, shut.again) == (False, False, TOMORROW.start)
    assert stands(make.rota()).again is None


def test_who_answers_for_a_whole_day_answers_day_and_night() -> None:
    always = Span(NIGHT.start, NIGHT.end + timedelta(days=3))
    found = stands(make.rota((ADA, "day", always)))
    assert (found.answers, found.until) == (True, None)


def test_a_line_whose_people_all_talk_answers_and_is_not_free() -> None:
    talks = replace(ADA, presence=Presence(LegId(1), AT + timedelta(hours=1), talking=True))
    found = stands(make.rota((ADA, "day", NIGHT)), make.rota((talks, "day", NIGHT)))
    assert (found.answers, found.free, found.until) == (True, False, NIGHT.end)


def test_an_absence_ends_it_earlier() -> None:
    leaves = Away(ADA.id, Span(make.local("2026-11-25 02:00"), MORNING.end))
    rota = replace(make.rota((ADA, "day", NIGHT)), away=(leaves,))
    assert stands(rota).until == leaves.span.start


def test_a_certificate_that_runs_out_ends_it_too() -> None:
    midnight = make.local("2026-11-25 00:00")
    ada = replace(ADA, certificates={"crisis": midnight})
    desk = make.desk("day", certificates=("crisis",))
    site = replace(SITE, desks=(desk, SITE.desks[1]))
    assert stands(make.rota((ada, "day", NIGHT)), site=site).until == midnight


def test_a_training_asked_for_from_an_hour_on_ends_it_at_that_hour() -> None:
    asked = LineCertificate("crisis", time(2), time(6))
    site = asking(certificates=(asked,))
    assert stands(make.rota((ADA, "day", NIGHT)), site=site).until == make.local("2026-11-25 02:00")


def test_a_pause_shuts_the_line_until_it_is_over() -> None:
    pause = LineChange(1, LineName("help"), Span(AT, AT + timedelta(hours=1)))
    rota = replace(make.rota((ADA, "day", NIGHT)), changes=(pause,))
    assert (stands(rota).answers, stands(rota).again) == (False, pause.span.end)

    before = stands(rota, at=AT - timedelta(minutes=10))
    assert (before.answers, before.until) == (True, pause.span.start)


def partners(at: str, *hours: OpenHours) -> tuple[bool, datetime | None, datetime | None]:
    women = Partner("women", make.title("women"), "tel:+862512338", hours or None)
    (found,) = partners_stand(replace(SITE, partners=(women,)), make.local(at))
    return found.answers, found.until, found.again


def test_a_partner_is_open_in_its_hours() -> None:
    weekdays = OpenHours((Weekday.MON, Weekday.TUE), time(9), time(17))
    assert partners("2026-11-24 10:10", weekdays) == (True, make.local("2026-11-24 17:00"), None)
    assert partners("2026-11-24 23:00", weekdays) == (False, None, make.local("2026-11-30 09:00"))
    assert partners("2026-11-24 23:00") == (True, None, None)


def test_a_lines_own_partner_is_named_once() -> None:
    site = asking(partner="tel:+862512356", partner_title=make.title("12356"))
    site = replace(site, lines=(*site.lines, replace(site.lines[0], name=LineName("second"))))
    assert [each.partner.address for each in partners_stand(site, AT)] == ["tel:+862512356"]


def test_times_are_in_utc() -> None:
    until = stands(make.rota((ADA, "day", NIGHT))).until
    assert until is not None
    assert until.tzinfo is UTC
