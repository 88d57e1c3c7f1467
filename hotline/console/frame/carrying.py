"""What somebody typed into a form after their session was over: carried until they are back."""

import json
from dataclasses import dataclass
from typing import Final

from flask import request

NAME: Final = "carried"  # the field of the sign-in form that carries it
ONCE: Final = "once"  # goes along: what was kept before the session ended is not kept twice
NOT_CARRIED: Final = frozenset({"csrf", "password", "old", "code"})
LONG: Final = 20  # characters that nobody likes to type again


@dataclass(frozen=True)
class Carried:
    """A form as it was sent. path: of ours, where to; fields: names and values in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def written(self) -> str:
        """As the sign-in form carries it."""
        return json.dumps([self.path, *self.fields], ensure_ascii=False)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The longer of what was typed."""
        typed = (value for name, value in self.fields if name != ONCE)
        return tuple(value for value in typed if len(value) >= LONG)


def sent_here() -> Carried | None:
    """The form of this request; None if it is none, is of htmx, or brings a file."""
    if request.method != "POST" or "HX-Request" in request.headers or request.files:
        return None
    fields = request.form.items(multi=True)
    kept = tuple((name, value) for name, value in fields if name not in NOT_CARRIED)
    typed = any(name != ONCE for name, _ in kept)
    return Carried(request.full_path.rstrip("?"), kept) if typed else None


def brought_along() -> Carried | None:
    """What the sign-in form brings; None if it brings nothing, or nothing that we wrote."""
    try:
        path, *fields = json.loads(request.form.get(NAME, "null"))
        kept = tuple((str(name), str(value)) for name, value in fields)
    except (TypeError, ValueError, RecursionError):
        return None
    return Carried(path, kept) if isinstance(path, str) and is_our_path(path) else None


def is_our_path(wanted: str) -> bool:
    """Whether an address is a path of this site and leads nowhere else."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    return plain and wanted.isprintable()
