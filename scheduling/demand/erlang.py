"""How many people answer so many calls in time? Exact Erlang B and C, for any load."""

from dataclasses import dataclass
from datetime import timedelta
from math import exp


@dataclass(frozen=True)
class CoverageTarget:
    """The promise to callers: this share of calls is answered within this wait. 0 < share < 1."""

    share: float = 0.9
    within: timedelta = timedelta(seconds=15)


def lost(servers: int, load: float) -> float:
    """The share of calls that find all servers busy and go away (Erlang B). load: in erlangs.

    Computed by the inverse recursion, which neither overflows nor cancels.
    """
    if load == 0:
        return float(servers == 0)
    inverse = 1.0
    for server in range(1, servers + 1):
        inverse = 1.0 + inverse * server / load
    return 1.0 / inverse


def waiting(servers: int, load: float) -> float:
    """The share of calls that wait at all when nobody hangs up (Erlang C); 1 if load >= servers.

    Source: Erlang (1917); see Gans, Koole & Mandelbaum (2003).
    """
    if load >= servers:
        return 1.0
    busy = lost(servers, load)
    return busy / (1.0 - (load / servers) * (1.0 - busy))


def answered(servers: int, load: float, talk: timedelta, within: timedelta) -> float:
    """The share of calls answered within a wait. talk: mean conversation plus wrap-up."""
    if load >= servers:
        return 0.0
    return 1.0 - waiting(servers, load) * exp(-(servers - load) * (within / talk))


def heads_needed(calls_an_hour: float, talk: timedelta, target: CoverageTarget) -> int:
    """The fewest people who keep the target; 0 when no call is expected."""
    return heads_for_load(calls_an_hour * (talk / timedelta(hours=1)), talk, target)


def heads_for_load(load: float, talk: timedelta, target: CoverageTarget) -> int:
    """The fewest people who keep the target at a load in erlangs; 0 at no load."""
    heads = 0 if load == 0 else int(load) + 1
    while load and answered(heads, load, talk, target.within) < target.share:
        heads += 1
    return heads
