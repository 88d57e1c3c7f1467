"""How people are treated who call again and again: what an operator may set about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Repeaters:
    """When a caller is delayed by rule; what stands here holds for a site that says nothing."""

    calls_a_day: int = 8  # answered in 24 hours; from there on a caller is rung for after others
    silent_calls: int = 3  # so many that were hardly a conversation ...
    silent_minutes: int = 10  # ... in so many minutes, likewise
    silent_talk: int = 20  # seconds: a shorter conversation was none
    longest_block: int = 30  # days
