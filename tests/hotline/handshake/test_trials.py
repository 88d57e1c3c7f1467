"""Whose telephone may be tried, and whose is needed: on the facts alone."""

from dataclasses import replace

from hotline.config.settings import LineName
from hotline.duty import Duty, LegId, Presence, Volunteer
from hotline.handshake.trials import needed, tried_in_drill
from tests import make

NOW = make.utc("2026-11-24 15:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
HELP, OTHER = make.line(desks=("day",)), make.line("other", desks=("region",))
SITE = make.settings(desks=(make.desk("day"), make.desk("region")), lines=(HELP, OTHER))
ADA, BO, CEM = make.volunteer("Ada"), make.volunteer("Bo"), make.volunteer("Cem")


def rings(person: Volunteer) -> Volunteer:
    return replace(person, presence=Presence(leg=LegId(-1), until=NIGHT.end))


def test_who_is_free_on_duty_is_tried_at_their_desk() -> None:
    rota = make.rota((ADA, "day", NIGHT), (rings(BO), "day", NIGHT), (CEM, "region", NIGHT))

    assert tried_in_drill(rota, SITE, NOW) == {ADA.id: "day", CEM.id: "region"}


def test_who_is_out_of_reach_is_tried_and_who_is_on_standby_is_not() -> None:
    missed = replace(ADA, presence=Presence(missed=9, missed_at=NOW))
    rota = make.rota((missed, "day", NIGHT))
    standby = Duty(BO.id, rota.duties[0].desk, NIGHT, standby=True)
    rota = replace(rota, volunteers=(*rota.volunteers, BO), duties=(*rota.duties, standby))

    assert set(tried_in_drill(rota, SITE, NOW)) == {ADA.id}


def test_the_duty_lead_by_name_is_not_tried() -> None:
    rota = replace(make.rota((ADA, "day", NIGHT)), leads=(BO,))

    assert set(tried_in_drill(rota, SITE, NOW)) == {ADA.id}


def test_who_could_be_rung_for_a_waiting_caller_is_needed_though_their_telephone_rings() -> None:
    rota = make.rota((rings(ADA), "day", NIGHT), (BO, "day", NIGHT), (CEM, "region", NIGHT))

    assert needed(rota, SITE, [HELP.name], NOW) == {ADA.id, BO.id}
    assert needed(rota, SITE, [OTHER.name], NOW) == {CEM.id}
    assert needed(rota, SITE, [LineName("gone")], NOW) == frozenset()


def test_who_talks_is_not_needed() -> None:
    talks = replace(ADA, presence=Presence(leg=LegId(1), until=NIGHT.end, talking=True))

    assert needed(make.rota((talks, "day", NIGHT)), SITE, [HELP.name], NOW) == frozenset()
