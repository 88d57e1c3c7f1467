"""What a line asks before the wait, and what each key answers. No key, or a wrong one, goes on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from hotline.calls.instructions import Say
from hotline.calls.wait.wishes import Part, Wish
from hotline.config.settings import Language, Line, Settings, Title
from hotline.config.tables.lines import Asks
from hotline.duty import Gender
from hotline.phrases import say

NOTHING: Final = Asks()
KEYS: Final = frozenset("123456789")
GENDERS: Final = (Gender.WOMAN, Gender.MAN)


def questions_of(line: Line) -> tuple[Part, ...]:
    """What the line asks, in order: the language first, for the others are asked in it."""
    if line.asks is None:
        return ()
    asks = line.asks
    asked = {
        Part.LANGUAGE: asks.language,
        Part.MINOR: asks.minors,
        Part.GENDER: asks.gender,
        Part.DIALECT: asks.dialects,
    }
    return tuple(part for part, wanted in asked.items() if wanted)


def prompts(question: Part, line: Line, settings: Settings) -> tuple[Say, ...]:
    """The words of a question, each naming its key. line: in the language that is spoken."""
    return tuple(_PROMPTS[question](line, settings))


def _languages(line: Line, _: Settings) -> Iterator[Say]:
    for number, language in enumerate(line.languages, 1):
        yield say("ask_language", language, number=number)


def _minor(line: Line, _: Settings) -> Iterator[Say]:
    yield say("ask_minor", line.languages[0])


def _gender(line: Line, _: Settings) -> Iterator[Say]:
    yield say("ask_gender", line.languages[0])


def _dialects(line: Line, settings: Settings) -> Iterator[Say]:
    language = line.languages[0]
    for number, name in enumerate(_asks(line).dialects or (), 1):
        called = dialect(name, language, settings)
        yield say("ask_dialect", language, number=number, dialect=called)
    yield say("ask_else", language)


_PROMPTS: Final[Mapping[Part, Callable[[Line, Settings], Iterator[Say]]]] = {
    Part.LANGUAGE: _languages,
    Part.MINOR: _minor,
    Part.GENDER: _gender,
    Part.DIALECT: _dialects,
}


def answered(question: Part, line: Line, digits: str, wish: Wish) -> Wish:
    """The wish after the key of a question. line: as configured, in its own order of languages."""
    place = int(digits) - 1 if digits in KEYS else -1
    asks = _asks(line)
    match question:
        case Part.LANGUAGE:
            return replace(wish, language=_chosen(line.languages, place))
        case Part.MINOR:
            return replace(wish, minor=asks.minors if place == 0 else None)
        case Part.GENDER:
            return replace(wish, gender=_chosen(GENDERS, place))
        case _:
            return replace(wish, dialect=_chosen(asks.dialects or (), place))


T = TypeVar("T")


def _chosen(choices: Sequence[T], place: int) -> T | None:
    return choices[place] if 0 <= place < len(choices) else None


def _asks(line: Line) -> Asks:
    return line.asks or NOTHING


def wished(parts: frozenset[Part], wish: Wish, language: Language, settings: Settings) -> str:
    """Whom `parts` of a wish speak of, to be heard: "a woman"."""
    words = {
        Part.DIALECT: ("wish_dialect", dialect(wish.dialect or "", language, settings)),
        Part.GENDER: (f"wish_{wish.gender or Gender.WOMAN}", ""),
        Part.MINOR: ("wish_minor", ""),
        Part.LANGUAGE: (
            "wish_language",
            _spoken(f"language_{wish.language or language}", language),
        ),
    }
    told = (words[part] for part in Part if part in parts)
    return _spoken("wish_or", language).join(_spoken(key, language, name) for key, name in told)


def _spoken(key: str, language: Language, name: str = "") -> str:
    return say(key, language, name=name).words


def dialect(name: str, language: Language, settings: Settings) -> str:
    """What a dialect is called; one that left config.toml during a call goes by its name."""
    title = (settings.dialects or {}).get(name, Title(name, name))
    return title.in_language(language)
