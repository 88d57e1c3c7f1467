"""Who the duty lead is, and that they are rung after everybody else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hotline.config.settings import Settings
from hotline.config.tables.ringing import Lead, Ringing
from hotline.duty import LegId, OnDuty, Presence, Rota, Volunteer, Why, leads, on_duty
from tests import make
from tests.make import LONG_AFTER

NOW = make.utc("2026-11-24 15:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
HOLDS = {"lead": LONG_AFTER}
LEA, LOU = (make.volunteer(name, certificates=HOLDS) for name in ("Lea", "Lou"))
ADA, BO, DEE = (make.volunteer(name) for name in ("Ada", "Bo", "Dee"))
LINE = make.line(desks=("day", "region"))


def site(lead: Lead | None = None) -> Settings:
    wanted = Ringing(lead=lead or Lead(certificate="lead", people=("dee",)))
    plain = make.settings(desks=(make.desk("day"), make.desk("region")), lines=(LINE,))
    return replace(plain, ringing=wanted)


def at_desks(day: Iterable[Volunteer] = (), region: Iterable[Volunteer] = ()) -> Rota:
    posts = [(who, "day", NIGHT) for who in day] + [(who, "region", NIGHT) for who in region]
    return replace(make.rota(*posts), leads=(DEE,))


def answer(rota: Rota, settings: Settings | None = None) -> OnDuty:
    return on_duty(rota, LINE, settings or site(), NOW)


def rung(rota: Rota, settings: Settings | None = None) -> list[str]:
    return [seat.volunteer.name for seat in answer(rota, settings).rung]


def asked(rota: Rota) -> list[str]:
    return [seat.volunteer.name for seat in leads(rota, LINE, site(), NOW).seats]


def talking(person: Volunteer) -> Volunteer:
    return replace(person, presence=Presence(LegId(1), NOW + timedelta(hours=1), talking=True))


def standby(rota: Rota, person: Volunteer) -> Rota:
    on_call = (replace(d, standby=d.person == person.id) for d in rota.duties)
    return replace(rota, duties=tuple(on_call))


def test_the_lead_is_rung_after_the_overflow_desk() -> None:
    rota = at_desks(day=(LEA, ADA), region=(BO,))

    assert rung(rota) == ["Ada", "Bo", "Lea"]
    assert [seat.lead for seat in answer(rota).rung] == [False, False, True]
    assert asked(rota) == ["Lea"]


def test_a_lead_who_sits_alone_at_their_desk_answers_in_turn() -> None:
    assert rung(at_desks(day=(LEA,), region=(BO,))) == ["Lea", "Bo"]


def test_a_colleague_who_talks_is_a_colleague_all_the_same() -> None:
    assert rung(at_desks(day=(LEA, talking(ADA)), region=(BO,))) == ["Bo", "Lea"]


def test_only_the_first_of_several_is_kept_free() -> None:
    assert rung(at_desks(day=(LEA, LOU))) == ["Lou", "Lea"]
    assert rung(at_desks(day=(talking(LEA), LOU))) == ["Lou"]


def test_a_lead_on_standby_comes_after_those_on_duty_and_is_rung_last() -> None:
    rota = standby(at_desks(day=(LEA, ADA), region=(BO,)), LEA)

    assert rung(rota) == ["Ada", "Bo", "Lea"]
    assert asked(standby(at_desks(day=(LEA,), region=(LOU,)), LEA)) == ["Lou", "Lea"]


def test_without_a_holder_at_the_desks_the_sites_lead_people_are_rung_last() -> None:
    assert rung(at_desks(day=(ADA,))) == ["Ada", "Dee"]
    assert asked(at_desks(day=(ADA,))) == ["Dee"]


def test_the_sites_lead_people_open_no_line_that_is_closed() -> None:
    assert rung(at_desks()) == []
    assert not answer(at_desks()).staffed
    assert asked(at_desks()) == ["Dee"]


def test_a_lead_whom_the_site_names_and_who_is_rostered_appears_once() -> None:
    assert rung(at_desks(day=(ADA, DEE))) == ["Ada", "Dee"]


def test_a_lead_who_talks_is_known_but_not_rung() -> None:
    rota = replace(at_desks(day=(ADA,)), leads=(talking(DEE),))

    assert rung(rota) == ["Ada"]
    assert [(kept.volunteer.name, kept.why) for kept in answer(rota).kept_out] == [
        ("Dee", Why.TALKING)
    ]
    found = leads(rota, LINE, site(), NOW)
    assert (found.free, len(found.seats)) == ((), 1)


def test_a_holder_whose_certificate_ended_or_who_did_not_come_is_no_lead() -> None:
    ended = replace(LEA, certificates={"lead": NOW})
    trainee = replace(LOU, trainee=True)

    assert asked(at_desks(day=(ended, trainee, ADA))) == ["Dee"]


def test_somebody_at_two_desks_of_the_chain_is_one_lead() -> None:
    assert asked(at_desks(day=(LEA,), region=(LEA,))) == ["Lea"]


def test_a_site_that_names_nobody_has_no_lead() -> None:
    rota = replace(at_desks(day=(LEA, ADA)), leads=())
    nobody = replace(site(), ringing=None)
    unheld = site(Lead(certificate="lead"))

    assert rung(rota, nobody) == ["Ada", "Lea"]
    assert leads(rota, LINE, nobody, NOW).seats == ()
    assert rung(replace(at_desks(day=(ADA,)), leads=()), unheld) == ["Ada"]
