"""A supervisor with nothing but a telephone: who waits, and a line paused or answered elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.phones.pins import keep_pin_of
from hotline.ports import CallSid
from hotline.practice import RINGS_OUT, Answer
from hotline.store import Store
from tests import make
from tests.scenarios.asking import Asker, paths
from tests.scenarios.rows import column, named
from tests.scenarios.stage import NANJING, STAFF, Hotline, site

PIN = "824193"
DEE = "client:dee"
MAIN, SUPER = "签到请按1", "听空班请按1"
FAR = replace(make.line("far", desks=("far",), numbers=("12355",)), title=make.title("青少年热线"))
SITE = site((NANJING, FAR), (make.desk("day"), make.desk("far")))
LINE = Answer("南京心理援助热线请按1", "1")
HOUR, BACK = Answer("一小时请按1", "1"), Answer("返回请按0", "0")


@pytest.fixture
def hotline(store: Store) -> Hotline:
    """Ada answers Nanjing's line, Bo the other; Dee is the supervisor."""
    hotline = Hotline(store, SITE).on_duty("Ada").on_duty("Bo", desk="far")
    hotline.people["Dee"] = make.hire(store, "Dee", role="supervisor")
    with store.writing() as db:
        keep_pin_of(db, "dee", PIN)
        keep_pin_of(db, "ada", PIN)
    return hotline


def dees(hotline: Hotline, *answers: Answer, number: str = DEE, after: float = 0) -> CallSid:
    """Dee dials in, goes to the supervisor's menu and does so."""
    to_menu = [Answer("请输入口令", f"{PIN}#"), Answer(MAIN, "7"), Answer(MAIN, "0", time=2)]
    return hotline.caller_rings(STAFF, number=number, answers=[*to_menu, *answers], after=after)


def pauses(hotline: Hotline, *more: Answer) -> CallSid:
    sid = dees(
        hotline,
        Answer(SUPER, "3"),
        LINE,
        Answer("暂停请按1", "1"),
        HOUR,
        *(more or (Answer("已暂停接听", "0"),)),
    )
    hotline.until_quiet()
    return sid


def test_a_paused_line_gives_its_callers_the_honest_exit(hotline: Hotline, store: Store) -> None:
    sid = pauses(hotline)
    assert "南京心理援助热线已暂停接听，到明天0点" in hotline.heard(sid)

    caller = hotline.caller_rings()
    other = hotline.caller_rings("12355", after=5, talk=20)
    hotline.until_quiet()

    heard = hotline.heard(caller)
    assert "这条热线现在暂停接听" in heard
    assert "现在没有值班老师" not in heard
    assert "下一位老师明天0点" in heard
    assert hotline.talked_to(other) == ["Bo"]
    assert hotline.rung() == ["Bo"]
    (change,) = named(store, "line_change")
    assert (change["line"], change["desks"]) == ("96111-nanjing", "")
    assert change["person_id"] == hotline.people["Dee"].id
    assert change["ends"] - change["starts"] == timedelta(hours=1)
    hotline.is_sound()


def test_a_pause_ends_by_itself_and_by_a_key(hotline: Hotline, store: Store) -> None:
    pauses(hotline)
    hotline.passes(3600)
    first = hotline.caller_rings(talk=20)
    hotline.until_quiet()
    assert hotline.talked_to(first) == ["Ada"]

    sid = pauses(hotline, Answer("已暂停接听", "3"), Answer("正常接听。", "0", time=2))
    assert hotline.heard(sid).count("南京心理援助热线正常接听") >= 2
    second = hotline.caller_rings(talk=20)
    hotline.until_quiet()
    assert hotline.talked_to(second) == ["Ada"]
    assert column(store, "line_change", "lifted_by")[-1] == hotline.people["Dee"].id


def test_a_caller_who_waits_when_the_line_is_paused_is_told_at_once(hotline: Hotline) -> None:
    hotline.phone("Ada", RINGS_OUT)
    caller = hotline.caller_rings()
    pauses(hotline)
    assert "这条热线现在暂停接听" in hotline.heard(caller)
    hotline.is_sound()


def test_a_diverted_line_rings_the_other_desk_at_once(hotline: Hotline, store: Store) -> None:
    sid = dees(
        hotline,
        Answer(SUPER, "3"),
        LINE,
        Answer("暂停请按1", "2"),
        Answer("转给青少年热线的席位请按2", "2"),
        Answer("一小时请按1", "2"),
        Answer("已转给其他席位", "0"),
    )
    hotline.until_quiet()
    assert "已转给其他席位接听，到明天3点" in hotline.heard(sid)

    caller = hotline.caller_rings(talk=20)
    hotline.until_quiet()
    assert hotline.talked_to(caller) == ["Bo"]
    assert column(store, "line_change", "desks") == ["far"]
    hotline.is_sound()


def test_until_eight_in_the_morning(hotline: Hotline, store: Store) -> None:
    dees(
        hotline,
        Answer(SUPER, "3"),
        LINE,
        Answer("暂停请按1", "1"),
        Answer("一小时请按1", "3"),
        Answer("已暂停接听", "0"),
    )
    hotline.until_quiet()
    assert column(store, "line_change", "ends") == [make.local("2026-11-25 08:00")]
    hotline.clock.set(make.local("2026-11-26 03:00"))
    dees(hotline, Answer(SUPER, "3"), LINE, Answer("暂停请按1", "1"), Answer("一小时请按1", "3"))
    hotline.until_quiet()
    assert column(store, "line_change", "ends")[-1] == make.local("2026-11-26 08:00")


def test_keys_that_mean_nothing_and_ways_back_change_nothing(
    hotline: Hotline, store: Store
) -> None:
    lines = Answer(SUPER, "3")
    tries: list[tuple[Answer, ...]] = [
        (lines, Answer("青少年热线请按2", "9")),  # there is no further page
        (lines, Answer("青少年热线请按2", "0"), Answer(SUPER, "0", time=2)),
        (lines, LINE, Answer("暂停请按1", "8")),
        (lines, LINE, Answer("暂停请按1", "1"), Answer("一小时请按1", "7")),
        (lines, LINE, Answer("暂停请按1", "1"), Answer("一小时请按1", "0")),
        (lines, LINE, Answer("暂停请按1", "2"), Answer("转给青少年热线", "1")),  # to itself
        (lines, LINE, Answer("暂停请按1", "2"), Answer("转给青少年热线", "0")),
        (Answer(SUPER, "8"),),
        (Answer(SUPER, "0"),),
    ]
    for answers in tries:
        dees(hotline, *answers)
        hotline.until_quiet()
    assert column(store, "line_change", "id") == []
    hotline.is_sound()


def test_more_lines_than_keys_are_told_by_pages(store: Store) -> None:
    lines = [
        replace(make.line(f"line-{n}", numbers=(f"123{n:02}",)), title=make.title(f"第{n}号线"))
        for n in range(10, 20)
    ]
    hotline = Hotline(store, site(lines))
    make.hire(store, "Dee", role="supervisor")
    with store.writing() as db:
        keep_pin_of(db, "dee", PIN)
    sid = dees(
        hotline,
        Answer(SUPER, "3"),
        Answer("第17号线请按8", "9"),
        Answer("第19号线请按2", "9"),
        Answer("第17号线请按8", "9", time=2),
        Answer("第19号线请按2", "2", time=2),
        Answer("暂停请按1", "2"),
        Answer("转给第17号线", "9"),
        Answer("转给第18号线", "1"),
        HOUR,
    )
    hotline.until_quiet()
    assert "第19号线已转给其他席位接听" in hotline.heard(sid)


def test_who_waits_is_told_by_line_and_nothing_of_them(hotline: Hotline) -> None:
    hotline.phone("Ada", RINGS_OUT)
    hotline.caller_rings(number="+8613912345678", patience=60)
    sid = dees(hotline, Answer(SUPER, "2"), Answer(SUPER, "0", time=2), after=20)
    hotline.until_quiet()
    heard = hotline.heard(sid)
    assert "南京心理援助热线有1位在等候，最长已等" in heard
    assert "青少年热线有" not in heard
    assert "139" not in heard


def test_nobody_waits(hotline: Hotline) -> None:
    pauses(hotline)
    sid = dees(hotline, Answer(SUPER, "2"), Answer(SUPER, "0", time=2))
    hotline.until_quiet()
    heard = hotline.heard(sid)
    assert "现在没有来电在等候" in heard
    assert "已暂停接听" in heard


def test_a_volunteer_has_no_such_menu(hotline: Hotline, store: Store) -> None:
    sid = dees(hotline, number="client:ada")
    hotline.until_quiet()
    assert "值班管理" not in hotline.heard(sid)
    assert "没有这个选项" in hotline.heard(sid)

    asker = Asker(hotline.parts)
    form = {"From": "client:ada", "To": STAFF}
    (pin, *_) = paths(asker.post("/voice/incoming", form, CallSid="CA1"))
    asker.post(pin, CallSid="CA1", Digits=PIN)
    refused = asker.post(pin.replace("/pin/0", "/key/pause-0/10"), CallSid="CA1", Digits="1")
    assert "/voice/staff" not in refused.text
    assert column(store, "line_change", "id") == []
