"""What an operator may set about the day when nothing of ours runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FallbackSettings:
    """Where the documents are written that another host keeps; each hour anew."""

    directory: str
