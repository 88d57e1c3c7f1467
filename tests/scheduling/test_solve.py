"""Does the one door give the best roster, with proof?"""

from scheduling import audit
from scheduling.roster import Status
from scheduling.solve import build_roster
from tests.scheduling import make


def test_the_only_person_takes_the_only_shift() -> None:
    # given
    problem = make.problem([make.person("Ada")], [make.shift("mon", 8, 12)], [make.need(8, 12)])
    # when
    result = build_roster(problem)
    # then
    assert result.roster == make.roster(("Ada", "mon"))
    assert result.status is Status.OPTIMAL
    assert result.price == result.bound == 0
    assert audit.gaps(problem, result.roster) == ()
