"""Is every word of the pages there in Chinese, too?"""

import ast
import re

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.translations import PAGES, Room, compiled, rooms

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ROOMS = rooms()


def written(words: object) -> list[str]:
    """A message or its plural forms, as sentences."""
    return [str(each) for each in words] if isinstance(words, list | tuple) else [str(words or "")]


def translated(message: Message, chinese: Catalog) -> list[str]:
    found = chinese.get(written(message.id)[0])
    assert found is not None, f"not in the catalogue: {message.id}; python -m scripts.translations"
    assert not found.fuzzy, f"only guessed: {message.id}"
    return written(found.string)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.name)
def test_every_word_has_its_chinese_with_the_same_places_to_fill(room: Room) -> None:
    chinese = room.catalogue()

    for message in (message for message in room.words_used() if message.id):
        meant = written(message.id)[-1]
        for words in translated(message, chinese):
            assert words, message.id
            assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(meant))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.name)
def test_the_catalogue_holds_nothing_that_no_page_says(room: Room) -> None:
    used = {str(message.id) for message in room.words_used()}

    assert {str(message.id) for message in room.catalogue()} <= used
    assert not room.catalogue().obsolete


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.name)
def test_the_pages_read_what_the_catalogue_says(room: Room) -> None:
    stored = room.chinese.with_suffix(".mo").read_bytes()

    assert stored == compiled(room.catalogue()), "python -m scripts.translations"


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=lambda path: path.name)
def test_no_word_hides_inside_an_f_string(path: object) -> None:
    """Babel on Python 3.11 does not look inside one, so such a word would stay English."""
    strings = (node for node in ast.walk(ast.parse(PAGES.joinpath(str(path)).read_text("utf-8"))))
    calls = (
        call
        for string in strings
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
    )
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    assert names.isdisjoint({"_", "_n", "_l", "gettext", "ngettext", "lazy_gettext"})


def test_no_word_is_translated_in_two_ways() -> None:
    """The rooms' catalogues are one at run time: of two translations one would be shown in both."""
    said: dict[str, dict[str, str]] = {}
    for room in ROOMS:
        for message in (message for message in room.catalogue() if message.id):
            word = written(message.id)[0]
            said.setdefault(word, {})[written(message.string)[0]] = room.folder.name
    assert {word: ways for word, ways in said.items() if len(ways) > 1} == {}


def test_every_per_cent_sign_of_a_translation_is_safe() -> None:
    """`%d`, `%s` and the like without a name would be shown as they stand."""
    bare = re.compile(r"%[sdif](?![a-z])")
    for room in ROOMS:
        for message in (message for message in room.catalogue() if message.id):
            for words in (*written(message.id), *written(message.string)):
                assert not bare.search(words), words
