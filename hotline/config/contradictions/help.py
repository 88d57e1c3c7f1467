"""What of the help page's settings cannot be so."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from hotline.config.settings import Settings


def about_help(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about the help page that cannot be so."""
    found = settings.helps
    if found.asks_an_hour < 1:
        yield f"help.asks_an_hour must be at least 1, not {found.asks_an_hour}."
    if found.asks_an_hour_in_all < found.asks_an_hour:
        yield (
            "help.asks_an_hour_in_all must be at least help.asks_an_hour, "
            f"not {found.asks_an_hour_in_all}."
        )
    if not _is_web_address(found.leave_to):
        yield f"help.leave_to must be a web address with http or https, not {found.leave_to!r}."
    for line in settings.lines:
        path = f"lines[{line.name}].for_whom"
        if line.for_whom == ():
            yield f"{path} is empty; left out, the line is for everybody."
        if len(set(line.for_whom or ())) < len(line.for_whom or ()):
            yield f"{path} holds something twice."


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
