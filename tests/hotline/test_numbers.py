"""Is the right line found, however a carrier writes what was dialled?"""

from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline.numbers import (
    line_dialled,
    number_keyed,
    number_to_ring,
    well_formed_address,
    well_formed_number,
    withheld,
)


@dataclass(frozen=True)
class Published:
    """The least that can be dialled."""

    name: str
    numbers: tuple[str, ...]


NANJING = Published("nanjing", ("96111", "+862500096111", "sip:96111@nanjing.example.org"))
SUZHOU = Published("suzhou", ("+8651200096111", "sip:96111@suzhou.example.org"))
YOUTH = Published("youth", ("12355", "sip:12355@youth.example.org"))
CAMPUS = Published("campus", ("+862500058000", "sip:duty@campus.example.org"))
LINES = (SUZHOU, NANJING, YOUTH, CAMPUS)


@pytest.mark.parametrize(
    ("to", "line"),
    [
        ("96111", NANJING),
        (" 96111 ", NANJING),
        ("961-11", NANJING),
        ("９６１１１", NANJING),
        ("+96111", NANJING),
        ("12355", YOUTH),
        ("+862500096111", NANJING),
        ("862500096111", NANJING),
        ("00862500096111", NANJING),
        ("+86 (25) 0009-6111", NANJING),
        ("+86.25.00096111", NANJING),
        ("%2B862500096111", NANJING),
        ("tel:+86-25-0005-8000", CAMPUS),
        ("tel:+862500058000;phone-context=example.org", CAMPUS),
        ("02500058000", CAMPUS),
        ("025-0005 8000", CAMPUS),
        ("051200096111", SUZHOU),
        ("sip:96111@nanjing.example.org", NANJING),
        ("sip:96111@suzhou.example.org", SUZHOU),
        ("SIP:96111@SUZHOU.EXAMPLE.ORG", SUZHOU),
        ("sips:96111@suzhou.example.org:5061;transport=tls", SUZHOU),
        ("sip:96111@suzhou.example.org.", SUZHOU),
        ("sip%3A96111%40suzhou.example.org", SUZHOU),
        ("<sip:96111@suzhou.example.org;user=phone>", SUZHOU),
        ('"The line" <sip:96111@suzhou.example.org>;tag=1', SUZHOU),
        ("sip:96111;cpc=ordinary@suzhou.example.org?Subject=x", SUZHOU),
        ("96111@suzhou.example.org", SUZHOU),
        ("sip:96111@ours.sip.example.com", NANJING),
        ("sip:+862500058000@gateway.example.com", CAMPUS),
        ("sip:862500058000@gateway.example.com;user=phone", CAMPUS),
        ("sip:duty@gateway.example.com", CAMPUS),
        ("sip:DUTY@campus.example.org", CAMPUS),
        ("duty", CAMPUS),
    ],
)
def test_a_line_is_found_by(to: str, line: Published) -> None:
    assert line_dialled(LINES, to) is line


@pytest.mark.parametrize(
    "to",
    ["", " ", "sip:", "sip:@", "@", "+", "0", "00", "12356", "+8612355", "96112", "9611", "0096",
     "sip:nobody@nanjing.example.org", "client:ada", "+8625000961110", "000580009", "%", "%ff",
     "sip:96111@" + "x" * 300, "<", "<>", "\x00", "²²²²²", "٩٦١١١x"],
)  # fmt: skip
def test_no_line_is_found_by(to: str) -> None:
    assert line_dialled(LINES, to) is None


def test_a_user_that_two_lines_share_tells_neither() -> None:
    shared = (Published("a", ("sip:help@a.example.org",)), Published("b", ("sip:help@b.example",)))
    assert line_dialled(shared, "sip:help@c.example.org") is None
    assert line_dialled(shared, "sip:help@b.example") is shared[1]


def test_a_national_number_that_fits_two_lines_tells_neither() -> None:
    abroad = (Published("a", ("+861234567890",)), Published("b", ("+441234567890",)))
    assert line_dialled(abroad, "01234567890") is None


def test_a_line_with_two_addresses_of_one_user_is_still_one_line() -> None:
    line = Published("a", ("sip:help@a.example.org", "sip:help@b.example.org"))
    assert line_dialled((line,), "sip:help@c.example.org") is line


@given(st.text(max_size=300))
@example("[::1]@[")
@example("sip:96111@[2001:db8::1]:5060")
def test_nothing_that_is_dialled_raises(to: str) -> None:
    assert line_dialled(LINES, to) in (None, *LINES)
    assert withheld(to) in {True, False}
    assert well_formed_address(to) in {True, False}
    assert well_formed_number(to) in {True, False}


@pytest.mark.parametrize(
    "number",
    ["96111", "110", "123456", "+862500096111", "+442079460000", "sip:96111@a.example.org",
     "sips:duty@10.0.0.1:5061", "SIP:96111@A.EXAMPLE.ORG"],
)  # fmt: skip
def test_a_line_can_have_the_number(number: str) -> None:
    assert well_formed_number(number)


@pytest.mark.parametrize(
    "number",
    ["", "12", "1234567", "+8612355", "+8696111", "+86123456", "+0123456789", "862500096111",
     "+86 25 0009 6111", "sip:@a", "sip:a@", "sip:a b@c", "sip:a@-b", "tel:96111", "96111\n",
     "９６１１１", "+1234567890123456"],
)  # fmt: skip
def test_a_line_cannot_have_the_number(number: str) -> None:
    assert not well_formed_number(number)


@pytest.mark.parametrize(
    "address",
    ["tel:+862500000001", "sip:ada@example.org", "sips:ada@example.org:5061", "client:ada_1"],
)
def test_a_volunteer_can_be_rung_at(address: str) -> None:
    assert well_formed_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "+862500000001", "tel:12345", "tel:+8612355", "tel:025", "client:", "client:ada bo",
     "client:ada-1", "sip:ada", "mailto:ada@example.org", "sip:ada@example.org;x", "client:ada\n"],
)  # fmt: skip
def test_nobody_can_be_rung_at(address: str) -> None:
    assert not well_formed_address(address)


@pytest.mark.parametrize(
    "sender",
    ["", "  ", "+", "anonymous", "Anonymous", "UNKNOWN", "restricted", "Unavailable", "private",
     "not available", "+266696687", "266696687", "+7378742833", "+2562533", "+8656696",
     "+86282452253", "sip:anonymous@anonymous.invalid", "sip:x@anonymous.invalid",
     '"Anonymous" <sip:anonymous@example.org>', "sip:@example.org", "****", "x" * 500],
)  # fmt: skip
def test_a_caller_withholds_the_number_as(sender: str) -> None:
    assert withheld(sender)


@pytest.mark.parametrize(
    "sender", ["+8613800000000", "12355", "sip:ada@example.org", "client:ada", "+8626669668"]
)
def test_a_caller_shows_the_number_as(sender: str) -> None:
    assert not withheld(sender)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("+8613912345678", "+8613912345678"),
        ("13912345678", "+8613912345678"),
        ("8613912345678", "+8613912345678"),
        ("008613912345678", "+8613912345678"),
        ("sip:13912345678@carrier.example", "+8613912345678"),
        ("025-5825 5200", "+862558255200"),
        ("+4791234567", "+4791234567"),
        ("58255200", None),  # which city?
        ("4008001234", None),
        ("96111", None),
        ("+8612355", None),
        ("1001", None),
        ("anonymous", None),
        ("+266696687", None),
        ("", None),
    ],
)
def test_a_callers_number_is_rung_in_its_international_form_or_not_at_all(
    told: str, number: str | None
) -> None:
    assert number_to_ring(told, "86") == number


@pytest.mark.parametrize(
    ("told", "number"),
    [("07911 123456", "+447911123456"), ("447911123456", "+447911123456"), ("79111", None)],
)
def test_other_countries_have_their_own_code(told: str, number: str | None) -> None:
    assert number_to_ring(told, "44") == number


@pytest.mark.parametrize("keys", ["110", "120", "12355", "0014155550100", "*67", "00*8613912345"])
def test_short_codes_and_numbers_abroad_cannot_be_keyed_in(keys: str) -> None:
    assert number_keyed(keys, "86") is None


@given(st.text(max_size=300))
def test_any_text_is_a_number_to_ring_or_none(text: str) -> None:
    found = number_to_ring(text, "86")
    assert found is None or well_formed_number(found)
