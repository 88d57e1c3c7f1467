"""Brings the Chinese catalogues of the pages up to the words in code and templates; compiles them.

Usage: python -m scripts.translations. Each room of hotline/console has its own. New words appear
untranslated; a test fails until they are.
"""

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PAGES: Final = Path(__file__).parent.parent / "hotline" / "console"
METHODS: Final = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS: Final = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2)}


@dataclass(frozen=True)
class Room:
    """A package of pages and its catalogue."""

    folder: Path

    @property
    def chinese(self) -> Path:
        """The catalogue, beside which the compiled one stands."""
        return self.folder / "translations" / "zh" / "LC_MESSAGES" / "messages.po"

    def words_used(self) -> Catalog:
        """What code and templates ask gettext for, now."""
        found = Catalog(project="hotline")
        for file, line, message, comments, context in extract_from_dir(
            self.folder, METHODS, keywords=KEYWORDS
        ):
            found.add(message, None, [(file, line)], auto_comments=comments, context=context)
        return found

    def catalogue(self) -> Catalog:
        """The Chinese catalogue as committed; an empty one where there is none yet."""
        if not self.chinese.exists():
            return Catalog(locale="zh", project="hotline")
        with self.chinese.open("rb") as file:
            return read_po(file, locale="zh")

    def rewrite(self) -> list[object]:
        """Bring both up to date; what is not translated yet."""
        chinese = self.catalogue()
        chinese.update(self.words_used(), no_fuzzy_matching=True, update_creation_date=False)
        chinese.obsolete.clear()
        self.chinese.parent.mkdir(parents=True, exist_ok=True)
        with self.chinese.open("wb") as file:
            write_po(file, chinese, width=100, no_location=True, sort_output=True)
        self.chinese.with_suffix(".mo").write_bytes(compiled(chinese))
        return [message.id for message in chinese if message.id and not _is_said(message.string)]


def rooms() -> tuple[Room, ...]:
    """Every room that says anything."""
    found = (Room(path) for path in sorted(PAGES.iterdir()) if (path / "__init__.py").exists())
    return tuple(room for room in found if any(message.id for message in room.words_used()))


def compiled(chinese: Catalog) -> bytes:
    """What the pages read at run time."""
    written = BytesIO()
    write_mo(written, chinese)
    return written.getvalue()


def _is_said(words: object) -> bool:
    return all(words) if isinstance(words, list | tuple) else bool(words)


def main() -> None:
    """Rewrite every catalogue and compiled catalogue."""
    lacking = [f"{room.folder.name}: {words}" for room in rooms() for words in room.rewrite()]
    sys.exit("\n".join(("Not translated yet:", *lacking)) if lacking else 0)


if __name__ == "__main__":
    main()
