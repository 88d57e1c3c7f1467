"""What share of calls is answered in time while calls and people change through the day?"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, exp, sqrt
from typing import Final

import numpy as np

from scheduling.demand.counts import MINUTE, DemandError
from scheduling.demand.grid import Floats

ROOM: Final = 40  # callers waiting beyond as many as people; more are turned away


@dataclass(frozen=True)
class Day:
    """Calls and people in each step; a day like it went before and follows."""

    calls: tuple[float, ...]
    heads: tuple[int, ...]
    step: timedelta
    talk: timedelta

    def __post_init__(self) -> None:
        if not self.calls or len(self.calls) != len(self.heads):
            raise DemandError("Calls and people are given for the same steps, at least one.")


def answered_through(day: Day, within: timedelta) -> tuple[float, ...]:
    """The share of each step's calls answered within a wait, when nobody hangs up.

    The master equation, minute by minute, for calls at random of exponential length. Whoever goes
    home ends the conversation first; a call is taken only by those who stay.
    """
    states = np.zeros((max(day.heads) + 1, max(day.heads) + ROOM))  # talking, waiting
    states[0, 0] = 1.0
    for _ in range(2):  # two days before are enough to forget how it began
        states, _shares = _through(states, day, within)
    return tuple(_through(states, day, within)[1])


def _through(states: Floats, day: Day, within: timedelta) -> tuple[Floats, list[float]]:
    minutes = ceil(day.step / MINUTE)
    tick = day.step / minutes / day.talk
    shares = []
    for calls, heads in zip(day.calls, day.heads, strict=True):
        fast = _in_time(states, heads, within / day.talk)
        states = _joined(states, heads)
        total = 0.0
        for _ in range(minutes):
            total += float((states * fast).sum()) / 2
            states = _moved(states, calls / minutes, heads, tick)
            total += float((states * fast).sum()) / 2
        shares.append(total / minutes)
    return states, shares


def _in_time(states: Floats, heads: int, within: float) -> Floats:
    """The chance of a wait within the limit, by how many talk and wait. within: in mean calls."""
    chances = np.ones(states.shape)
    for talking in range(heads, len(states)):
        rate = talking * within
        gone = term = exp(-rate)  # the chance that so few conversations end within the limit
        for done in range(1, talking - heads + 1):
            term *= rate / done
            gone += term
        for waiting in range(states.shape[1]):
            chances[talking, waiting] = max(0.0, 1.0 - gone)
            term *= rate / (talking - heads + waiting + 1)
            gone += term
    return chances


def _joined(states: Floats, heads: int) -> Floats:
    """Those who waited talk at once to those who came on duty."""
    joined = states.copy()
    for talking in range(heads):
        for waiting in range(1, states.shape[1]):
            taken = min(waiting, heads - talking)
            joined[talking + taken, waiting - taken] += joined[talking, waiting]
            joined[talking, waiting] = 0.0
    return joined


def _moved(states: Floats, calls: float, heads: int, tick: float) -> Floats:
    """The chances of how many talk and wait, one tick later (uniformised)."""
    ends: Floats = tick * np.arange(len(states), dtype=np.float64)[:, None]
    jumps = calls + tick * len(states)
    weight = exp(-jumps)
    now, moved = states, weight * states
    for jump in range(1, ceil(jumps + 10 * sqrt(jumps) + 12)):
        now = _jumped(now, calls / jumps, heads, ends / jumps)
        weight *= jumps / jump
        moved = moved + weight * now
    return moved


def _jumped(states: Floats, call: float, heads: int, ends: Floats) -> Floats:
    """One arrival, one end of a conversation, or nothing. call, ends: their chances."""
    ended = states * ends
    after = states * (1.0 - call) - ended
    after[:, -1] += call * states[:, -1] * (np.arange(len(states)) >= heads)  # no room: turned away
    after[1 : heads + 1, 0] += call * states[:heads, 0]
    after[heads:, 1:] += call * states[heads:, :-1]
    after[:-1, 0] += ended[1:, 0]
    after[1 : heads + 1, :-1] += ended[1 : heads + 1, 1:]  # the next caller in line
    after[heads:-1, 1:] += ended[heads + 1 :, 1:]  # the last one went home
    return after
