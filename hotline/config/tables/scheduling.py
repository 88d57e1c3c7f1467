"""How rosters are built: what an operator may set about it."""

from dataclasses import dataclass

from scheduling.problem import Prices, Weights


@dataclass(frozen=True)
class RestHours:
    """Least hours between two shifts, by the kind of the earlier one."""

    usual: float
    after_night: float
    after_full_day: float
    after_standby: float | None = None


@dataclass(frozen=True)
class TeamSettings:
    """Who may stand beside whom, at every desk. None: no limit."""

    newcomers_a_shift: int | None = None  # newcomers and trainees together
    newcomers_a_mentor: int | None = None  # likewise, for each mentor in the shift


@dataclass(frozen=True)
class Scheduling:
    """How rosters are built."""

    seconds: float
    seed: int
    look_back_weeks: int  # fairness of nights and weekends counts so many weeks before
    rest: RestHours
    prices: Prices
    supervised_turns: int = 10  # with fewer behind them, only trainees are rostered
    team: TeamSettings | None = None
    weights: Weights | None = None  # the load of a half hour by kind of shift
    workers: int | None = None  # processes that solve; None: as many as the machine has cores
    cluster: str | None = None  # the address of a Dask scheduler, which solves instead
