"""Is a configuration read as written, and is every wrong key named?"""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.config import (
    ConfigError,
    missing_for,
    secrets_from,
    settings_from,
)
from hotline.config.keys import path_in
from hotline.config.settings import CarrierKind, Language, Weekday
from scheduling.problem import ShiftKind
from tests.hotline.config.tiny import TINY, loaded, spoilt

ENVIRONMENT = {
    "HOTLINE_SECRET_KEY": "hush",
    "HOTLINE_DATA_KEY": "quiet",
    "HOTLINE_DATABASE_URL": "sqlite:////tmp/x.db",
    "HOTLINE_PUBLIC_URL": " https://hotline.example.org/ ",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "token",
    "TWILIO_AUTH_TOKEN_SECOND": "older",
    "TWILIO_API_BASE": "https://carrier.example.org/",
}


def test_a_site_in_london_loads() -> None:
    settings = loaded()
    assert settings.site.zone == ZoneInfo("Europe/London")
    assert settings.site.language is Language.EN
    [desk] = settings.desks
    assert desk.shifts[0].start == time(22)
    assert desk.shifts[0].kind is ShiftKind.NIGHT
    assert desk.shifts[0].days == (Weekday.MON, Weekday.SUN)
    assert desk.shifts[0].most is None
    assert settings.lines[0].desks == ("night",)
    assert settings.certificates["crisis"].en == "Crisis"


def test_times_may_stand_without_quotes_as_toml_writes_them() -> None:
    assert loaded(TINY.replace('start = "22:00"', "start = 22:00:00")) == loaded()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "longest_wait =",
            "longest_wiat =",
            "answering.longest_wiat is unknown; did you mean longest_wait?",
        ),
        (
            "unfair_night =",
            "Unfair-Night =",
            "scheduling.prices.Unfair-Night is unknown; did you mean unfair_night?",
        ),
        ("[serving]", "[srving]", "srving is unknown; did you mean serving?"),
        (
            "threads = 4",
            "threads = 4\nxyzzy = 1",
            "serving.xyzzy is unknown; known here: host, port, threads, server, processes.",
        ),
        (
            'kind = "night"',
            'kind = "night"\nstrat = "22:00"',
            "desks[night].shifts[night].strat is unknown; did you mean start?",
        ),
        ("ring = 20\n", "", "answering.ring is missing."),
        ("unwanted = 30\n", "", "scheduling.prices.unwanted is missing."),
        ("supervised_turns = 10\n", "", "scheduling.supervised_turns is missing."),
        ("floor = 1\n", "", "desks[night].cover[1].floor is missing."),
        ('en = "Crisis"', 'eng = "Crisis"', "certificates.crisis.eng is unknown; did you mean en?"),
        ("visit = 8", "visit = 8.0", "answering.visit must be a whole number, not 8.0."),
        ("visit = 8", "visit = true", "answering.visit must be a whole number, not True."),
        ("visit = 8", 'visit = "8"', "answering.visit must be a whole number, not '8'."),
        ("made_up = true", "made_up = 1", "site.made_up must be true or false, not 1."),
        ("seconds = 5.0", "seconds = []", "scheduling.seconds must be a number."),
        ('host = "127.0.0.1"', "host = 127", "serving.host must be a text in quotes, not 127."),
        ('emergency = ["999"]', 'emergency = "999"', "site.emergency must be a list, not '999'."),
        (
            'title = { zh = "夜间", en = "Night" }',
            'title = "Night"',
            "desks[night].title must be a table, not 'Night'.",
        ),
        (
            '"Europe/London"',
            '"Europe/Londn"',
            "site.zone must be a time zone, like Asia/Shanghai, not 'Europe/Londn'.",
        ),
        (
            'start = "22:00"',
            'start = "25:00"',
            "desks[night].shifts[night].start must be a time of day in quotes, like 22:00, "
            "not '25:00'.",
        ),
        (
            'kind = "practice"',
            'kind = "twillio"',
            "carrier.kind must be 'practice' or 'twilio', not 'twillio'.",
        ),
        (
            "calls_per_second = 1",
            "calls_per_second = inf",
            "carrier.calls_per_second is not usable: Input should be a finite number, not inf.",
        ),
        (
            "[certificates.crisis]",
            "[certificates.Crisis]",
            "certificates has the name 'Crisis'; use a-z, 0-9 and hyphens, at most 40.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(right: str, wrong: str, said: str) -> None:
    assert said in spoilt(right, wrong)


def test_a_typo_is_said_once_and_not_as_a_missing_key_too() -> None:
    assert len(spoilt("longest_wait =", "longest_wiat =")) == 1


def test_every_problem_is_said_at_once() -> None:
    wrong = TINY.replace("ring =", "rinng =").replace("port = 8096\n", "").replace('"en"]', '"fr"]')
    with pytest.raises(ConfigError) as caught:
        loaded(wrong)
    assert caught.value.problems == (
        "answering.rinng is unknown; did you mean ring?",
        "serving.port is missing.",
        "lines[12355].languages[1] must be 'zh' or 'en', not 'fr'.",
    )
    assert str(caught.value).startswith("tiny.toml cannot be used:\nanswering.rinng")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[site\n", "It is not TOML: Expected"),
        (b"\xff\xfe", "It is not written in UTF-8."),
        (b"", "site is missing."),
    ],
)
def test_a_file_that_is_no_configuration_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        settings_from(path)
    assert caught.value.problems[0].startswith(said)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        settings_from(tmp_path / "nowhere.toml")
    assert caught.value.problems == ("There is no such file; name one: --config FILE.",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="It cannot be read: Is a directory"):
        settings_from(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TINY, encoding="utf-8-sig")
    assert settings_from(path) == loaded()


def test_secrets_come_from_the_environment_without_stray_spaces_and_slashes() -> None:
    secrets = secrets_from(ENVIRONMENT)
    assert secrets.secret_key == "hush"
    assert secrets.public_url == "https://hotline.example.org"
    assert secrets.api_base == "https://carrier.example.org"
    assert missing_for(CarrierKind.TWILIO, secrets) == ()


def test_secrets_show_in_no_representation() -> None:
    shown = repr(secrets_from(ENVIRONMENT))
    assert not any(secret in shown for secret in ("hush", "quiet", "'token'"))


def test_a_real_carrier_needs_its_credentials_and_our_address() -> None:
    nothing = secrets_from({"TWILIO_AUTH_TOKEN": "   "})
    assert missing_for(CarrierKind.TWILIO, nothing) == (
        "HOTLINE_SECRET_KEY",
        "HOTLINE_DATA_KEY",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "HOTLINE_PUBLIC_URL",
    )


def test_the_practice_carrier_needs_only_our_own_keys() -> None:
    assert missing_for(CarrierKind.PRACTICE, secrets_from({})) == (
        "HOTLINE_SECRET_KEY",
        "HOTLINE_DATA_KEY",
    )


def test_items_of_a_list_are_named_or_counted_from_one() -> None:
    file = {"desks": [{"name": "night", "cover": [{}, {}]}]}
    assert path_in(file, ("desks", 0, "cover", 1, "floor")) == "desks[night].cover[2].floor"
    assert path_in(file, ("lines", 0, "name")) == "lines[1].name"
