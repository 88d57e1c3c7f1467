"""What an operator may set about people who dial in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phones:
    """Numbers of the site that volunteers and supervisors dial; none is a line's."""

    numbers: tuple[str, ...]
