"""Is every word of the pages there in Chinese, too?"""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.translations import CHINESE, PAGES, catalogue, compiled, words_used

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
WORDS = [message for message in words_used() if message.id]


def written(words: object) -> list[str]:
    """A message or its plural forms, as sentences."""
    return [str(each) for each in words] if isinstance(words, list | tuple) else [str(words or "")]


def translated(message: Message, chinese: Catalog) -> list[str]:
    found = chinese.get(written(message.id)[0])
    assert found is not None, f"not in the catalogue: {message.id}; python -m scripts.translations"
    assert not found.fuzzy, f"only guessed: {message.id}"
    return written(found.string)


@pytest.mark.parametrize("message", WORDS, ids=lambda message: str(message.id)[:40])
def test_every_word_has_its_chinese_with_the_same_places_to_fill(message: Message) -> None:
    meant = written(message.id)[-1]

    for words in translated(message, catalogue()):
        assert words
        assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(meant))


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    used = {str(message.id) for message in words_used()}

    assert {str(message.id) for message in catalogue()} <= used
    assert not catalogue().obsolete


def test_the_pages_read_what_the_catalogue_says() -> None:
    stored = CHINESE.with_suffix(".mo").read_bytes()

    assert stored == compiled(catalogue()), "python -m scripts.translations"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.py")), ids=lambda path: path.name)
def test_no_word_hides_inside_an_f_string(path: Path) -> None:
    """Babel on Python 3.11 does not look inside one, so such a word would stay English."""
    strings = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = (
        call
        for string in strings
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
    )
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    assert names.isdisjoint({"_", "gettext", "ngettext", "lazy_gettext"})
