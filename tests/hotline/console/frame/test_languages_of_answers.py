"""Where do the links to the other language lead?"""

import re

from flask import Flask

from tests.hotline.console.visitors import HOST, passer_by, visitor


def links(page: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)" lang="', page)


def test_a_page_is_there_in_both_languages(app: Flask) -> None:
    page = visitor(app, "otto").text("/trail?login=ann&lang=en")
    assert links(page) == ["?login=ann&amp;lang=zh", "?login=ann&amp;lang=en"]


def test_what_answers_a_form_leads_to_the_page_of_the_form(app: Flask) -> None:
    answer = passer_by(app).client.post("/sign-in", data={"login": ""}, headers=HOST)
    assert links(answer.text) == ["?lang=zh", "?lang=en"]


def test_an_answer_without_an_address_of_its_own_offers_no_other_language(app: Flask) -> None:
    answer = visitor(app, "ada").post("/account/password", {"old": ""})
    assert answer.status_code == 400
    assert links(answer.text) == []
