"""Brings the Chinese catalogue of the pages up to the words in code and templates, and compiles it.

Usage: python -m scripts.translations. New words appear untranslated; a test fails until they are.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PAGES: Final = Path(__file__).parent.parent / "hotline" / "console"
CHINESE: Final = PAGES / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
METHODS: Final = [("**.py", "python"), ("templates/**.html", "jinja2")]


def words_used() -> Catalog:
    """What code and templates ask gettext for, now."""
    found = Catalog(project="hotline")
    for file, line, message, comments, context in extract_from_dir(
        PAGES, METHODS, keywords=DEFAULT_KEYWORDS
    ):
        found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return found


def catalogue() -> Catalog:
    """The Chinese catalogue as committed."""
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(chinese: Catalog) -> bytes:
    """What the pages read at run time."""
    written = BytesIO()
    write_mo(written, chinese)
    return written.getvalue()


def main() -> None:
    """Rewrite catalogue and compiled catalogue."""
    chinese = catalogue()
    chinese.update(words_used(), no_fuzzy_matching=True, update_creation_date=False)
    chinese.obsolete.clear()
    with CHINESE.open("wb") as file:
        write_po(file, chinese, width=100, no_location=True, sort_output=True, omit_header=False)
    CHINESE.with_suffix(".mo").write_bytes(compiled(chinese))
    lacking = [message.id for message in chinese if message.id and not message.string]
    sys.exit(f"Not translated yet: {lacking}" if lacking else 0)


if __name__ == "__main__":
    main()
