"""Writes the parts of the documents that are drawn from the code: rooms, rules, routes...

Usage: python -m scripts.docs (make docs). A part stands between two comments; what is around them
is written by hand. tests/test_docs.py fails when a part is not what the code says.
"""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Flask
from werkzeug.routing import Rule as Route

from hotline.accounts.permits import MAY, Act
from hotline.accounts.roles import Role
from hotline.calls.instructions import RingOne
from hotline.config import settings_from
from hotline.config.settings import Secrets
from hotline.console.frame.asking import permit_of
from hotline.console.rooms import ROOMS
from hotline.parts import Parts
from hotline.privacy import new_data_key
from hotline.store import Store
from scheduling.rules import RULES, WISHES
from scheduling.rules.faces import Rule, Wish
from scripts.diagrams import DIAGRAMS
from webhooks.app import create_app
from webhooks.twiml import document

ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("scheduling", "hotline", "webhooks")
DOCUMENTS: Final = sorted((ROOT / "docs").glob("*.md"))
PART: Final = re.compile(r"(<!-- made by make docs: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
TAG: Final = re.compile(r"<([A-Z]\w*)([^>]*)>")
CONFIGURED: Final = frozenset(
    {"voice.incoming", "voice.status", "fallback.serve", "texts.incoming"}
)
BY_SIP: Final = RingOne("sip:v01@example.org", "96111", "/whisper", "/after", 20, 60)
NOT_OURS: Final = "static"  # Flask adds it; there is no such folder, so it answers 404
ANSWERS: Final = {
    "voice.status": "204",
    "voice.leg_status": "204",
    "voice.alone": "TwiML, or 410 to leave the room",
    "voice.leg_alone": "TwiML, or 410 to leave the room",
    "board.show_live": "a block of the page, or 304",
    "board.show_coverage": "a block of the page, or 304",
    "frame.show_asset": "a file, kept by the browser",
    "help.list_lines": "[JSON](help-api.md), or 304",
    "help.show_line": "JSON, or 304",
    "help.list_places": "JSON, or 304",
    "help.show_description": "JSON, or 304",
    "me.send_calendar": "an iCalendar document, or 304; 404 where there is none",
    "me.renew_calendar": "the page, with the address",
}


def main() -> None:
    """Bring every document up to date."""
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        if (fresh := rewritten(text)) != text:
            path.write_text(fresh, encoding="utf-8")
            print(path.relative_to(ROOT))  # noqa: T201 - a command's output


def rewritten(text: str) -> str:
    """The same document with every part drawn anew. Raises KeyError for an unknown part."""
    return PART.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n\n{part[3]}", text)


def rooms() -> str:
    """Every package, and the first sentence of what it says of itself."""
    found = (path for top in PACKAGES for path in sorted((ROOT / top).rglob("__init__.py")))
    rows = (f"| `{path.parent.relative_to(ROOT)}/` | {_first_line(path)} |" for path in found)
    return "\n".join(("| folder | what it holds or answers |", "|---|---|", *rows))


def _first_line(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said is not None  # lint asks for one
    return said.splitlines()[0]


def rules() -> str:
    """Every rule that must hold, in its own words."""
    return _policy(RULES)


def wishes() -> str:
    """Every wish that is priced, in its own words; those of the first level first."""
    ordered = sorted(WISHES, key=lambda wish: wish.level)
    rows = (f"| {wish.level.title} {_row(wish)}" for wish in ordered)
    return "\n".join(
        ("| level | name | says | how much | source | code |", "|---|---|---|---|---|---|", *rows)
    )


def _policy(units: Iterable[Rule]) -> str:
    rows = map(_row, units)
    return "\n".join(("| name | says | how much | source | code |", "|---|---|---|---|---|", *rows))


def _row(unit: Rule | Wish) -> str:
    return f"| {unit.name} | {' | '.join(_told(unit))} | `{_place(unit)}` |"


def _told(unit: Rule | Wish) -> tuple[str, ...]:
    """A docstring's three sentences. Raises ValueError if one is missing."""
    words = " ".join((inspect.getdoc(unit) or "").split())
    found = re.fullmatch(r"(.+?) Magnitude: (.+?) Source: (.+)", words)
    if found is None:
        raise ValueError(f"{type(unit).__name__} does not say its magnitude and its source")
    return found.groups()


def _place(unit: Rule | Wish) -> str:
    return str(Path(inspect.getfile(type(unit))).relative_to(ROOT))


def routes() -> str:
    """Every route of the web application: who asks what, and what is answered."""
    app = assembled()
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint != NOT_OURS]
    rows = [_route(app, rule) for rule in sorted(found, key=_configured_first)]
    head = ("| method and address | who asks | when | answer |", "|---|---|---|---|")
    return "\n".join((*head, *rows))


def assembled() -> Flask:
    """The whole application of the sample site, with a database that nobody asks."""
    secrets = Secrets(secret_key=new_data_key(), data_key=new_data_key())
    nowhere = Store("sqlite:////nowhere/hotline.db")
    settings = settings_from(ROOT / "config.toml")
    return create_app(Parts(settings, secrets, nowhere, lambda: datetime.min.replace(tzinfo=UTC)))


def _configured_first(rule: Route) -> tuple[bool, bool, str]:
    return (rule.endpoint not in CONFIGURED, _is_page(rule.endpoint), rule.rule)


def _route(app: Flask, rule: Route) -> str:
    (method,) = {"GET", "POST"} & (rule.methods or set())
    when = (inspect.getdoc(app.view_functions[rule.endpoint]) or "").partition("\n")[0]
    answer = ANSWERS.get(rule.endpoint) or _usual_answer(rule.endpoint, method)
    return f"| `{method} {rule.rule}` | {_asker(app, rule.endpoint)} | {when} | {answer} |"


def _usual_answer(endpoint: str, method: str) -> str:
    if not _is_page(endpoint):
        return "TwiML"
    return "a page" if method == "GET" else "303, or the page with what is wrong"


def _is_page(endpoint: str) -> bool:
    return endpoint.partition(".")[0] in {room.name for room in ROOMS}


def _asker(app: Flask, endpoint: str) -> str:
    if _is_page(endpoint):
        with app.app_context():
            act = permit_of(endpoint).act
        return "anybody" if act is None else f"whoever may `{act}`"
    return "the carrier, as configured there" if endpoint in CONFIGURED else "the carrier"


def access() -> str:
    """Every act, what role may do it, and the addresses it opens."""
    app = assembled()
    opens: dict[Act | None, list[str]] = defaultdict(list)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if _is_page(rule.endpoint):
            (method,) = {"GET", "POST"} & (rule.methods or set())
            with app.app_context():
                opens[permit_of(rule.endpoint).act].append(f"`{method} {rule.rule}`")
    head = ("| act | " + " | ".join(Role) + " | opens |", "|---" * (len(Role) + 2) + "|")
    rows = [
        f"| `{act}` | {' | '.join('yes' if role in MAY[act] else '-' for role in Role)} "
        f"| {'<br>'.join(opens[act])} |"
        for act in Act
    ]
    anybody = f"| anybody | {' | '.join('yes' for _ in Role)} | {'<br>'.join(opens[None])} |"
    return "\n".join((*head, anybody, *rows))


def verbs() -> str:
    """Every TwiML verb that we answer with, and its attributes, as the golden files show them."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in _documents():
        for tag, attributes in TAG.findall(text):
            found[tag] |= set(re.findall(r"(\w+)=", attributes))
    del found["Response"]
    rows = [
        f"| `{tag}` | {', '.join(f'`{name}`' for name in sorted(found[tag]))} |"
        for tag in sorted(found)
    ]
    return "\n".join(("| verb | attributes |", "|---|---|", *rows))


def _documents() -> Iterator[str]:
    for path in (ROOT / "tests" / "golden").glob("*.xml"):
        yield path.read_text(encoding="utf-8")
    yield document((BY_SIP,), "")


PARTS: Final[Mapping[str, Callable[[], str]]] = {
    **DIAGRAMS,
    "rooms": rooms,
    "rules": rules,
    "wishes": wishes,
    "routes": routes,
    "access": access,
    "verbs": verbs,
}

if __name__ == "__main__":
    main()
