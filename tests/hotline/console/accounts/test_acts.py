"""Does the audit trail say in words whatever can be done?"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hotline.calls.states import SUPERVISE
from hotline.console.accounts.acts import ACTS
from hotline.rosters.by_hand.steps import EditKind

HOTLINE: Final = Path(__file__).parents[4] / "hotline"
BY_CASE: Final = {  # said by code that puts the name together
    *(f"call.{how}" for how in SUPERVISE),
    *(f"roster.{kind}" for kind in EditKind),
    "callback.again",
    "callback.kept",
}


def names(tree: ast.AST) -> Iterator[str]:
    """What entries of the trail are named where they are made."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        made = ast.unparse(call.func).rpartition(".")[2]
        if made in ("record", "record_changes", "Change"):
            said = (arg.value for arg in call.args if isinstance(arg, ast.Constant))
            yield from (word for word in said if isinstance(word, str) and "." in word)


def test_whatever_the_trail_keeps_has_words_and_nothing_else_has() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in HOTLINE.rglob("*.py"))
    written = {name for tree in trees for name in names(tree)}

    assert len(written) > 50
    assert ACTS.keys() == written | BY_CASE
