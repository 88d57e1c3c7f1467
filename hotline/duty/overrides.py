"""What overrides make of the published roster: absence beats override beats swap beats roster."""

from collections.abc import Iterable, Iterator, Sequence

from hotline.duty.facts import Duty, Override
from scheduling.problem import Span


def corrected(published: Iterable[Duty], overrides: Iterable[Override]) -> tuple[Duty, ...]:
    """The duties that hold, with swaps and then all other overrides worked in, oldest first."""
    duties = tuple(published)
    for override in sorted(overrides, key=_strongest_last):
        duties = tuple(_after(duties, override))
    return duties


def what_is_left(span: Span, taken: Span) -> tuple[Span, ...]:
    """The stretches of `span` before and after `taken`."""
    if not span.meets(taken):
        return (span,)
    before = (Span(span.start, taken.start),) if span.start < taken.start else ()
    after = (Span(taken.end, span.end),) if taken.end < span.end else ()
    return (*before, *after)


def _strongest_last(override: Override) -> tuple[bool, int]:
    return not override.cause.yields, override.id


def _after(duties: Sequence[Duty], override: Override) -> Iterator[Duty]:
    for duty in duties:
        if duty.person == override.replaces and duty.desk == override.desk:
            for span in what_is_left(duty.span, override.span):
                yield Duty(duty.person, duty.desk, span, duty.standby)
        else:
            yield duty
    if override.comes is not None:
        yield Duty(override.comes, override.desk, override.span, override.standby)
