"""What a desk asks for once the expected calls have had their say; floors stay as written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Final, TypeAlias

from hotline.config.settings import DeskName
from scheduling.demand.counts import HALF_HOUR, half_hours, on_half_hour
from scheduling.problem import Need, Span

ByHalfHour: TypeAlias = Mapping[datetime, int]  # targets, by the beginning of the half hour
AS_WRITTEN: Final[ByHalfHour] = MappingProxyType({})
Raised: TypeAlias = Mapping[DeskName, ByHalfHour]
NO_MORE: Final[Raised] = MappingProxyType({})


def raised(asked: Iterable[Need], wanted: ByHalfHour) -> Iterator[Need]:
    """The same needs, each target at least what is `wanted` in its half hours, by their beginning.

    Half hours with equal targets stay together. Who must hold a certificate, or
    stand by, is not foretold.
    """
    for need in asked:
        if need.certificate is not None or need.standby or not wanted:
            yield need
            continue
        targets = (
            (at, max(need.target, wanted.get(on_half_hour(at), 0))) for at in half_hours(need.span)
        )
        for target, run in groupby(targets, key=lambda pair: pair[1]):
            starts = [at for at, _ in run]
            yield replace(need, span=Span(starts[0], starts[-1] + HALF_HOUR), target=target)
