"""Are things on a page called as people call them?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hotline.config.settings import Language, Title
from hotline.console.frame.words.wording import Words
from hotline.oversight.alarms import Alarm, AlarmKind
from tests import make

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
DESK = replace(make.desk("day"), title=Title("日间席", "Day desk"))
LINE = replace(make.line("96111"), title=Title("热线", "Helpline"))
CITY = make.settings(desks=[DESK], lines=[LINE])


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        (AlarmKind.NO_STAND_IN, "day 2026-11-24 22:00 v08", "Day desk Tue, Nov 24 22:00 Ada"),
        (AlarmKind.NO_STAND_IN, "day 2026-11-24 22:00", "Day desk Tue, Nov 24 22:00"),
        (AlarmKind.NO_STAND_IN, "gone 2026-11-24 22:00 v09", "gone Tue, Nov 24 22:00 v09"),
        (AlarmKind.EMERGENCY, "96111/65", "Helpline #65"),
        (AlarmKind.LONG_TALK, "gone/65", "gone #65"),
        (AlarmKind.MISSED, "96111/2026-11-24", "Helpline Tue, Nov 24"),
        (AlarmKind.UNREACHABLE, "v08", "Ada"),
        (AlarmKind.UNTOLD, "v09", "v09"),
        (AlarmKind.UNKEPT, "7", "7"),
    ],
)
def test_an_alarm_on_a_page_names_lines_desks_and_people(
    kind: AlarmKind, subject: str, said: str
) -> None:
    words = Words(CITY, Language.EN, NOW)

    assert said in words.alarm(Alarm(kind, subject), {"v08": "Ada"})
