"""Who had more than their share of nights and weekends, and who less."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import TypeVar

Code = TypeVar("Code", bound=str)


def beyond_share(worked: Iterable[Code], sharing: Set[Code]) -> Mapping[Code, int]:
    """How many more (+) or fewer (-) than the average each of `sharing` worked, to the nearest one.

    worked: a person once for each shift of theirs. Those who cannot share such work now are left
    out of it, so that nobody is asked to make up for a person who left.
    """
    counts = Counter(person for person in worked if person in sharing)
    if not sharing:
        return {}
    share = counts.total() / len(sharing)
    return {person: round(counts[person] - share) for person in sharing}
