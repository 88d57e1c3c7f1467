"""What the board says, to whom, in which language, and how little it says when nothing changed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from gzip import decompress
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hotline.calls.states import CallState
from hotline.config.settings import DeskName, LineName
from hotline.console.frame.assets import HTMX_DIGEST, WrongAssetError, htmx, known
from hotline.duty import PersonId
from hotline.oversight.drills import Drill, LineDrilled
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.calling.lines import change_line
from hotline.store.sending.drills import keep_drill
from scheduling.problem import Span
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch, fresh_store
from tests.hotline.console.visitors import passer_by, visitor
from tests.statements import statements

HERE = {"Host": "127.0.0.1:8000"}


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        yield store


@pytest.fixture
def watch() -> Watch:
    return Watch(scene.BUSY)


@pytest.fixture
def app(store: Store, watch: Watch) -> Flask:
    with store.writing() as db:
        scene.busy(db)
    return scene.app(store, watch)


@pytest.fixture
def pages(app: Flask) -> FlaskClient:
    return visitor(app, "sam").client


def watching(app: Flask) -> FlaskClient:
    """Sam's browser."""
    return visitor(app, "sam").client


def text(pages: FlaskClient, path: str = "/board?lang=en") -> str:
    answer = pages.get(path, headers=HERE)
    assert answer.status_code == 200
    return answer.text


def test_the_page_is_whole_in_chinese(pages: FlaskClient) -> None:
    page = text(pages, "/board?lang=zh")

    assert '<html lang="zh-CN">' in page
    for words in ("值班看板", "96111 陶老师热线", "等候来电", "紧急", "振铃中", "话后整理至 23:13"):
        assert words in page
    assert "儿少模块已过期" in page
    assert "11月24日周二" in page
    assert "示例数据" in page
    assert "waiting" not in re.sub(r"<[^>]*>", "", page)


def test_the_page_is_whole_in_english(pages: FlaskClient) -> None:
    page = text(pages)

    assert '<html lang="en">' in page
    for words in ("Duty board", "96111 Teacher Tao", "Urgent", "being rung", "wrap-up until 23:13"):
        assert words in page
    assert "Tue, Nov 24" in page
    assert "1:42" in page
    assert "1:02:05" in page


def test_alarms_are_shown_with_since_when_in_both_languages(pages: FlaskClient) -> None:
    chinese, english = text(pages, "/board?lang=zh"), text(pages)
    assert "吴倩的电话打不通" in chinese
    assert "自 22:15" in chinese
    assert "The telephone of 吴倩 cannot be reached" in english
    assert "since 22:15" in english


@pytest.mark.parametrize(
    ("desks", "said"),
    [((), "Paused until 23:40"), (("youth",), "Answered by other desks until 23:40")],
)
def test_a_supervisors_word_on_a_line_is_shown(
    pages: FlaskClient, store: Store, desks: tuple[str, ...], said: str
) -> None:
    assert "23:40" not in text(pages)
    hour = Span(scene.BUSY - timedelta(minutes=30), scene.BUSY + timedelta(minutes=30))
    with store.writing() as db:
        chain = tuple(DeskName(name) for name in desks)
        change_line(db, LineName("96111-nanjing"), chain, hour, PersonId(1))
    assert said in text(pages)


def test_a_board_without_alarms_speaks_of_none(store: Store, watch: Watch) -> None:
    assert "Seen to" not in text(watching(scene.app(store, watch)))


def test_nobody_on_duty_is_said_with_the_next_time(store: Store, app: Flask, watch: Watch) -> None:
    watch.at = scene.EMPTY

    page = text(watching(app))

    assert page.count("Nobody is on duty") == 1
    assert page.count("Next person: Thu, Nov 26 08:00") == 1
    assert "Campus 24-hour line: nobody answers now" in page
    assert "Campus 24-hour line: nobody on duty" in page


def test_the_last_drill_is_told_in_both_languages(pages: FlaskClient, store: Store) -> None:
    line = LineDrilled(LineName("96111-nanjing"), 14, 13, timedelta(seconds=20), {})
    with store.writing() as db:
        keep_drill(db, Drill(scene.BUSY, (line,), 0, 0), scene.BUSY)

    assert "14 practice callers, 13 reached a person. Nobody was let down." in text(pages)
    assert "14位演练来电" in text(pages, "/board?lang=zh")
    assert "Telephones of those who agreed" not in text(pages)

    with store.writing() as db:
        keep_drill(db, Drill(scene.BUSY, (line,), 1, 0), scene.BUSY)
    assert "1 let down" in text(pages)


def test_when_nobody_is_rostered_at_all_the_page_says_so(store: Store, watch: Watch) -> None:
    page = text(watching(scene.app(store, watch)))

    assert page.count("Nobody is rostered in the next 8 days") == len(scene.LINES)


def test_no_number_of_a_caller_is_on_the_page(pages: FlaskClient) -> None:
    for path in ("/board", "/board/live"):
        page = text(pages, path)
        for secret in (scene.NUMBER, scene.NUMBER[1:], scene.HASH, "sip:v0", "token1", "CA0"):
            assert secret not in page


def test_a_site_with_real_data_does_not_speak_of_samples(app: Flask) -> None:
    parts: Parts = app.extensions["hotline"]
    settings = replace(parts.settings, site=replace(parts.settings.site, made_up=False))
    app.extensions["hotline"] = replace(parts, settings=settings)

    assert "Sample data" not in text(watching(app))


@pytest.mark.parametrize("path", ["/board/live"])
def test_a_reader_who_has_it_already_gets_304_and_nothing_more(
    pages: FlaskClient, path: str
) -> None:
    first = pages.get(path, headers=HERE)

    again = pages.get(path, headers={**HERE, "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_where_nothing_has_changed_a_poll_is_two_statements(app: Flask, store: Store) -> None:
    pages = watching(app)
    known = {**HERE, "If-None-Match": pages.get("/board/live", headers=HERE).headers["ETag"]}

    with statements(store) as said:
        assert pages.get("/board/live", headers=known).status_code == 304

    assert [re.findall(r"FROM (\w+)", text)[0] for text in said] == ["page_session", "rota_version"]


def test_each_language_has_its_own_tag(pages: FlaskClient) -> None:
    tags = {
        pages.get(f"/board/live?lang={language}", headers=HERE).headers["ETag"]
        for language in ("zh", "en")
    }
    assert len(tags) == 2


def test_a_new_caller_is_shown_at_once(pages: FlaskClient, store: Store) -> None:
    tag = pages.get("/board/live?lang=en", headers=HERE).headers["ETag"]
    with store.writing() as db:
        scene.call(db, "campus", CallState.WAITING, scene.BUSY)

    answer = pages.get("/board/live?lang=en", headers={**HERE, "If-None-Match": tag})

    assert answer.status_code == 200
    assert 'data-said="4 waiting"' in answer.text


def test_running_times_move_while_a_call_is_open(pages: FlaskClient, watch: Watch) -> None:
    tag = pages.get("/board/live", headers=HERE).headers["ETag"]
    watch.at += timedelta(seconds=3)

    assert "1:45" in pages.get("/board/live", headers={**HERE, "If-None-Match": tag}).text


def test_a_quiet_board_is_sent_once_a_minute(store: Store, watch: Watch) -> None:
    watch.at = scene.local(1, 15, 0, 1)
    with store.writing() as db:
        scene.fill(db)
    pages = watching(scene.app(store, watch))
    tag = pages.get("/board/live", headers=HERE).headers["ETag"]

    watch.at += timedelta(seconds=58)
    assert pages.get("/board/live", headers={**HERE, "If-None-Match": tag}).status_code == 304
    watch.at += timedelta(seconds=1)
    assert pages.get("/board/live", headers={**HERE, "If-None-Match": tag}).status_code == 200


def test_the_end_of_a_wrap_up_is_shown_without_a_change_in_the_database(
    pages: FlaskClient, watch: Watch
) -> None:
    watch.at = scene.BUSY + timedelta(minutes=3) - timedelta(seconds=1)
    assert "wrap-up until" in text(pages, "/board/live?lang=en")

    watch.at += timedelta(seconds=1)

    assert "wrap-up until" not in text(pages, "/board/live?lang=en")


@pytest.mark.parametrize(
    ("path", "browser", "shown"),
    [
        ("/board", "en-GB,en;q=0.9", "en"),
        ("/board", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("/board", "de-DE,de", "zh-CN"),  # the site's own
        ("/board", "", "zh-CN"),
        ("/board?lang=fr", "en", "en"),
        ("/board?lang=../../etc", "en", "en"),
        ("/board?lang=zh", "en", "zh-CN"),
    ],
)
def test_the_language_is_asked_for_or_the_browsers_or_the_sites(
    pages: FlaskClient, path: str, browser: str, shown: str
) -> None:
    answer = pages.get(path, headers={**HERE, "Accept-Language": browser})

    assert f'<html lang="{shown}">' in answer.text


def test_a_language_once_asked_for_is_kept(pages: FlaskClient) -> None:
    pages.get("/board?lang=en", headers=HERE)

    answer = pages.get("/board", headers={**HERE, "Accept-Language": "zh"})

    assert '<html lang="en">' in answer.text


def test_a_cookie_with_no_language_in_it_is_passed_over(pages: FlaskClient) -> None:
    pages.set_cookie("hotline_lang", "xx", domain="127.0.0.1")

    answer = pages.get("/board", headers=HERE)

    assert '<html lang="zh-CN">' in answer.text


@pytest.mark.parametrize("path", ["/board", "/board/live"])
def test_and_eve_sees_nothing(app: Flask, path: str) -> None:
    answer = visitor(app, "eve").get(path)

    assert answer.status_code == 403
    assert "ETag" not in answer.headers
    assert scene.NAMES[0] not in answer.text


@pytest.mark.parametrize("path", ["/board", "/board/live"])
def test_who_is_not_signed_in_is_asked_to(app: Flask, path: str) -> None:
    answer = passer_by(app).get(path)

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")
    assert scene.NAMES[0] not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/board", "/board/live"])
def test_nothing_can_be_sent_to_the_board(pages: FlaskClient, path: str, method: str) -> None:
    assert pages.open(path, method=method, headers=HERE).status_code == 405


def test_head_is_answered_like_get_without_the_page(pages: FlaskClient) -> None:
    answer = pages.head("/board/live", headers=HERE)

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"]


@pytest.mark.parametrize("path", ["/board", "/board/live"])
def test_a_browser_is_told_what_it_may_not_do(pages: FlaskClient, path: str) -> None:
    headers = pages.get(path, headers=HERE).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] in ("no-store", "private, no-cache")


def test_the_page_is_light_and_asks_nobody_else(pages: FlaskClient) -> None:
    page = text(pages)
    addresses = re.findall(r'(?:src|href|hx-get)="([^"#]+)"', page)
    assert all(address.startswith(("/", "?lang=")) for address in addresses)
    assert " style=" not in page

    packed = {**HERE, "Accept-Encoding": "gzip, br"}
    files = [each for each in addresses if each.startswith(("/vendor", "/assets"))]
    loaded = [pages.get(each, headers=packed).data for each in files]

    assert len(loaded) == 5
    assert len(page.encode()) + sum(len(each) for each in loaded) < 100_000


def test_a_browser_that_cannot_unpack_gets_files_as_they_are(pages: FlaskClient) -> None:
    plain = pages.get(htmx().address, headers={**HERE, "Accept-Encoding": "identity"})
    packed = pages.get(htmx().address, headers={**HERE, "Accept-Encoding": "gzip"})

    assert plain.data == decompress(packed.data) == htmx().body
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"


def test_a_file_is_kept_for_ever_under_its_digest_alone(pages: FlaskClient) -> None:
    answer = pages.get(htmx().address, headers=HERE)

    assert "immutable" in answer.headers["Cache-Control"]
    assert pages.get("/vendor/0000000000000000/htmx.min.js", headers=HERE).status_code == 404
    assert pages.get("/vendor/0000000000000000/../board.js", headers=HERE).status_code == 404


def test_a_changed_htmx_is_refused_at_start() -> None:
    installed = htmx()

    assert known(installed, HTMX_DIGEST) is installed
    with pytest.raises(WrongAssetError, match="not the file this program was tested with"):
        known(replace(installed, digest="0" * 64), HTMX_DIGEST)


def test_a_missing_htmx_is_named_at_start() -> None:
    with pytest.raises(WrongAssetError, match="django-js-lib-htmx is not installed"):
        htmx("no_such_wheel")
