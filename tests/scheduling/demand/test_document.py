"""Do the examples of docs/demand.md work as they stand?"""

import re
from datetime import date
from pathlib import Path

from scheduling.demand.dates.announced import SPRING_FESTIVAL, overrides_from

DOCUMENT = (Path(__file__).parents[3] / "docs/demand.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_calls_and_people_runs() -> None:
    names: dict[str, object] = {}
    exec(example("python"), names)  # noqa: S102  our own document
    assert names["people"]


def test_the_example_of_a_notice_is_read() -> None:
    told = overrides_from(example("toml"))
    assert told.announced == date(2026, 11, 5)
    assert told.years[2027][date(2027, 2, 6)].name == SPRING_FESTIVAL
