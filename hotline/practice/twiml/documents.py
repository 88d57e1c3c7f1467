"""What does a webhook's answer tell a call to do, and what would Twilio refuse in it?"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from hotline.practice.twiml.grammar import ALLOWED, VERBS, Form, Numbers, Setting, Values
from hotline.practice.wire import Reply

LARGEST = 64 * 1024
LONGEST_SAY = 4096
LONGEST_CONFERENCE_NAME = 128
LONGEST_QUEUE_NAME = 64
MOST_NOUNS = 10
TWIML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPEAKS_CHINESE = re.compile(r"^(zh|cmn|yue)-|cmn-CN|yue-HK|Zhiyu|Hiujin", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - what Twilio does, not what we did wrong
    """Twilio would not play this. `code` is its error code, `url` what was asked, if known."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.url = ""


@dataclass(frozen=True)
class Verb:
    """One element: its name, attributes, own words and nested elements."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: tuple["Verb", ...] = ()

    def number(self, attribute: str, otherwise: int) -> int:
        """A whole-number attribute."""
        return int(self.attributes.get(attribute, otherwise))

    def says(self, attribute: str, otherwise: str = "") -> str:
        """A text attribute."""
        return self.attributes.get(attribute, otherwise)

    def wants(self, attribute: str) -> bool:
        """Whether an attribute that is off by itself is on."""
        return self.attributes.get(attribute) == "true"


@dataclass(frozen=True)
class Document:
    """Verbs in order."""

    verbs: tuple[Verb, ...]


def document(reply: Reply, setting: Setting) -> Document:
    """What `reply` tells a call to do in `setting`; raises Refused."""
    if not 200 <= reply.status < 300:
        raise Refused(11200, f"the webhook answered {reply.status}")
    if len(reply.body) > LARGEST:
        raise Refused(11750, f"the document has {len(reply.body)} bytes")
    kind = reply.content_type.split(";")[0].strip().lower()
    if kind.startswith("audio/"):
        return Document((Verb("Play", {}, "the answer itself"),))
    if kind == "text/plain":
        return _plain(reply.body, setting)
    if kind not in TWIML_TYPES:
        raise Refused(12300, f"content type {kind or 'missing'}")
    return _parsed(reply.body, setting)


def _plain(body: bytes, setting: Setting) -> Document:
    try:
        return _parsed(body, setting)
    except Refused:
        return Document((Verb("Say", {}, body.decode(errors="replace")),))


def _parsed(body: bytes, setting: Setting) -> Document:
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - our own webhooks' answers
    except ElementTree.ParseError as error:
        raise Refused(12100, f"not XML: {error}") from error
    if root.tag != "Response":
        raise Refused(12100, f"the root is {root.tag}, not Response")
    if root.attrib or _own_words(root):
        raise Refused(12200, "Response carries neither attributes nor text")
    verbs = tuple(_verb(element) for element in root)
    _in_its_setting(verbs, setting)
    return Document(verbs)


def _own_words(element: ElementTree.Element) -> str:
    inner = [element.text or "", *(child.tail or "" for child in element)]
    return "".join(inner).strip()


def _verb(element: ElementTree.Element) -> Verb:
    form = VERBS.get(element.tag)
    if form is None:
        raise Refused(12200, f"no verb {element.tag}")
    _attributes(element, form)
    if not form.says and _own_words(element):
        raise Refused(12200, f"{element.tag} has no text")
    for child in element.iter():
        if child is not element and child.tag not in form.children:
            raise Refused(12200, f"{child.tag} does not belong in {element.tag}")
    if element.tag == "Say":
        return _say(element)
    children = tuple(_verb(child) for child in element)
    verb = Verb(element.tag, dict(element.attrib), _own_words(element), children)
    _sizes(verb)
    return verb


def _attributes(element: ElementTree.Element, form: Form) -> None:
    for name, value in element.attrib.items():
        if name not in form.attributes:
            raise Refused(12200, f"{element.tag} has no attribute {name}")
        if not _fits(value, form.attributes[name]):
            raise Refused(12200, f"{element.tag} {name}={value!r} is out of bounds")


def _fits(value: str, values: Values) -> bool:
    if values is None:
        return True
    if isinstance(values, Numbers):
        return value.isdecimal() and values.least <= int(value) <= values.most
    return value in values


def _say(element: ElementTree.Element) -> Verb:
    text = " ".join("".join(element.itertext()).split())
    if not text:
        raise Refused(13520, "Say without words")
    if len(text) > LONGEST_SAY:
        raise Refused(13520, f"Say of {len(text)} characters")
    spoken_in = f"{element.get('language', '')} {element.get('voice', '')}".split()
    if _CHINESE.search(text) and not any(_SPEAKS_CHINESE.search(name) for name in spoken_in):
        raise Refused(13520, "Chinese words without a Chinese language or voice")
    return Verb("Say", dict(element.attrib), text)


def _sizes(verb: Verb) -> None:
    match verb.name:
        case "Dial":
            _nouns(verb)
        case "Enqueue" if not 0 < len(verb.text) <= LONGEST_QUEUE_NAME:
            raise Refused(13230, "a queue's name has 1 to 64 characters")
        case "Conference" if not 0 < len(verb.text) <= LONGEST_CONFERENCE_NAME:
            raise Refused(13233, "a conference's name has 1 to 128 characters")
        case "Conference" if len(verb.says("participantLabel")) > LONGEST_CONFERENCE_NAME:
            raise Refused(16025, "a participant's label has at most 128 characters")
        case "Number" | "Sip" | "Client" | "Queue" if not verb.text:
            raise Refused(13224, f"{verb.name} without a number")


def _nouns(dial: Verb) -> None:
    rooms = [noun for noun in dial.children if noun.name in {"Conference", "Queue"}]
    if rooms and len(dial.children) > 1:
        raise Refused(12200, "a room is dialled alone")
    if len(dial.children) > MOST_NOUNS:
        raise Refused(12200, f"Dial with {len(dial.children)} nouns")
    if bool(dial.text) == bool(dial.children):
        raise Refused(13224, "Dial needs a number or nouns")


def _in_its_setting(verbs: tuple[Verb, ...], setting: Setting) -> None:
    for place, verb in enumerate(verbs):
        if verb.name not in ALLOWED[setting]:
            raise Refused(12200, f"{verb.name} is not allowed in {setting.value}")
        if verb.name == "Reject" and place:
            raise Refused(12200, "Reject must come first")
