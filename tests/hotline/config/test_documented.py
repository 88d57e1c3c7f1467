"""Does docs/config.md name every key, and no other?"""

import re
from pathlib import Path

from hotline.config.keys import keys_of
from hotline.config.load import NAMES
from hotline.config.settings import Settings

ROOT = Path(__file__).parent.parent.parent.parent
DOCUMENT = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
CONFIG = (ROOT / "config.toml").read_text(encoding="utf-8")


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    rows = re.findall(r"^\| `([a-z_.*\[\]]+)` \| (yes|no) \|", DOCUMENT, flags=re.MULTILINE)
    keys = [(key.path, "no" if key.optional else "yes") for key in keys_of(Settings)]
    assert rows == keys


def test_every_environment_variable_is_documented() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT, flags=re.MULTILINE)
    assert set(rows) == {*NAMES.values(), "HOTLINE_CONFIG"}


def test_every_setting_above_the_desks_is_commented_in_the_sample() -> None:
    settings, _, _ = CONFIG.partition("[certificates.")
    bare = [
        line
        for line in settings.splitlines()
        if re.match(r"\w+ = ", line) and "#" not in line and not re.match(r"(zh|en) = ", line)
    ]
    assert bare == []


def test_every_key_of_desks_and_lines_is_explained_in_the_sample() -> None:
    comments = " ".join(line for line in CONFIG.splitlines() if line.startswith("#"))
    keys = {
        key.path.split(".")[1].removesuffix("[]")
        for key in keys_of(Settings)
        if key.path.startswith("lines[]")
    }
    keys |= {
        key.path.rpartition(".")[2]
        for key in keys_of(Settings)
        if key.path.startswith("desks[]") and not key.path.endswith((".zh", ".en"))
    }
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", comments)) == []
