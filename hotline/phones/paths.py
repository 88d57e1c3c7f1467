"""The addresses of a call of the staff, below the public URL. None carries a number or a PIN."""


def pin(call: str, number: int) -> str:
    """The PIN was keyed in, for the n-th time."""
    return f"/voice/staff/{call}/pin/{number}"


def key(call: str, menu: str, number: int) -> str:
    """A key of a menu: `number` counts keys, ten for each, and how many of them meant nothing."""
    return f"/voice/staff/{call}/key/{menu}/{number}"
