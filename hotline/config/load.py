"""How config.toml and the environment become settings, or a list of everything wrong."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from hotline.config.contradictions.whole import contradictions
from hotline.config.keys import misnamed, path_in
from hotline.config.settings import CarrierKind, Secrets, Settings
from hotline.errors import HotlineError
from scheduling.demand.dates.announced import overrides_from

NAMES: Final[Mapping[str, str]] = {
    "secret_key": "HOTLINE_SECRET_KEY",
    "data_key": "HOTLINE_DATA_KEY",
    "account_sid": "TWILIO_ACCOUNT_SID",
    "auth_token": "TWILIO_AUTH_TOKEN",
    "second_token": "TWILIO_AUTH_TOKEN_SECOND",
    "api_base": "TWILIO_API_BASE",
    "database_url": "HOTLINE_DATABASE_URL",
    "public_url": "HOTLINE_PUBLIC_URL",
}
ALWAYS: Final = ("secret_key", "data_key")
WITH_A_CARRIER: Final = (*ALWAYS, "account_sid", "auth_token", "public_url")

SAID_BY_MISNAMED: Final = frozenset({"missing", "unexpected_keyword_argument"})
WANTED: Final[Mapping[str, str]] = {
    "string_type": "a text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "time_type": "a time of day in quotes, like 22:00",
    "time_parsing": "a time of day in quotes, like 22:00",
    "tuple_type": "a list",
    "dataclass_type": "a table",
    "mapping_type": "a table",
    "zoneinfo_str": "a time zone, like Asia/Shanghai",
    "zoneinfo_type": "a time zone in quotes, like Asia/Shanghai",
}


class ConfigError(HotlineError):
    """The configuration cannot be used. `problems`: one sentence each, every one of them."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join([f"{path} cannot be used:", *problems]))
        self.path = path
        self.problems = problems


class _File(BaseModel):
    """Extra keys are refused in every dataclass below: pydantic hands this down."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    settings: Settings


def settings_from(path: Path) -> Settings:
    """The settings that stand in a file. Raises ConfigError naming every problem at once."""
    try:
        return _with_overrides(settings_written(path.read_text(encoding="utf-8"), path), path)
    except FileNotFoundError:
        raise ConfigError(path, ("There is no such file; name one: --config FILE.",)) from None
    except UnicodeDecodeError:
        raise ConfigError(path, ("It is not written in UTF-8.",)) from None
    except OSError as error:
        raise ConfigError(path, (f"It cannot be read: {error.strerror}.",)) from None


def settings_written(text: str, path: Path) -> Settings:
    """The settings in the text of a file; `path` only names it in errors."""
    try:
        file = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, (f"It is not TOML: {error}.",)) from None
    problems = misnamed(file, Settings)
    try:
        # By way of JSON: only there is pydantic strict (8.0 and true are no whole numbers) and
        # still reads times, lists and enumerations from what a file can hold.
        read = _File.model_validate_json(json.dumps({"settings": file}, default=str))
    except ValidationError as error:
        raise ConfigError(path, (*problems, *_sentences(file, error))) from None
    if problems := problems or list(contradictions(read.settings)):
        raise ConfigError(path, tuple(problems))
    return read.settings


def _with_overrides(settings: Settings, path: Path) -> Settings:
    """The same, with the place of demand.overrides found from the file's folder, and readable."""
    if settings.demand is None or settings.demand.overrides is None:
        return settings
    file = path.parent / settings.demand.overrides
    try:
        overrides_from(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise ConfigError(path, (f"demand.overrides: {file} cannot be used: {said}.",)) from None
    return replace(settings, demand=replace(settings.demand, overrides=str(file)))


def secrets_from(environ: Mapping[str, str]) -> Secrets:
    """What the environment holds; empty where it holds nothing."""
    found = {field: environ.get(name, "").strip() for field, name in NAMES.items()}
    return Secrets(
        **{
            **found,
            "public_url": found["public_url"].rstrip("/"),
            "api_base": found["api_base"].rstrip("/"),
        }
    )


def missing_for(kind: CarrierKind, secrets: Secrets) -> tuple[str, ...]:
    """The environment variables that must still be set before this kind of carrier can be used."""
    needed = WITH_A_CARRIER if kind is CarrierKind.TWILIO else ALWAYS
    return tuple(NAMES[field] for field in needed if not getattr(secrets, field))


def _sentences(file: Mapping[str, object], error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        if detail["type"] not in SAID_BY_MISNAMED:
            yield f"{path_in(file, detail['loc'][1:])} {_wrong(detail)}"


def _wrong(detail: ErrorDetails) -> str:
    given = detail["input"]
    shown = f", not {given!r}" if isinstance(given, str | int | float) else ""
    if detail["type"] == "enum":
        return f"must be {detail['ctx']['expected']}{shown}."
    wanted = WANTED.get(detail["type"])
    return f"must be {wanted}{shown}." if wanted else f"is not usable: {detail['msg']}{shown}."
