"""Which parts of the machine a test needs, and what happens when one is missing."""

import os
from typing import NoReturn

import pytest

OURS = ("HOTLINE_", "TWILIO_")


def lacking_is_failure() -> bool:
    """Whether this run must try everything: CI=true."""
    return os.environ.get("CI") == "true"  # noqa: TID251 - a fact about the run, no setting of ours


def lacking(part: str, remedy: str) -> NoReturn:
    """Skip the test, saying what is missing and how to get it; under CI=true fail it."""
    sentence = f"{part} is missing: {remedy}"
    if lacking_is_failure():
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def forget_the_operators_environment() -> None:
    """Drop settings of ours that stand in the shell the tests were started from."""
    for name in [name for name in os.environ if name.startswith(OURS)]:  # noqa: TID251 - clears it
        del os.environ[name]  # noqa: TID251 - clears it
