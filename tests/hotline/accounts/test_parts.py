"""Passwords, second factors, scope: the parts that decide by themselves."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from hotline.accounts.passwords import LONGEST, PasswordError, fits, hashed
from hotline.accounts.roles import Account, AccountId, Role, SessionId, Viewer, roles_written
from hotline.accounts.second_factor import (
    PERIOD,
    enrolment_address,
    enrolment_picture,
    new_recovery_codes,
    new_secret,
    recovery_hash,
    step_of,
)
from hotline.accounts.tokens import csrf_of, new_token, token_hash
from hotline.config.settings import DeskName
from tests import make

NOW = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)


def viewer(*desks: str) -> Viewer:
    account = Account(
        AccountId(1), "dee", "Dee", frozenset({Role.COORDINATOR}), frozenset(map(DeskName, desks))
    )
    return Viewer(account, SessionId(1), "")


def test_a_password_fits_itself_and_no_other() -> None:
    kept = hashed("a calm voice at night", "dee")
    assert fits(kept, "a calm voice at night")
    assert not fits(kept, "a calm voice at nighT")
    assert "calm" not in kept


def test_nothing_fits_where_no_password_was_chosen() -> None:
    assert not fits("", "nobody's")
    assert not fits("no hash at all", "nobody's")


def test_a_password_as_long_as_may_be_fits() -> None:
    longest = "ab3d5" * (LONGEST // 5)
    assert fits(hashed(longest, "dee"), longest)
    assert not fits(hashed(longest, "dee"), longest + "x")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ninechars", "short"),
        ("x" * 201, "long"),
        ("ask DEE for it", "login"),
        ("abababababab", "common"),
        ("Password123!", "common"),
        ("woaini1314520", "common"),
        ("96111hotline", "common"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password: str, reason: str) -> None:
    with pytest.raises(PasswordError) as refused:
        hashed(password, "dee")
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("late", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_holds_for_a_clock_that_is_half_a_minute_off(late: int, holds: bool) -> None:
    secret = new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    step = step_of(secret, code, NOW + timedelta(seconds=late * PERIOD))
    assert (step is not None) == holds
    assert step in (None, int(NOW.timestamp()) // PERIOD)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_six_digits_is_no_code(code: str) -> None:
    assert step_of(new_secret(), code, NOW) is None


def test_an_app_reads_the_secret_from_the_picture() -> None:
    address = enrolment_address("ABCDEFGH" * 4, "dee", "江苏热线")
    assert address.startswith("otpauth://totp/")
    assert f"secret={'ABCDEFGH' * 4}" in address
    picture = enrolment_picture(address)
    assert picture.startswith("<svg")
    assert "style" not in picture
    assert "script" not in picture


def test_codes_on_paper_differ_and_are_read_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 8
    assert recovery_hash(codes[0]) == recovery_hash(f" {codes[0].upper().replace('-', ' ')}")


def test_tokens_differ_and_their_words_do_too() -> None:
    one, other = new_token(), new_token()
    assert len({one, other, token_hash(one), csrf_of(one), csrf_of(other)}) == 5


def test_a_coordinator_of_one_city_sees_that_city() -> None:
    site = make.settings(
        desks=(make.desk("nanjing"), make.desk("province")),
        lines=(
            make.line("96111", desks=("nanjing", "province")),
            make.line("12355", desks=("province",)),
        ),
    )
    dee = viewer("nanjing")

    assert [desk.name for desk in dee.desks(site)] == ["nanjing"]
    assert [line.name for line in dee.lines(site)] == ["96111"]
    assert dee.line_names(site) == {"96111"}
    assert dee.sees_any(("province", "nanjing"))
    assert not dee.sees_any(("province",))
    assert not dee.sees_any(())
    assert dee.person is None


def test_no_desk_named_is_the_whole_site() -> None:
    assert viewer().sees_desk("anywhere")
    assert viewer().sees_any(())


def test_roles_are_written_in_one_order() -> None:
    assert roles_written({Role.AUDITOR, Role.VOLUNTEER}) == "volunteer auditor"
