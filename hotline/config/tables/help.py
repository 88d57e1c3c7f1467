"""What an operator may set about the page for whoever seeks help: config.toml, table [help]."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    """How many callbacks may be asked for by form, and where "leave this page" leads."""

    asks_an_hour: int = 10  # from one address; a whole school may share one
    asks_an_hour_in_all: int = 120  # from everywhere: volunteers are no more than they are
    leave_to: str = "https://www.weather.com.cn/"  # a page that tells nothing of us
