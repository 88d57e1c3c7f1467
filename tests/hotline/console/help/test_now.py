"""Does whoever seeks help see at once which number answers, and is nothing kept of them?"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from hotline.config.settings import DeskName, LineName
from hotline.config.tables.lines import Partner
from hotline.duty import PersonId
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.calling.lines import change_line
from scheduling.problem import Span
from tests import make
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import HOST, Visitor, passer_by, visitor
from tests.scenarios.rows import every_row
from tests.statements import statements

NANJING = LineName("96111-nanjing")
HOUR = Span(scene.BUSY, scene.BUSY + timedelta(hours=1))


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def headed(page: str, heading: str) -> str:
    """What stands below a heading, up to the next."""
    assert heading in page
    return page.partition(heading)[2].partition("<h2")[0]


def paused(store: Store, line: LineName, *desks: str) -> None:
    with store.writing() as db:
        change_line(db, line, tuple(map(DeskName, desks)), HOUR, PersonId(1))


def test_what_answers_now_stands_there_with_until_when_and_a_number_to_tap(pupil: Visitor) -> None:
    page = pupil.text("/help?lang=en")

    campus = headed(page, "Campus 24-hour line")
    assert "Answers now, until Wed, Nov 25 08:00" in campus
    assert 'href="tel:+862500058000"' in campus
    assert "025-0005 8000" in campus
    assert "Everybody there talks to somebody" in headed(page, "96111 Teacher Tao")
    assert "sip:" not in page


def test_emergency_numbers_come_before_everything_else(pupil: Visitor) -> None:
    for path in ("/help", "/help/12355/callback", "/help/12355/callback/20261125T1510Z"):
        page = pupil.text(path)
        assert 'href="tel:110"' in page
        assert 'href="tel:120"' in page
    page = pupil.text("/help")
    assert page.index("tel:110") < page.index("tel:96111")


def test_a_line_where_nobody_is_says_when_somebody_will_be(pupil: Visitor, store: Store) -> None:
    paused(store, NANJING)

    shut = headed(pupil.text("/help?lang=en"), "Not now")

    assert "96111 Teacher Tao" in shut
    assert "Nobody answers now; again at Wed, Nov 25 00:10" in words(shut)
    assert "/help/96111-nanjing/callback" in shut
    assert "96111" in headed(pupil.text("/help?lang=en"), "Number, for later")


def test_with_nobody_anywhere_the_page_says_so_and_offers_a_callback(app: Flask) -> None:
    found: Parts = app.extensions["hotline"]
    for line in found.settings.lines:
        paused(found.store, line.name)

    page = words(passer_by(app).text("/help?lang=en"))

    assert "None of these lines answers now. You can be rung back" in page


def test_by_place_and_by_who_one_is(pupil: Visitor) -> None:
    page = pupil.text("/help?lang=en&place=nanjing&who=pupil")

    first, rest = page.split("For others, or elsewhere")
    assert "96111 Teacher Tao" in first
    assert "Campus 24-hour line" not in first
    for other in ("Campus 24-hour line", "Parents&#39; line", "96111 Support line"):
        assert other in rest
    assert re.search(r'who=pupil[^>]*aria-current="true"', page)


def test_where_none_for_me_answers_others_are_told_of(pupil: Visitor, store: Store) -> None:
    for line in scene.LINES:
        if line.name != "campus":
            paused(store, line.name)

    page = words(pupil.text("/help?lang=en&who=parent"))

    assert "None of these lines answers now. Others do: see below." in page
    assert page.index("open to you") < page.index("Campus 24-hour line")


def test_what_names_nothing_is_passed_over(pupil: Visitor) -> None:
    page = pupil.text("/help?lang=en&place=../x&who=<script>&line=none")
    assert "The line of your card" not in page
    assert "open to you" not in page
    assert "<script>" not in page


def test_the_line_of_a_card_comes_first(pupil: Visitor) -> None:
    page = pupil.text("/help?lang=en&line=12355")

    assert "12355 Youth line" in headed(page, "The line of your card")
    assert page.count("<h3>12355 Youth line") == 1


def test_services_of_others_are_told_in_their_hours(app: Flask) -> None:
    found: Parts = app.extensions["hotline"]
    women = Partner("women", make.title("12338 women's line"), "tel:+862500012338")
    by_sip = replace(women, name="other", address="sip:x@example.org")
    settings = replace(found.settings, partners=(women, by_sip))
    app.extensions["hotline"] = replace(found, settings=settings)

    others = headed(passer_by(app).text("/help?lang=en"), "Services of others")

    assert "025-0001 2338" in others
    assert others.count("<li>") == 1


def test_it_is_all_there_in_chinese(pupil: Visitor) -> None:
    page = pupil.text("/help?lang=zh")

    assert '<html lang="zh-CN">' in page
    for said in ("现在有人接听", "离开本页", "中小学生", "预约回电", "请马上拨打"):
        assert said in page


def test_a_way_out_is_always_in_sight(pupil: Visitor) -> None:
    for path in ("/help", "/help/12355/callback", "/help/12355/card"):
        page = pupil.text(path)
        assert re.search(r'<a class="leave" href="https://[^"]+" rel="noreferrer', page)


def test_nothing_of_a_visit_is_kept(pupil: Visitor, store: Store) -> None:
    before = every_row(store)

    for path in ("/help?place=nanjing&who=pupil", "/help/12355/callback", "/help/12355/card"):
        answer = pupil.get(path, {"User-Agent": "phone", "Referer": "http://school.example"})
        assert "Set-Cookie" not in answer.headers
    pupil.get("/api/help/v1/lines")

    assert every_row(store) == before


def test_only_a_language_that_was_chosen_is_remembered(pupil: Visitor) -> None:
    cookie = pupil.get("/help?lang=en").headers["Set-Cookie"]
    assert cookie.startswith("hotline_lang=en;")


def test_somebody_signed_in_sees_the_same_and_no_menu(app: Flask) -> None:
    eve = visitor(app, "eve")
    assert "Sign out" not in eve.text("/help?lang=en")


def test_a_page_asks_the_database_once_while_nothing_changes(
    pupil: Visitor, store: Store, watch: Watch
) -> None:
    pupil.text("/help")
    watch.at += timedelta(seconds=5)
    with statements(store) as said:
        pupil.text("/help?place=nanjing")
    assert len(said) == 1


def test_a_pause_is_seen_at_once_and_a_talk_within_seconds(
    pupil: Visitor, store: Store, watch: Watch
) -> None:
    assert "Not now" not in pupil.text("/help?lang=en")
    paused(store, NANJING)
    assert "Not now" in pupil.text("/help?lang=en")

    with statements(store) as said:
        watch.at += timedelta(seconds=16)
        pupil.text("/help")
    assert 1 < len(said) < 15


def test_a_page_is_light(pupil: Visitor) -> None:
    page = pupil.text("/help")
    loaded = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    assert not re.search(r'(?:src|href)="/vendor', page)
    weight = len(page.encode()) + sum(len(pupil.get(each).data) for each in loaded)
    assert weight < 50_000
    assert " style=" not in page


@pytest.mark.parametrize("path", ["/help/none/card", "/help/none/poster", "/help/none/callback"])
def test_a_line_that_does_not_exist_is_not_found(pupil: Visitor, path: str) -> None:
    assert pupil.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["card", "poster"])
def test_paper_says_number_and_hours_in_both_languages(pupil: Visitor, kind: str) -> None:
    page = pupil.text(f"/help/12355/{kind}?lang=en")

    for said in ("青少年热线", "Youth line", "每天 09:00–21:00", "22:00–08:00 the next day"):
        assert said in page
    assert "025-0001 2355" in page
    assert "http://127.0.0.1:8000/help?line=12355" in page
    assert "<svg viewBox=" in page


def test_paper_leads_to_the_public_address(app: Flask) -> None:
    found: Parts = app.extensions["hotline"]
    secrets = replace(found.secrets, public_url="https://help.example.org/hotline")
    app.extensions["hotline"] = replace(found, secrets=secrets)

    page = passer_by(app).text("/help/12355/card")

    assert "https://help.example.org/hotline/help?line=12355" in page
    assert HOST["Host"] not in page
