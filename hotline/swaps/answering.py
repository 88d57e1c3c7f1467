"""By which ways somebody can answer who is asked to swap."""

from hotline.config.settings import Settings, Sms


def how_to_answer(settings: Settings) -> tuple[str, ...]:
    """The phrases of how somebody answers who is asked to swap: on the page in any case."""
    ways = ["how_swap_page"]
    if settings.phones is not None:
        ways.append("how_swap_phone")
    if settings.carrier.sms is Sms.TWO_WAY:
        ways.append("how_swap_text")
    return tuple(ways)
