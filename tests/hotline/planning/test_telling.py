"""Whoever has another week than before is told of all of it, and nobody else is."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select

from hotline.accounts.keeping import unmade
from hotline.config.settings import Language, Sms
from hotline.notices.sending import Courier, send_notices
from hotline.planning.telling import ToldPerson, publish_and_tell, would_be_told
from hotline.ports import Telling
from hotline.privacy import Privacy
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.publishing import PublishError, PublishOrder
from hotline.rosters.question.pins import PinChanges
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.access.accounts import new_account
from hotline.store.tables import NoticeRow, PersonRow
from scheduling.problem import Pin
from tests import make
from tests.scenarios.stage import SECRETS

WEEK = Week(2026, 48)
DAY = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
SITE = make.settings(desks=[DAY])
MONDAY, TUESDAY = "day/2026-11-23/night", "day/2026-11-24/night"


def now() -> datetime:
    return make.utc("2026-11-20 08:00")


def build(store: Store, pins: list[Pin], unpins: list[Pin] | None = None) -> None:
    changes = PinChanges(tuple(pins), tuple(unpins or ()))
    build_draft(store, SITE, BuildOrder(WEEK, (DAY.name,), changes), now)


def preview(store: Store) -> tuple[ToldPerson, ...]:
    with store.reading() as db:
        return would_be_told(db, SITE, WEEK, [DAY.name])


def publish(store: Store) -> tuple[ToldPerson, ...]:
    with store.writing() as db:
        order = PublishOrder(WEEK, (DAY.name,), "few of us")
        return publish_and_tell(db, SITE, order, now())[1]


@dataclass
class Phones:
    """Telephones, and what was texted to each."""

    texts: dict[str, Telling] = field(default_factory=dict)

    def by_text(self, to: str, telling: Telling) -> None:
        """A text."""
        self.texts[to] = telling

    def by_url(self, url: str, telling: Telling) -> None:
        """Nobody has chat or mail here."""
        raise AssertionError(url)


def texted(store: Store) -> dict[str, Telling]:
    carrier = replace(SITE.carrier, sms=Sms.ONE_WAY)
    phones, privacy = Phones(), Privacy(SECRETS)
    while send_notices(Courier(store, replace(SITE, carrier=carrier), privacy, now, phones)):
        pass
    return phones.texts


def notices(store: Store) -> list[tuple[str, dict[str, Any]]]:
    with store.reading() as db:
        rows = db.exec(select(NoticeRow)).all()
    return [(row.kind, json.loads(row.words)) for row in rows]


def test_who_is_told_is_shown_before_and_told_with_the_publishing(store: Store) -> None:
    # given: Ada has one night, and Bo none
    make.hire(store, "Ada", shifts_a_week=1)
    make.hire(store, "Bo", shifts_a_week=0)
    build(store, [Pin("ada", MONDAY)])
    [ada] = preview(store)
    assert (ada.name, [p.shift for p in ada.gained], ada.lost) == ("Ada", [MONDAY], ())
    # when
    assert publish(store) == (ada,)
    # then
    [(kind, words)] = notices(store)
    assert kind == "roster"
    assert words["week"] == "2026-W48"
    assert words["duties"] == {"duties": [["2026-11-23T14:00:00+00:00", "day"]]}


def test_one_publishing_is_told_to_each_in_their_own_language(store: Store) -> None:
    # given: Ada reads English, Bo Chinese, and Cem has chosen nothing on a Chinese site
    chosen = {"Ada": Language.EN, "Bo": Language.ZH, "Cem": None}
    for number, (name, language) in enumerate(chosen.items()):
        hired = make.hire(store, name, shifts_a_week=1, address=f"tel:+861380000000{number}")
        account = replace(unmade(name.lower(), name), person=hired.id, language=language)
        with store.writing() as db:
            new_account(db, account, now())
    wednesday = "day/2026-11-25/night"
    build(store, [Pin("ada", MONDAY), Pin("bo", TUESDAY), Pin("cem", wednesday)])
    # when
    publish(store)
    # then
    ada, bo, cem = (each.words for _, each in sorted(texted(store).items()))
    assert ada == (
        "The roster of week 2026-W48 is published. You are on duty: on November 23 at 22:00 (day)."
    )
    assert bo == "2026-W48周的排班已发布。您的班次：11月24日晚上十点在day。"
    assert cem == "2026-W48周的排班已发布。您的班次：11月25日晚上十点在day。"


def test_only_who_has_another_week_is_told_of_a_second_publishing(store: Store) -> None:
    # given
    make.hire(store, "Ada", shifts_a_week=1)
    make.hire(store, "Bo", shifts_a_week=1)
    monday, tuesday = Pin("ada", MONDAY), Pin("bo", TUESDAY)
    build(store, [monday, tuesday])
    publish(store)
    # when: Bo is moved to Monday, and Ada has nothing left
    build(store, [Pin("bo", MONDAY)], [monday, tuesday])
    before = {each.person: each for each in preview(store)}
    publish(store)
    # then
    assert [p.shift for p in before["bo"].lost] == [TUESDAY]
    kinds = [kind for kind, _ in notices(store)[2:]]
    assert len(kinds) == len(before)


def test_who_has_nothing_any_more_is_told_so(store: Store) -> None:
    # given: Ada gives nothing after her night was published
    make.hire(store, "Ada", shifts_a_week=1)
    make.hire(store, "Bo", shifts_a_week=1)
    build(store, [Pin("ada", MONDAY), Pin("bo", TUESDAY)])
    publish(store)
    with store.writing() as db:
        db.exec(select(PersonRow).where(PersonRow.code == "ada")).one().shifts_a_week = 0
    # when
    build(store, [], [Pin("ada", MONDAY), Pin("bo", TUESDAY)])
    publish(store)
    # then
    assert ("roster-off", {"week": "2026-W48"}) in notices(store)


def test_nothing_is_told_where_there_is_nothing_to_publish(store: Store) -> None:
    make.hire(store, "Ada")
    assert preview(store) == ()

    with pytest.raises(PublishError):
        publish(store)

    assert notices(store) == []
