"""Partners are offered for whom it is legal, the least burdened first."""

from datetime import timedelta

from hotline.store import Store
from hotline.swaps.offering import Offers, Wanted, offers
from hotline.swaps.reading import weeks_around
from scheduling.problem import Span
from tests import make
from tests.hotline.swaps.cast import DAY, NOW, Desk, night

TUESDAY, THURSDAY = night(24), night(26)


def offered(desk: Desk, name: str, span: Span) -> Offers:
    around = Span(span.start - timedelta(days=7), span.end + timedelta(days=7))
    with desk.store.reading() as db:
        weeks = weeks_around(db, desk.settings, [DAY], around)
        shift = weeks.held_by(name.lower(), DAY, span.start)
        assert shift is not None
        return offers(weeks, desk.settings, Wanted(name.lower(), shift, NOW))


def names(found: Offers) -> tuple[list[str], list[tuple[str, str]]]:
    exchanges = [
        (each.terms.partner.name, each.terms.takes.shift)
        for each in found.exchanges
        if each.terms.takes
    ]
    return [each.terms.partner.name for each in found.covers], exchanges


def test_who_is_free_can_cover_and_who_has_a_shift_can_swap(store: Store) -> None:
    desk = Desk(store).knows("Ada", "Bo", "Cem")
    desk.published(("Ada", TUESDAY), ("Bo", THURSDAY))

    covers, exchanges = names(offered(desk, "Ada", TUESDAY))

    assert covers == ["Cem", "Bo"]  # who has no night yet comes first
    assert exchanges == [("Bo", "day/2026-11-26/night")]


def test_nobody_is_offered_whom_a_rule_keeps_out(store: Store) -> None:
    desk = Desk(store).knows("Ada", "Bo", "Cem", "Dee").knows("Fay", availability="")
    desk.published(("Ada", TUESDAY), ("Bo", night(25)), ("Cem", THURSDAY), ("Dee", TUESDAY))

    covers, exchanges = names(offered(desk, "Ada", TUESDAY))

    assert covers == ["Cem"]  # Bo must rest, Dee is there, and Fay can never come
    assert exchanges == [("Bo", "day/2026-11-25/night"), ("Cem", "day/2026-11-26/night")]


def test_what_begins_before_the_answer_could_come_is_not_offered(store: Store) -> None:
    desk = Desk(store).knows("Ada", "Bo").published(("Ada", THURSDAY), ("Bo", night(23)))

    with desk.store.reading() as db:
        around = Span(night(23).start, THURSDAY.end)
        weeks = weeks_around(db, desk.settings, [DAY], around)
        shift = weeks.held_by("ada", DAY, THURSDAY.start)
        assert shift is not None
        found = offers(weeks, desk.settings, Wanted("ada", shift, night(23).start))

    assert names(found)[1] == []


def test_a_trainee_and_whoever_speaks_another_language_take_nothing_over(store: Store) -> None:
    desk = Desk(store).knows("Ada").published(("Ada", TUESDAY))
    desk.people["Eve"] = make.hire(store, "Eve", languages="en")

    assert names(offered(desk, "Ada", TUESDAY)) == ([], [])
