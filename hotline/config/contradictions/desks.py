"""What of a desk's certificates, shifts and cover cannot be so."""

from collections.abc import Iterator, Sequence
from datetime import time
from difflib import get_close_matches
from itertools import combinations, groupby
from typing import Final

from hotline.config.settings import Cover, Desk, Settings, ShiftTemplate, Weekday
from scheduling.problem import ShiftKind

DAYS: Final = tuple(Weekday)
SLOTS_A_DAY: Final = 48  # half hours
SLOTS_A_WEEK: Final = 7 * SLOTS_A_DAY
LONGEST_SHIFT: Final = 48  # hours
LONGEST_HANDOVER: Final = 120  # minutes


def about_desks(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about a desk that cannot be so."""
    for desk in settings.desks:
        path = f"desks[{desk.name}]"
        yield from _about_certificates(settings, desk, path)
        timely = [
            *(problem for shift in desk.shifts for problem in _about_shift(shift, path)),
            *(
                problem
                for n, cover in enumerate(desk.cover, 1)
                for problem in _about(cover, path, n)
            ),
        ]
        yield from timely
        if not timely:
            yield from _asked_twice(desk, path)
            yield from _out_of_reach(desk, path)


def unknown_name(path: str, name: str, known: Sequence[str]) -> str:
    """The sentence for a name that nothing has."""
    close = get_close_matches(name, known, n=1)
    advice = f"did you mean {close[0]}?" if close else f"known: {', '.join(known) or 'none'}."
    return f"{path} names {name!r}, which does not exist; {advice}"


def _about_certificates(settings: Settings, desk: Desk, path: str) -> Iterator[str]:
    known = list(settings.certificates)
    for name in desk.certificates:
        if name not in known:
            yield unknown_name(f"{path}.certificates", name, known)
    for place, cover in enumerate(desk.cover, 1):
        if cover.certificate is not None and cover.certificate not in known:
            yield unknown_name(f"{path}.cover[{place}].certificate", cover.certificate, known)


def _about_shift(shift: ShiftTemplate, desk: str) -> Iterator[str]:
    path = f"{desk}.shifts[{shift.name}]"
    if not 0 < shift.hours <= LONGEST_SHIFT:
        yield f"{path}.hours must be more than 0 and at most {LONGEST_SHIFT}, not {shift.hours}."
    if shift.hours * 2 % 1:
        yield f"{path}.hours must be a multiple of half an hour, not {shift.hours}."
    yield from _off_grid(f"{path}.start", shift.start)
    if not shift.days:
        yield f"{path}.days is empty; a shift has at least one day."
    if not 0 <= (shift.handover_minutes or 0) <= LONGEST_HANDOVER:
        yield (
            f"{path}.handover_minutes must be from 0 to {LONGEST_HANDOVER}, "
            f"not {shift.handover_minutes}."
        )
    if shift.most is not None and shift.most < 1:
        yield f"{path}.most must be at least 1, not {shift.most}."


def _about(cover: Cover, desk: str, place: int) -> Iterator[str]:
    path = f"{desk}.cover[{place}]"
    yield from _off_grid(f"{path}.start", cover.start)
    yield from _off_grid(f"{path}.end", cover.end)
    if not cover.days:
        yield f"{path}.days is empty; cover has at least one day."
    if cover.floor < 0:
        yield f"{path}.floor must not be negative."
    if cover.floor > cover.target:
        yield f"{path}.floor is {cover.floor}, which is more than its target {cover.target}."
    if cover.certificate is not None and cover.standby:
        yield f"{path} asks for standby and for a certificate; it can ask for one of the two."
    if cover.certificate is not None and cover.floor < cover.target:
        yield f"{path}.target must equal its floor {cover.floor}: it asks for a certificate."


def _off_grid(path: str, clock: time) -> Iterator[str]:
    if clock.minute % 30 or clock.second or clock.microsecond:
        yield f"{path} must be on the hour or the half hour, not {clock.isoformat()}."
    if clock.tzinfo is not None:
        yield f"{path} must be a time of the site's zone, without an offset of its own."


def _asked_twice(desk: Desk, path: str) -> Iterator[str]:
    for (first, one), (second, other) in combinations(enumerate(desk.cover, 1), 2):
        common = _cover_slots(one) & _cover_slots(other)
        if _kind(one) == _kind(other) and common:
            yield (
                f"{path}.cover[{first}] and {path}.cover[{second}] both speak of "
                f"{_stretch(common)}; a half hour is asked for once."
            )


def _out_of_reach(desk: Desk, path: str) -> Iterator[str]:
    reached: dict[bool, set[int]] = {True: set(), False: set()}
    for shift in desk.shifts:
        reached[shift.kind is ShiftKind.STANDBY] |= _shift_slots(shift)
    for place, cover in enumerate(desk.cover, 1):
        bare = _cover_slots(cover) - reached[bool(cover.standby)]
        if cover.target and bare:
            yield f"{path}.cover[{place}] asks for people {_stretch(bare)}, but no shift is then."


def _kind(cover: Cover) -> tuple[str | None, bool]:
    return cover.certificate, bool(cover.standby)


def _shift_slots(shift: ShiftTemplate) -> frozenset[int]:
    return _slots(shift.days, shift.start, int(shift.hours * 2))


def _cover_slots(cover: Cover) -> frozenset[int]:
    length = (_slot(cover.end) - _slot(cover.start)) % SLOTS_A_DAY or SLOTS_A_DAY
    return _slots(cover.days, cover.start, length)


def _slots(days: Sequence[Weekday], start: time, length: int) -> frozenset[int]:
    """Half hours of the week by the wall clock, counted from Monday 00:00."""
    starts = [DAYS.index(day) * SLOTS_A_DAY + _slot(start) for day in days]
    return frozenset((first + n) % SLOTS_A_WEEK for first in starts for n in range(length))


def _slot(clock: time) -> int:
    return clock.hour * 2 + clock.minute // 30


def _stretch(slots: frozenset[int]) -> str:
    """The first unbroken stretch, like "Mon 12:00-14:00"."""
    runs = groupby(enumerate(sorted(slots)), key=lambda pair: pair[1] - pair[0])
    run = [slot for _, slot in next(runs)[1]]
    day, first = divmod(run[0], SLOTS_A_DAY)
    return f"{DAYS[day]} {_clock(first)}-{_clock((run[-1] + 1) % SLOTS_A_DAY)}"


def _clock(slot: int) -> str:
    return f"{slot // 2:02}:{slot % 2 * 30:02}"
