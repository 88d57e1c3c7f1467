"""What somebody reads who asks for a page that is not there, or that breaks."""

from typing import Any

import pytest
from flask import Flask

from tests.hotline.console.visitors import passer_by, visitor


@pytest.mark.parametrize("path", ["/rosterz", "/accounts/nobody", "/assets/x/y.js"])
def test_a_page_that_is_not_there_says_so_in_words(app: Flask, path: str) -> None:
    answer = visitor(app, "ann").get(f"{path}?lang=en")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert "default-src" in answer.headers["Content-Security-Policy"]


def test_a_page_that_breaks_says_so_and_shows_nothing_of_how(app: Flask) -> None:
    def broken() -> str:
        raise ValueError("+8613800000000")

    ann = visitor(app, "ann")
    kept: Any = app.view_functions["accounts.show_trail"]
    broken.hotline_permit = kept.hotline_permit  # type: ignore[attr-defined]
    app.view_functions["accounts.show_trail"] = broken
    app.testing = False
    answer = ann.get("/trail?lang=en")
    assert answer.status_code == 500
    assert "That did not work" in answer.text
    assert "+86138" not in answer.text


@pytest.mark.parametrize("path", ["/voice/nothing", "/sms/nothing"])
def test_the_carrier_is_never_shown_a_page(app: Flask, path: str) -> None:
    answer = passer_by(app).client.post(path)
    assert answer.status_code == 404
    assert "stylesheet" not in answer.text


def test_what_is_too_large_is_refused_in_words(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = visitor(app, "ann").post("/accounts/new?lang=en", {"name": "x" * 2000})
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("number", [10**20, 2**63])
@pytest.mark.parametrize(
    "path", ["/calls/{}", "/care/{}", "/messages/{}/sound", "/callbacks/{}/person"]
)
def test_under_a_number_that_no_row_can_have_there_is_nothing(
    app: Flask, path: str, number: int
) -> None:
    assert visitor(app, "sam").get(path.format(number)).status_code == 404
    assert visitor(app, "eve").get(path.format(number)).status_code == 404


@pytest.mark.parametrize("path", ["/calls?before={}", "/trail?before={}"])
def test_a_list_from_a_number_that_no_row_can_have_is_the_whole_list(app: Flask, path: str) -> None:
    otto = visitor(app, "otto")
    assert otto.text(path.format(10**20)).count("<tr") == otto.text(path.partition("?")[0]).count(
        "<tr"
    )


def test_the_menu_marks_the_room_of_a_page_below_a_door(app: Flask) -> None:
    ann = visitor(app, "ann")
    assert '<a href="/accounts" aria-current="page">' in ann.text("/accounts")
    assert '<a href="/accounts" aria-current="true">' in ann.text("/accounts/ann")
    assert ann.text("/account").count("aria-current") == 1  # the language
