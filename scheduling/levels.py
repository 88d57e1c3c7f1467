"""What comes first when not everything can be had? Four levels, each before all after it."""

from enum import IntEnum


class Level(IntEnum):
    """Where a wish stands. Points are only ever weighed against points of the same level."""

    FLOORS = 0  # enough people for a desk to be safe
    TARGETS = 1  # as many as the calls ask for, and what people were promised already
    FAIRNESS = 2  # unpopular work shared, commitments used
    WISHES = 3  # what people asked for

    @property
    def title(self) -> str:
        """The word that a coordinator reads."""
        return self.name.lower()
