"""Are the same examples drawn in every run, whatever ran before?"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[int]:
    """Numbers that a test of properties is given."""
    seen: list[int] = []

    @settings(max_examples=200)
    @given(st.integers(0, 10**9))
    def example(number: int) -> None:
        seen.append(number)

    example()
    return seen


def test_a_module_that_is_loaded_changes_no_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    before = drawn()
    path = tmp_path / "ours.py"
    path.write_text(f"NUMBERS = {[7_001 * n for n in range(1, 500)]}\n")
    spec = spec_from_file_location("ours", path)
    assert spec is not None
    # when
    monkeypatch.setitem(sys.modules, "ours", module_from_spec(spec))
    # then
    assert drawn() == before
