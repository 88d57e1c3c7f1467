"""A keyed hash is HMAC, however often it is asked."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.keyed import KeyedHash


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@given(key=st.binary(max_size=200), texts=st.lists(st.binary(max_size=300), max_size=3))
def test_each_text_is_hashed_as_the_standard_says(
    algorithm: str, key: bytes, texts: list[bytes]
) -> None:
    keyed = KeyedHash(key, algorithm)

    assert [keyed.of(text) for text in texts] == [hmac.digest(key, t, algorithm) for t in texts]
