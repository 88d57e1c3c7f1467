"""Does docs/adding-a-rule.md lead to a rule that search, auditor and explanation all know?"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRY = """
from itertools import combinations

from scheduling import audit
from scheduling.explain import why_not
from scheduling.problem import ShiftKind
from scheduling.roster import Assignment, Roster, Status
from scheduling.patterns import legal_weeks
from scheduling.solve import build_roster
from tests.scheduling import make

evenings = [
    make.shift(f"day {day}", 24 * day + 18, 24 * day + 22, ShiftKind.EVENING) for day in range(3)
]
problem = make.problem([make.person("Ada")], evenings, [make.need(0, 72)])
result = build_roster(problem)
assert result.status is Status.OPTIMAL
assert len(result.roster.assignments) == 2

ids = [shift.id for shift in evenings]
rosters = [Roster(tuple(Assignment(i, "Ada") for i in chosen))
           for count in range(4) for chosen in combinations(ids, count)]
allowed = {tuple(a.shift for a in r.assignments) for r in rosters if not audit.breaches(problem, r)}
walked = {tuple(sorted(week.shifts)) for week in legal_weeks(problem, problem.people[0])}
assert walked == allowed != set(), (walked, allowed)
[breach] = audit.breaches(problem, rosters[-1])
assert breach.sentence == "Ada has 3 evenings in one week"

[left] = set(ids) - {given.shift for given in result.roster.assignments}
[ada] = why_not(problem, result.roster, left)
assert [(r.rule, r.sentence) for r in ada.refusals] == [
    ("few evenings", "has 2 evenings in that week already")
]
print("all three know it")
"""


def test_the_example_is_a_rule_once_it_stands_where_the_document_says(tmp_path: Path) -> None:
    # given
    document = (ROOT / "docs" / "adding-a-rule.md").read_text("utf-8")
    module, line = re.findall(r"```(?:python|text)\n(.*?)```", document, flags=re.DOTALL)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scheduling", tmp_path / "scheduling", ignore=ignored)
    (tmp_path / "tests" / "scheduling").mkdir(parents=True)
    for name in ("__init__.py", "scheduling/__init__.py", "scheduling/make.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    # when
    rules = tmp_path / "scheduling" / "rules"
    (rules / "personal" / "few_evenings.py").write_text(module, "utf-8")
    policy = (rules / "__init__.py").read_text("utf-8")
    begun, ending = "PERSONAL_RULES: Final[tuple[PersonalRule, ...]] = (", "\n)\n"
    place = policy.index(ending, policy.index(begun)) + 1
    written = policy[:place] + line + policy[place:]
    imported = written.replace(
        "from scheduling.rules.team.fairness",
        "from scheduling.rules.personal.few_evenings import FewEvenings\n"
        "from scheduling.rules.team.fairness",
        1,
    )
    (rules / "__init__.py").write_text(imported, "utf-8")
    # then
    done = subprocess.run(
        [sys.executable, "-c", TRY], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "all three know it\n", done.stderr
