"""What somebody reads on a page who knows no English: words that stand where Chinese should."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

SPOKEN: Final = frozenset({"aria-label", "alt", "placeholder", "title", "data-of"})
UNSEEN: Final = frozenset({"script", "style", "code", "kbd"})
VOID: Final = frozenset({"input", "meta", "link", "br", "img", "hr", "col", "source", "wbr"})
RUN: Final = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ ,.:;–-]+[A-Za-z][A-Za-z'’]+)*")
CHINESE: Final = "\u4e00-\u9fff"
# A comma, colon, semicolon or full stop of English beside a Chinese sign.
HALF: Final = re.compile(f"[{CHINESE}][,;:.](?: |$)|[,;:.] ?[{CHINESE}]")
# Names of things that Chinese people write like this, too.
KNOWN: Final = frozenset(
    {"CSV", "XLSX", "QR", "API", "PIN", "URL", "JSON", "UTF", "Excel", "English", "Shift"}
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = (given.get("lang") or "zh").startswith("en") and tag != "html"
        if tag not in VOID:
            self.inside.append("foreign" if foreign or tag in UNSEEN else tag)
        if "foreign" not in self.inside:
            self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if "foreign" not in self.inside:
            self.said.append(data)


def foreign_words(page: str) -> list[str]:
    """Every run of Latin words that a page shows or has read out, but names of things."""
    return list(dict.fromkeys(word for said in _read(page) for word in latin(said)))


def foreign_signs(page: str) -> list[str]:
    """What a page shows or has read out in Chinese and with the signs of English between."""
    return [said for said in _read(page) if HALF.search(" ".join(said.split()))]


def _read(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return reader.said


def latin(words: str) -> Iterator[str]:
    """The runs of Latin words in a sentence; addresses and codes are none."""
    plain = re.sub(r"\S*(?:://|@|/|=)\S*|\b\w*[0-9]\w*\b", " ", words)
    for run in RUN.findall(plain):
        if not set(re.findall(r"[A-Za-z'’]+", run)) <= KNOWN:
            yield run
