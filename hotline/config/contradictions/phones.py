"""What in the numbers that staff dial contradicts itself or belongs to a line."""

from collections.abc import Iterator

from hotline.config.settings import Settings
from hotline.numbers import number_key, well_formed_number


def about_phones(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that cannot be so."""
    if settings.phones is None:
        return
    if not settings.phones.numbers:
        yield "phones.numbers is empty; leave out the table phones if nobody dials in."
    lines = {number_key(number): line.name for line in settings.lines for number in line.numbers}
    for number in settings.phones.numbers:
        if not well_formed_number(number):
            yield (
                f"phones.numbers holds {number!r}, which is no short code, no number like "
                "+862558250000 and no SIP address like sip:staff@example.org."
            )
        elif number_key(number) in lines:
            yield (
                f"phones.numbers holds {number!r}, which lines[{lines[number_key(number)]}] has "
                "already: callers would be asked for a PIN."
            )
