"""What is sealed is read again, by whoever has the key: today's ciphers and those of before."""

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet, InvalidToken

from hotline.privacy import Privacy, new_data_key
from tests.scenarios.stage import SECRETS

PRIVACY = Privacy(SECRETS)
NUMBER = "+8613912345678"


def test_a_number_is_sealed_as_text_that_differs_each_time_and_is_read_again() -> None:
    one, other = PRIVACY.sealed(NUMBER), PRIVACY.sealed(NUMBER)

    assert one != other
    assert one.decode().isascii()
    assert NUMBER.encode() not in one
    assert PRIVACY.opened(one) == PRIVACY.opened(other) == NUMBER


@pytest.mark.parametrize("sound", [b"", b"\x00\xff", b"g" * 70_000])
def test_any_bytes_are_sealed(sound: bytes) -> None:
    assert PRIVACY.opened_bytes(PRIVACY.sealed_bytes(sound)) == sound


def test_what_earlier_versions_sealed_is_read_as_ever() -> None:
    sealed = Fernet(SECRETS.data_key).encrypt(NUMBER.encode())

    assert PRIVACY.opened(sealed) == NUMBER


@pytest.mark.parametrize("cipher", [b"", b"A", b"AQ==", b"nonsense", b"gAAAAA", b"\xff\xfe"])
def test_nonsense_is_refused(cipher: bytes) -> None:
    with pytest.raises(InvalidToken):
        PRIVACY.opened(cipher)


def test_another_key_and_a_changed_cipher_are_refused() -> None:
    sealed = PRIVACY.sealed(NUMBER)
    other = Privacy(replace(SECRETS, data_key=new_data_key()))
    changed = sealed[:-4] + (b"AAAA" if sealed[-4:] != b"AAAA" else b"BBBB")

    with pytest.raises(InvalidToken):
        other.opened(sealed)
    with pytest.raises(InvalidToken):
        PRIVACY.opened(changed)


def test_the_hash_of_a_number_is_the_same_under_one_key_and_another_under_another() -> None:
    other = Privacy(replace(SECRETS, secret_key="another"))

    assert PRIVACY.hashed(NUMBER) == PRIVACY.hashed(NUMBER) != other.hashed(NUMBER)
    assert len(PRIVACY.hashed(NUMBER)) == 64
