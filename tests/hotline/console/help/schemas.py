"""Does a document keep to a schema? The few words of JSON Schema that our description uses."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Schema = dict[str, Any]
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
KNOWN = {
    *("type", "properties", "required", "additionalProperties", "items", "enum", "pattern"),
    *("format", "description", "$ref"),
}


def faults(document: Any, schema: Schema, whole: Schema, at: str = "$") -> Iterator[str]:
    """Where `document` breaks `schema`. whole: the description that references point into."""
    assert set(schema) <= KNOWN, f"a word that this check does not know: {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from faults(document, found(whole, schema["$ref"]), whole, at)
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(document, KINDS[kind]) for kind in kinds):
        yield f"{at} is {document!r}, not {kinds}"
        return
    match document:
        case dict():
            yield from _in_object(document, schema, whole, at)
        case list():
            for place, item in enumerate(document):
                yield from faults(item, schema["items"], whole, f"{at}[{place}]")
        case str():
            yield from _in_text(document, schema, at)


def found(whole: Schema, reference: str) -> Schema:
    """What `#/components/schemas/Line` points to."""
    here: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        here = here[step]
    assert isinstance(here, dict)
    return here


def _in_object(document: Schema, schema: Schema, whole: Schema, at: str) -> Iterator[str]:
    known = schema["properties"]
    for name in schema["required"]:
        if name not in document:
            yield f"{at}.{name} is missing"
    for name, value in document.items():
        if name not in known:
            yield f"{at}.{name} is not described"
        else:
            yield from faults(value, known[name], whole, f"{at}.{name}")


def _in_text(text: str, schema: Schema, at: str) -> Iterator[str]:
    if "enum" in schema and text not in schema["enum"]:
        yield f"{at} is {text!r}, not one of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], text):
        yield f"{at} is {text!r}, not like {schema['pattern']}"
    if schema.get("format") == "date-time" and datetime.fromisoformat(text).tzinfo is None:
        yield f"{at} is {text!r}, without an offset"
    if schema.get("format") == "uri" and not text.startswith(("http://", "https://")):
        yield f"{at} is {text!r}, no whole address"
