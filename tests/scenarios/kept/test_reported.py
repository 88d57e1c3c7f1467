"""A played evening, and what the report makes of it: the same as counting by hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from hotline.config.settings import Settings
from hotline.config.tables.talking import Form, Talking
from hotline.practice import Answer, Behaviour
from hotline.reports.figures import Counts
from hotline.reports.making import count_day
from hotline.reports.periods import month_written
from hotline.reports.report import Report, report_of
from hotline.store import Store
from hotline.store.counting.day_counts import line_totals
from tests import make
from tests.scenarios.rows import every_row, named
from tests.scenarios.stage import NANJING, SITE, Hotline

EVENING = make.local("2026-11-24 20:00")
DUTY = make.span("2026-11-24 11:00", "2026-11-24 15:00")  # 19:00 to 23:00 there
DAY = date(2026, 11, 24)
CALLBACK = Answer("预约回电请按1", "1")
AGREES = Answer("同意请按1", "1")
HIGH = Behaviour(answers=(Answer("请记录风险", "3"),), drops_after=timedelta(minutes=3))
LOW = replace(HIGH, answers=(Answer("请记录风险", "1"),))


def played(store: Store) -> Hotline:
    """Some talk at once and some later, one rings twice, one hangs up, one at once, two exit."""
    settings = replace(SITE, talking=Talking(form=Form()))
    hotline = Hotline(store, settings, EVENING).on_duty("Ada", span=DUTY, phone=HIGH)
    hotline.on_duty("Bo", span=DUTY, phone=LOW)
    hotline.caller_rings(number="+8613900000001", talk=100)
    hotline.caller_rings(after=40, number="+8613900000002", talk=400)
    hotline.caller_rings(after=50, number="+8613900000003", patience=70)
    hotline.caller_rings(after=60, number="+8613900000003", patience=2)
    hotline.caller_rings(after=900, number="+8613900000001", talk=200)
    hotline.caller_rings(after=1000, number=None, talk=50)
    hotline.caller_rings(after=4 * 3600 - 600, number="+8613900000004", answers=[CALLBACK, AGREES])
    hotline.until_quiet()
    return hotline


def by_hand(store: Store) -> Counts:
    """The same figures from the rows, one call after the other."""
    calls = [call for call in named(store, "call") if call["callback_id"] is None]
    events = named(store, "call_event")
    forms = {form["call_id"]: form for form in named(store, "call_form") if form["risk"]}
    found: Counter[str] = Counter()
    seen: set[str] = set()
    for call in sorted(calls, key=lambda call: call["arrived"]):
        found["calls"] += 1
        accepted = [
            e["at"] for e in events if e["call_id"] == call["id"] and e["kind"] == "accepted"
        ]
        until = min(accepted, default=call["ended"])
        wait = (until - call["arrived"]).total_seconds()
        _add(found, call, wait)
        if call["outcome"] == "answered":
            found["talk_seconds"] += (call["ended"] - until).total_seconds()
            form = forms.get(call["id"])
            found["rated"] += form is not None
            found["high_risk"] += form is not None and form["risk"] == "high"
        if call["caller_hash"]:
            found["known"] += 1
            found["repeats"] += call["caller_hash"] in seen
            seen.add(call["caller_hash"])
    whole = {name: round(value) for name, value in found.items()}
    return Counts(**whole)


def _add(found: Counter[str], call: Mapping[str, Any], wait: float) -> None:
    outcome = call["outcome"]
    if outcome == "answered":
        found["answered"] += 1
        found["prompt"] += wait <= 15
        found["wait_seconds"] += wait  # type: ignore[assignment]
    if outcome == "left":
        found["short" if wait < 5 else "left"] += 1
    if outcome in ("answered", "left"):
        found["longest_wait"] = max(found["longest_wait"], round(wait))
    names = {"callback": "callbacks", "message": "messages", "exited": "exited"}
    if outcome in names:
        found[names[outcome]] += 1


def kept(store: Store, day: date = DAY) -> Counts:
    with store.reading() as db:
        return line_totals(db, [NANJING.name], day, day)[NANJING.name]


def test_the_counts_of_a_played_evening_are_those_of_counting_by_hand(store: Store) -> None:
    hotline = played(store)

    count_day(store, hotline.settings, DAY, hotline.clock())

    found = kept(store)
    assert replace(found, due=0, kept=0) == by_hand(store)
    assert (found.calls, found.answered, found.short, found.left) == (7, 4, 1, 1)
    assert (found.callbacks, found.repeats, found.known) == (1, 2, 6)
    assert found.rated == 4
    assert 0 < found.high_risk < 4


def test_counting_again_changes_nothing(store: Store) -> None:
    hotline = played(store)
    now = hotline.clock()
    count_day(store, hotline.settings, DAY, now)
    once = every_row(store)

    count_day(store, hotline.settings, DAY, now)

    assert every_row(store) == once


def test_a_promise_is_counted_on_the_day_on_which_it_is_due(store: Store) -> None:
    hotline = played(store)
    (promise,) = named(store, "callback")
    due = promise["due"].astimezone(SITE.site.zone).date()
    assert due == DAY + timedelta(days=1)

    after = promise["due"] + timedelta(days=1)
    count_day(store, hotline.settings, due, after)

    assert (kept(store, due).due, kept(store, due).kept) == (1, 0)


def test_a_day_that_has_not_begun_is_not_counted(store: Store) -> None:
    count_day(store, SITE, DAY, EVENING - timedelta(days=1))
    with store.reading() as db:
        assert line_totals(db, [NANJING.name], DAY, DAY) == {}


def report(store: Store, settings: Settings, now: datetime) -> Report:
    with store.reading() as db:
        return report_of(db, settings, settings.lines, month_written("2026-11"), now)


def test_a_report_adds_up_lines_cities_and_the_whole(store: Store) -> None:
    hotline = played(store)
    now = make.utc("2026-11-25 02:00")
    count_day(store, hotline.settings, DAY, now)

    found = report(store, hotline.settings, now)

    assert found.made == now
    assert list(found.days) == [DAY]
    assert found.whole.counts == kept(store) == found.days[DAY]
    assert [part.counts for part in found.lines if part.line == NANJING.name] == [kept(store)]
    assert found.whole.desks.there_seconds == 2 * 4 * 3600
    assert found.whole.desks.occupancy == found.whole.desks.busy_seconds / (8 * 3600)
    assert sum(part.counts.calls for part in found.cities) == found.whole.counts.calls
    nights = found.whole.staff.nights
    assert nights is not None
    assert (nights.sharers, nights.least, nights.most, nights.gini) == (2, 1, 1, 0)


def test_a_report_without_any_calls_has_no_shares(store: Store) -> None:
    found = report(store, SITE, EVENING)
    assert (found.made, found.whole.counts, dict(found.days)) == (None, Counts(), {})
    assert (found.whole.staff.nights, found.whole.staff.people) == (None, 0)
    assert all(getattr(found.whole.counts, each.name) == 0 for each in fields(Counts))
