"""Are made-up instances like those of the public family?"""

import pytest

from benchmarks.instances import Size, main, text
from scheduling.formats.shift_scheduling import read


def test_the_same_seed_makes_the_same_instance(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["4", "10", "3", "--seed", "7"]) == 0
    printed = capsys.readouterr().out
    assert printed == text(Size(4, 10, 3), 7) + "\n"
    assert printed != text(Size(4, 10, 3), 8) + "\n"


@pytest.mark.parametrize("size", [Size(2, 8, 1), Size(6, 14, 6), Size(52, 10, 32)])
def test_an_instance_has_the_size_asked_for(size: Size) -> None:
    instance = read(text(size, seed=1))
    assert instance.days == 7 * size.weeks
    assert (len(instance.staff), len(instance.shifts)) == (size.people, size.kinds)
    assert len(instance.cover) == 7 * size.weeks * size.kinds
    wanted = len(instance.wanted) / size.people / instance.days
    assert 0.1 < wanted < 0.3
