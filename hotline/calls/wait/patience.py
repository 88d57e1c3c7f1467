"""A choice takes time: who presses nothing hears that they may take it; never 4 s of silence."""

from hotline.calls.instructions import Ask, Instructions, Say
from hotline.calls.keys import KEY_SECONDS
from hotline.calls.turn import Turn
from hotline.config.settings import Line


def patiently(turn: Turn, line: Line, prompts: tuple[Say, ...], path: str) -> Instructions:
    """The question, and after a moment without a key, that there is time."""
    calm = (turn.say("take_your_time", line),)
    return (Ask(prompts, path, KEY_SECONDS), Ask(calm, path, KEY_SECONDS))
