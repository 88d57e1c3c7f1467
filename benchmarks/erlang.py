"""Are the published values of Erlang's formulas met to 1e-9?"""

import csv
from collections.abc import Callable, Mapping
from itertools import count
from math import exp, expm1, log
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from scheduling.demand.answered.patience import Waits
from scheduling.demand.erlang import lost, waiting
from scheduling.demand.grid import Floats

Row: TypeAlias = Mapping[str, str]
MINUTES: Final = {"": 1.0, "min": 1.0, "s": 1.0 / 60.0}  # of a unit, as a row writes it


def worst_error(path: Path) -> tuple[int, float, str]:
    """Rows tried, the largest difference (relative where values exceed 1), and the row it is in."""
    with path.open(newline="", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if "DO NOT USE" not in " ".join(row.values())]
    errors = [(_error(row), row["id"]) for row in rows]
    return len(errors), *max(errors)


def _error(row: Row) -> float:
    wanted = float(row["recomputed_value"])
    return abs(VALUES[row["metric"]](row) - wanted) / max(1.0, abs(wanted))


def _load(row: Row) -> float:
    return float(row["offered_load_a"])


def _servers(row: Row) -> int:
    return int(row["servers_n"])


def _time(text: str) -> float:
    """Minutes, or the row's own unit where it names none."""
    number, _, unit = text.partition(" ")
    return float(number) * MINUTES[unit]


def _within(row: Row) -> float:
    """In mean conversations."""
    return _time(row["t"]) / _time(row["aht"])


def _patience(row: Row) -> float:
    """In mean conversations."""
    rate, _, unit = row["theta"].partition(" ")
    above, _, below = rate.partition("/")
    each = float(below) / float(above) if unit else 1.0 / float(above)
    return each / _time(row["aht"])


def _waits(row: Row) -> Waits:
    return Waits(_servers(row), _load(row), _patience(row))


def _all_wait(row: Row) -> float:
    if row["theta"]:
        return 1.0 - _waits(row).at_once
    return waiting(_servers(row), _load(row))


def _in_time(row: Row) -> float:
    spare = _servers(row) - _load(row)
    return 1.0 - _all_wait(row) * exp(-spare * _within(row))


def _occupancy(row: Row) -> float:
    return _waits(row).occupancy if row["theta"] else _load(row) / _servers(row)


def _queue(row: Row) -> float:
    """Mean callers waiting when nobody hangs up."""
    return _all_wait({**row, "theta": ""}) * _load(row) / (_servers(row) - _load(row))


def _most_load(row: Row, share: float) -> float:
    """The load at which that share of calls is lost."""
    low, high = 0.0, float(_servers(row))
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if lost(_servers(row), middle) < share else (low, middle)
    return low


def _hung_up(row: Row, power: int) -> float:
    """The mean of the power of the wait, over those who hang up."""
    waits = _waits(row)
    mean = waits.patience

    def before(wait: Floats) -> Floats:
        left = np.exp(-wait / mean)
        if power == 1:
            return mean - left * (wait + mean)
        return 2 * mean**2 - left * (wait**2 + 2 * wait * mean + 2 * mean**2)

    return waits.mean(before) / waits.abandoned


def _served(row: Row, power: int) -> float:
    """The mean of the power of the wait, over those who are answered."""
    waits = _waits(row)
    mean = waits.patience
    return waits.mean(lambda wait: wait**power * np.exp(-wait / mean)) / (1.0 - waits.abandoned)


def _hung_up_by(row: Row) -> float:
    """Of those who hang up, the share that does so within the limit."""
    waits, within = _waits(row), _within(row)
    beyond = 1.0 - waits.at_once - waits.mean(np.ones_like, within)
    early = waits.mean(lambda wait: -np.expm1(-wait / waits.patience), within)
    return (early - expm1(-within / waits.patience) * beyond) / waits.abandoned


def _variance_waiting(row: Row) -> float:
    """Of the number that wait: pairs that wait at once, by Little's law for the older one."""
    waits = _waits(row)
    pairs = waits.mean(lambda wait: np.expm1(-wait / waits.patience) ** 2)
    mean = waits.mean_waiting
    return (waits.load * waits.patience) ** 2 * pairs + mean - mean**2


def _fewest(row: Row) -> float:
    """People for at most 5 % lost and 80 % of the answered within the limit."""
    for servers in count(1):
        waits = Waits(servers, _load(row), _patience(row))
        kept = waits.answered(_within(row)) / (1.0 - waits.abandoned)
        if waits.abandoned < 0.05 and kept >= 0.8:
            return servers
    raise AssertionError("counting ended")


VALUES: Final[Mapping[str, Callable[[Row], float]]] = {
    "B": lambda row: lost(_servers(row), _load(row)),
    "ln B": lambda row: log(lost(_servers(row), _load(row))),
    "max load at B=0.01": lambda row: _most_load(row, 0.01),
    "max load at B=0.02": lambda row: _most_load(row, 0.02),
    "P(wait)": _all_wait,
    "P(W<=t)": _in_time,
    "P(W<=15s)": _in_time,
    "occupancy": _occupancy,
    "Erlang C ASA (s)": lambda row: 60 * _queue(row) / _load(row),
    "Erlang C E[Q]": _queue,
    "Erlang C occupancy": lambda row: _load(row) / _servers(row),
    "Erlang A E[Q]": lambda row: _waits(row).mean_waiting,
    "Erlang A occupancy": lambda row: _waits(row).occupancy,
    "P(W=0)": lambda row: _waits(row).at_once,
    "P(abandon)": lambda row: _waits(row).abandoned,
    "P(served and W<=t) / all arrivals": lambda row: _waits(row).answered(_within(row)),
    "E[W] min": lambda row: _waits(row).mean_wait * _time(row["aht"]),
    "E[Q]": lambda row: _waits(row).mean_waiting,
    "E[N]": lambda row: _waits(row).mean_waiting + _load(row) * (1.0 - _waits(row).abandoned),
    "Var(Q)": _variance_waiting,
    "E[W|served]": lambda row: _served(row, 1),
    "Var(W|served)": lambda row: _served(row, 2) - _served(row, 1) ** 2,
    "E[W|abandon]": lambda row: _hung_up(row, 1),
    "Var(W|abandon)": lambda row: _hung_up(row, 2) - _hung_up(row, 1) ** 2,
    "P(W<=t|abandon)": _hung_up_by,
    "P(W<=t|served)": lambda row: _waits(row).answered(_within(row)) / (1 - _waits(row).abandoned),
    "min servers: P(ab)<0.05 and P(W<0.1|S)>=0.80": _fewest,
}
