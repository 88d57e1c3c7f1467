"""A supervisor hears by telephone which shifts lack people, and fills one by a few keys."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from flask import Flask

from hotline.config.settings import Cover, ShiftTemplate
from hotline.console.rooms import init_console
from hotline.phones.pins import keep_pin_of
from hotline.ports import CallSid
from hotline.practice import Answer
from hotline.store import Store
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.hotline.console.visitors import visitor
from tests.scenarios.duties import EVENING, Duties
from tests.scenarios.rows import column, named
from tests.scenarios.stage import NANJING, NIGHT, STAFF, site

PIN = "824193"
MAIN, SUPER = "签到请按1", "听空班请按1"
HEARS = Answer(SUPER, "1")
FIRST = Answer("安排人请按1", "1")
LEAVES = (Answer(SUPER, "0", time=2), Answer(MAIN, "0", time=2))


def supervised(
    store: Store,
    *people: str,
    cover: Iterable[Cover] = (make.cover(floor=2),),
    shifts: Iterable[ShiftTemplate] = (make.template(),),
) -> Duties:
    """Two are wanted tonight from 22:00; it is 20:00, and Dee is the supervisor."""
    desk = make.desk("day", shifts=shifts, wants=cover)
    hotline = Duties(store, site((NANJING,), (desk,)))
    hotline.people["Dee"] = make.hire(
        store, "Dee", role="supervisor", desks="elsewhere", availability=""
    )
    with store.writing() as db:
        keep_pin_of(db, "dee", PIN)
    return hotline.knows(*people)


def dees(hotline: Duties, *answers: Answer) -> CallSid:
    to_menu = [Answer("请输入口令", f"{PIN}#"), Answer(MAIN, "7")]
    sid = hotline.caller_rings(STAFF, number="client:dee", answers=[*to_menu, *answers])
    hotline.passes(180)
    return sid


def test_a_gap_is_filled_and_routing_follows(store: Store) -> None:
    hotline = supervised(store, "Ada", "Bo").on_duty("Ada")
    sid = dees(
        hotline,
        HEARS,
        FIRST,
        Answer("Bo请按1", "1"),
        Answer("由Bo来day今天晚上十点的班", "1"),
        Answer("返回请按0", "0", time=3),
        *LEAVES,
    )

    heard = hotline.heard(sid)
    assert "day今天晚上十点的班缺1人" in heard
    assert "已安排Bo，并已通知本人" in heard
    assert "今后二十四小时没有低于下限的空班" in heard
    assert "Ada请按" not in heard
    assert hotline.rung_at(NIGHT.start) == ["Ada", "Bo"]
    (order,) = named(store, "override")
    assert (order["comes_id"], order["replaces_id"]) == (hotline.people["Bo"].id, None)
    assert order["why"] == "filled by telephone"
    assert hotline.told() == [("Bo", "stands-in")]


def test_the_fairest_is_offered_first_and_who_cannot_is_not_offered(store: Store) -> None:
    hotline = supervised(store, "Ada", "Bo", "Cem").on_duty("Ada")
    make.hire(store, "Eve", availability="")
    with store.writing() as db:
        db.connection().exec_driver_sql("update person set standing = 'trainee' where name = 'Cem'")
    sid = dees(hotline, HEARS, FIRST)
    heard = hotline.heard(sid)
    assert "Bo请按1" in heard
    assert "Eve" not in heard
    assert "Cem" not in heard


def test_a_shift_that_runs_is_filled_from_now_on(store: Store) -> None:
    hotline = supervised(store, "Ada", "Bo").on_duty("Ada")
    hotline.passes(3 * 3600)
    before = hotline.clock()
    dees(hotline, HEARS, FIRST, Answer("Bo请按1", "1"), Answer("由Bo来", "1"))
    (order,) = named(store, "override")
    assert before < order["starts"] < order["ends"] == NIGHT.end
    assert hotline.rung_at(hotline.clock()) == ["Ada", "Bo"]


def test_a_missing_certificate_is_filled_by_somebody_who_holds_it(store: Store) -> None:
    cover = (make.cover(floor=1), make.cover(floor=1, certificate="crisis"))
    hotline = supervised(store, "Ada", "Bo", cover=cover).on_duty("Ada")
    make.hire(store, "Cem", certificates={"crisis": make.LONG_AFTER})
    make.hire(store, "Eve", certificates={"crisis": EVENING})
    sid = dees(hotline, HEARS, FIRST)
    assert "Cem请按1" in hotline.heard(sid)
    assert "Bo请按" not in hotline.heard(sid)
    assert "Eve请按" not in hotline.heard(sid)


def test_standby_is_told_and_not_filled_by_telephone(store: Store) -> None:
    wanted = make.cover(floor=1)
    waiting = Cover(wanted.days, wanted.start, wanted.end, 1, 1, standby=True)
    shifts = (make.template(), make.template("wait", ShiftKind.STANDBY))
    hotline = supervised(store, "Ada", "Bo", cover=(wanted, waiting), shifts=shifts)
    hotline.on_duty("Ada")
    sid = dees(hotline, HEARS)
    assert "day今天晚上十点的备班缺1人" in hotline.heard(sid)
    assert "安排人请按" not in hotline.heard(sid)


def test_without_a_gap_the_way_back_is_the_only_key(store: Store) -> None:
    hotline = supervised(store, "Ada", "Bo").on_duty("Ada", "Bo")
    sid = dees(hotline, HEARS, Answer("返回请按0", "0"), *LEAVES)
    assert "今后二十四小时没有低于下限的空班" in hotline.heard(sid)
    assert hotline.heard(sid).count(SUPER) >= 2


def test_when_nobody_can_come_that_is_said(store: Store) -> None:
    hotline = supervised(store, "Ada").on_duty("Ada")
    sid = dees(hotline, HEARS, FIRST)
    assert "按规则没有人能来这个班" in hotline.heard(sid)


@pytest.mark.parametrize(
    "answers",
    [
        (HEARS, Answer("安排人请按1", "9")),
        (HEARS, Answer("安排人请按1", "0")),
        (HEARS, FIRST, Answer("Bo请按1", "9")),
        (HEARS, FIRST, Answer("Bo请按1", "0")),
        (HEARS, FIRST, Answer("Bo请按1", "1"), Answer("由Bo来", "2")),
        (HEARS, FIRST, Answer("Bo请按1", "1"), Answer("由Bo来", "7")),
        (HEARS, FIRST, Answer("Bo请按1", "1")),
    ],
)
def test_other_keys_change_nothing(store: Store, answers: tuple[Answer, ...]) -> None:
    hotline = supervised(store, "Ada", "Bo").on_duty("Ada")
    dees(hotline, *answers)
    assert column(store, "override", "id") == []


def test_what_is_no_longer_so_is_said_and_changes_nothing(store: Store) -> None:
    hotline = supervised(store, "Ada", "Bo").on_duty("Ada")
    answers = (HEARS, FIRST, Answer("Bo请按1", "1", timedelta(seconds=5)))
    hotline.caller_rings(
        STAFF,
        number="client:dee",
        answers=[Answer("请输入口令", f"{PIN}#"), Answer(MAIN, "7"), *answers],
    )
    hotline.passes(40)
    hotline.on_duty("Bo")
    hotline.passes(120)
    assert column(store, "override", "id") == []


def test_who_is_put_on_duty_at_the_board_takes_the_next_call(store: Store) -> None:
    hotline = supervised(store, "Bo", cover=(make.cover(floor=1),)).on_duty("Ada")
    hotline.passes(4 * 3600)
    hotline.away("Ada", Span(hotline.clock(), NIGHT.end))
    pages = Flask("pages")
    pages.extensions["hotline"] = hotline.parts
    init_console(pages)
    first = hotline.caller_rings()
    hotline.passes(5)

    sam = visitor(pages, "sam")
    sam.post("/board/gaps/day", {"person": "bo", "until": "end"})

    second = hotline.caller_rings(after=2)
    hotline.until_quiet()
    assert hotline.talked_to(second) == ["Bo"]
    assert first != second
    hotline.is_sound()
