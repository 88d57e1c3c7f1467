"""The smallest site that loads, in London, as text to spoil."""

from pathlib import Path
from typing import Final

from hotline.config import ConfigError, Settings
from hotline.config.load import settings_written

TINY: Final = """
[site]
zone = "Europe/London"
language = "en"
emergency = ["999"]
made_up = true
[site.title]
zh = "小站"
en = "Tiny site"
[carrier]
kind = "practice"
caller_id = "+442079460000"
calls_per_second = 1
request_seconds = 4.0
[answering]
longest_wait = 180
visit = 8
ring = 20
whisper = 12
wave = 2
urgent_wave = 4
ring_again = 60
wrap_up = 120
longest_talk = 14400
message = 120
callback_due = 86400
[scheduling]
seconds = 5.0
seed = 1
look_back_weeks = 4
supervised_turns = 10
[scheduling.rest]
usual = 11
after_night = 24
after_full_day = 48
[scheduling.prices]
below_floor = 1000
below_target = 60
above_target = 2
unwanted = 30
preferred = -10
unfair_night = 15
unfair_weekend = 10
unfair_full_day = 15
unfair_load = 0
promise_broken = 480
promise_added = 60
below_commitment = 20
short_run = 0
single_day_off = 0
half_weekend = 0
[serving]
host = "127.0.0.1"
port = 8096
threads = 4
[certificates.crisis]
zh = "危机"
en = "Crisis"
[[desks]]
name = "night"
title = { zh = "夜间", en = "Night" }
certificates = ["crisis"]
[[desks.shifts]]
name = "night"
kind = "night"
start = "22:00"
hours = 10
days = ["Mon", "Sun"]
[[desks.cover]]
days = ["Mon", "Sun"]
start = "22:00"
end = "08:00"
floor = 1
target = 2
[[desks.cover]]
days = ["Mon"]
start = "22:00"
end = "08:00"
floor = 1
target = 1
certificate = "crisis"
[[lines]]
name = "12355"
title = { zh = "热线", en = "Line" }
city = { zh = "城", en = "City" }
numbers = ["12355", "sip:12355@night.example.org"]
languages = ["en"]
desks = ["night"]
"""


def loaded(text: str = TINY) -> Settings:
    """The settings in `text`."""
    return settings_written(text, Path("tiny.toml"))


def spoilt(right: str, wrong: str) -> tuple[str, ...]:
    """Everything the program says when `right` is replaced by `wrong`."""
    assert right in TINY
    try:
        loaded(TINY.replace(right, wrong, 1))
    except ConfigError as error:
        return error.problems
    return ()
