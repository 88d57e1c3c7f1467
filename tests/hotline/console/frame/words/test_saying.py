"""Do words come out as meant, whatever signs stand in them?"""

import pytest
from flask import Flask, render_template_string

from hotline.console.frame.words.saying import _, _n, filled


def test_places_are_filled_and_every_other_sign_stays() -> None:
    words = "%(who)s: 50 % of %(many)d, 100%, %s, 5 %% and %(who)s"

    assert filled(words, {"who": "Ada", "many": 3}) == "Ada: 50 % of 3, 100%, %s, 5 % and Ada"


def test_what_is_filled_in_is_not_read_for_places() -> None:
    assert filled("%(one)s", {"one": "%(other)s 5 %"}) == "%(other)s 5 %"


def test_a_place_that_nobody_fills_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        filled("%(who)s", {})


def test_a_per_cent_sign_breaks_no_page(app: Flask) -> None:
    template = """{{ _("50 % of all") }}|{{ _("%(share)s % of all", share="<b>") }}|
    {{- ngettext("%(num)d % more", "%(num)d % more", 7) }}"""
    with app.test_request_context("/?lang=zh"):
        assert render_template_string(template) == "50 % of all|&lt;b&gt; % of all|7 % more"
        assert _("%(share)s % of all", share="<b>") == "<b> % of all"
        assert _n("%(num)d % more", "%(num)d % more", 7) == "7 % more"


def test_words_may_be_called_as_their_places_are(app: Flask) -> None:
    with app.test_request_context("/"):
        assert _("%(words)s", words="so") == "so"
        assert render_template_string("""{{ _("%(words)s %(at)s", words=1, at=2) }}""") == "1 2"
