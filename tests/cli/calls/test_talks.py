"""`hotline talks` and `hotline forms`: what they print of nothing, and what they refuse."""

import pytest

from hotline.privacy import new_data_key
from tests.cli.conftest import Terminal


@pytest.fixture(autouse=True)
def _keys(terminal: Terminal) -> None:
    terminal.environ["HOTLINE_DATA_KEY"] = new_data_key()
    terminal.environ["HOTLINE_SECRET_KEY"] = "a key"


def test_without_conversations_there_is_nothing_to_see(terminal: Terminal) -> None:
    assert terminal.prints("talks") == "Nobody talks now.\n"
    assert terminal.json("talks") == {"talks": []}
    assert terminal.prints("forms") == "No form is due.\n"
    assert terminal.json("forms", "--days", "30") == {"forms": []}


def test_only_a_conversation_can_be_supervised(terminal: Terminal) -> None:
    assert "nobody with the code 'dee'" in terminal.is_refused(
        "talks", "supervise", "7", "--by", "dee"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("talks", "supervise", "seven", "--by", "dee"),
        ("talks", "supervise", "7", "--by", "dee", "--mode", "shout"),
        ("talks", "supervise", "7"),
        ("forms", "--days", "0"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal.is_refused(*words)
