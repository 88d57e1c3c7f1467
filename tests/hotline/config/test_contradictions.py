"""Is a configuration that cannot be kept refused?"""

import pytest

from tests.hotline.config.tiny import TINY, loaded, spoilt

SECOND_LINE = """
[[lines]]
name = "second"
title = { zh = "二", en = "Second" }
city = { zh = "城", en = "City" }
numbers = [NUMBERS]
languages = ["en"]
desks = ["night"]
"""

RINGING = """
[ringing]
strategy = "mixed"
together = 6
misses = 3
aside = 0
cool_down = 0
same_person = 0
lead = { certificate = "lead" }

[scheduling]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('emergency = ["999"]', 'emergency = ["9-9"]', "site.emergency holds '9-9', which is not"),
        ('"+442079460000"', '"+8612355"', "carrier.caller_id is '+8612355', which is no short"),
        ("calls_per_second = 1", "calls_per_second = 0", "carrier.calls_per_second must be more"),
        (
            "request_seconds = 4.0",
            'request_seconds = 4.0\nsms_from = "sip:a@b.example"',
            "carrier.sms_from is 'sip:a@b.example', which is no short code",
        ),
        (
            "request_seconds = 4.0",
            'request_seconds = 4.0\nsms = "both"',
            "carrier.sms must be 'two-way', 'one-way' or 'none', not 'both'.",
        ),
        (
            "request_seconds = 4.0",
            'request_seconds = 4.0\napi_base = "a.example/"',
            "carrier.api_base is 'a.example/', which is no address like https://a.example.",
        ),
        (
            "request_seconds = 4.0",
            'request_seconds = 4.0\nbyoc = "BY1"',
            "carrier.byoc is 'BY1', which is no trunk: BY and 32 of 0-9 and a-f.",
        ),
        ("request_seconds = 4.0", "request_seconds = -1", "carrier.request_seconds must be more"),
        ("visit = 8", "visit = 9", "answering.visit must be at most 8 seconds, not 9"),
        ("ring = 20", "ring = 0", "answering.ring must be at least 1, not 0."),
        ("wrap_up = 120", "wrap_up = -1", "answering.wrap_up must be at least 0, not -1."),
        ("seconds = 5.0", "seconds = 0", "scheduling.seconds must be more than 0"),
        ("seed = 1", "seed = -1", "scheduling.seed must not be negative."),
        ("seed = 1", "seed = 1\nworkers = 0", "scheduling.workers must be at least 1, not 0."),
        (
            "seed = 1",
            'seed = 1\ncluster = "10.0.0.5"',
            "scheduling.cluster is '10.0.0.5'; write it like tcp://10.0.0.5:8786.",
        ),
        ("usual = 11", "usual = -11", "scheduling.rest.usual must not be negative."),
        ("unwanted = 30", "unwanted = -30", "scheduling.prices.unwanted must not be negative"),
        ("preferred = -10", "preferred = 10", "scheduling.prices.preferred must not be above 0"),
        ("below_floor = 1000", "below_floor = 60", "scheduling.prices.below_floor must be more"),
        ('host = "127.0.0.1"', 'host = " "', "serving.host is empty"),
        ("port = 8096", "port = 65536", "serving.port must be from 0 to 65535, not 65536."),
        ("threads = 4", "threads = 0", "serving.threads must be at least 1, not 0."),
        ("threads = 4", "threads = 4\nprocesses = 0", "serving.processes must be at least 1"),
        ("threads = 4", "threads = 4\nprocesses = 2", "serving.processes must be 1 with"),
        ('name = "12355"', 'name = "12355/x"', "lines has the name '12355/x'; use a-z"),
        ('name = "night"', 'name = "Night"', "desks has the name 'Night'; use a-z"),
        (
            'certificates = ["crisis"]',
            'certificates = ["crisys"]',
            "desks[night].certificates names 'crisys', which does not exist; did you mean crisis?",
        ),
        (
            'certificate = "crisis"',
            'certificate = "law"',
            "desks[night].cover[2].certificate names 'law', which does not exist; known: crisis.",
        ),
        (
            'desks = ["night"]',
            'desks = ["nihgt"]',
            "lines[12355].desks names 'nihgt', which does not exist; did you mean night?",
        ),
        ('desks = ["night"]', "desks = []", "lines[12355].desks is empty"),
        (
            'desks = ["night"]',
            'desks = ["night"]\ncertificates = [{certificate="x", start="22:00", end="08:00"}]',
            "lines[12355].certificates[1].certificate names 'x', which does not exist",
        ),
        ("[scheduling]", RINGING.replace("misses = 3", "misses = 0"), "ringing.misses must be at"),
        ("[scheduling]", RINGING, "ringing.lead.certificate names 'lead', which does not exist"),
        ('desks = ["night"]', 'desks = ["night", "night"]', "lines[12355].desks holds something"),
        ('languages = ["en"]', "languages = []", "lines[12355].languages is empty"),
        ('["12355", ', '["+8612355", ', "lines[12355].numbers holds '+8612355', which is no short"),
        ('["12355", ', '["12", ', "lines[12355].numbers holds '12', which is no short code"),
        (
            'desks = ["night"]',
            'desks = ["night"]\npartner = "tel:999"\npartner_title = { zh = "x", en = "x" }',
            "lines[12355].partner is 'tel:999', which is neither",
        ),
        (
            'desks = ["night"]',
            'desks = ["night"]\npartner = "tel:+442079460001"',
            "lines[12355].partner and lines[12355].partner_title stand together or not at all.",
        ),
        ("hours = 10", "hours = 0", "desks[night].shifts[night].hours must be more than 0"),
        ("hours = 10", "hours = 48.5", "desks[night].shifts[night].hours must be more than 0 and"),
        ("hours = 10", "hours = 10.25", "desks[night].shifts[night].hours must be a multiple"),
        ('start = "22:00"', 'start = "22:15"', "desks[night].shifts[night].start must be on the"),
        ('start = "22:00"', 'start = "22:00Z"', "desks[night].shifts[night].start must be a time"),
        ("hours = 10", "hours = 10\nmost = 0", "desks[night].shifts[night].most must be at least"),
        ('days = ["Mon", "Sun"]', "days = []", "desks[night].shifts[night].days is empty"),
        (
            '[[desks.cover]]\ndays = ["Mon", "Sun"]',
            "[[desks.cover]]\ndays = []",
            "desks[night].cover[1].days is empty; cover has at least one day.",
        ),
        ('end = "08:00"', 'end = "07:45"', "desks[night].cover[1].end must be on the hour"),
        ("\nfloor = 1", "\nfloor = 3", "desks[night].cover[1].floor is 3, which is more than its"),
        ("\nfloor = 1", "\nfloor = -1", "desks[night].cover[1].floor must not be negative."),
        (
            "floor = 1\ntarget = 1",
            "floor = 1\ntarget = 2",
            "desks[night].cover[2].target must equal its floor 1",
        ),
        (
            'certificate = "crisis"',
            "",
            "desks[night].cover[1] and desks[night].cover[2] both speak of Mon 22:00-",
        ),
        (
            "hours = 10",
            "hours = 9",
            "desks[night].cover[1] asks for people Mon 07:00-08:00, but no shift is then.",
        ),
    ],
)
def test_what_cannot_be_is_refused(right: str, wrong: str, said: str) -> None:
    problems = spoilt(right, wrong)
    assert [problem for problem in problems if problem.startswith(said)], problems


@pytest.mark.parametrize("number", ["12355", "sip:12355@NIGHT.example.org"])
def test_a_number_belongs_to_one_line(number: str) -> None:
    problems = spoilt("[[lines]]", SECOND_LINE.replace("NUMBERS", f'"{number}"') + "\n[[lines]]")
    assert len(problems) == 1
    assert "a number belongs to one line" in problems[0]


def test_two_cities_may_share_a_short_code_by_sip_address() -> None:
    text = TINY + SECOND_LINE.replace("NUMBERS", '"sip:12355@south.example.org"')
    assert [line.name for line in loaded(text).lines] == ["12355", "second"]


def test_a_name_belongs_to_one_line() -> None:
    twin = SECOND_LINE.replace("NUMBERS", '"12356"').replace("second", "12355")
    problems = spoilt("[[lines]]", twin + "\n[[lines]]")
    assert problems == ("lines names '12355' 2 times; a name belongs to one.",)


def test_a_site_has_desks_and_lines() -> None:
    before_desks = TINY.partition("[[desks]]")[0]
    problems = spoilt(TINY, "desks = []\nlines = []\n" + before_desks)
    assert problems == (
        "desks is empty; a site has at least one.",
        "lines is empty; a site has at least one.",
    )


def test_cover_that_runs_over_the_end_of_the_week_is_reached() -> None:
    assert loaded().desks[0].cover[0].days[-1] == "Sun"  # until Monday 08:00
