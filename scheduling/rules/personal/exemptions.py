"""Who is exempt from nights, or from 24-hour duty?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from scheduling.problem import Person, Problem, Rota, Shift, ShiftKind
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing

ROTA_OF: Final = {ShiftKind.NIGHT: Rota.NIGHTS, ShiftKind.FULL_DAY: Rota.FULL_DAYS}


@dataclass(frozen=True)
class Exemptions:
    """Nobody takes a duty of a rota that they are exempt from.

    Magnitude: `exempt` of the person; nights and 24-hour duty are rotas of their own. Source:
    health, small children, and age; peers let people out of overnights, not out of the line.
    """

    name: ClassVar[str] = "exemptions"

    def start(self, problem: Problem, person: Person) -> "_Exempt":
        """The rotas a person is exempt from."""
        return _Exempt(person.exempt)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every such duty given to somebody exempt."""
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                night = shift.kind == "night" and "nights" in person.exempt
                if night or (shift.kind == "24h" and "24h" in person.exempt):
                    sentence = f"{person.id} is exempt from {shift.id}"
                    rota = "nights" if night else "24h"
                    yield Breach(self.name, person.id, sentence, (shift.id,), about=rota)


@dataclass(frozen=True)
class _Exempt:
    rotas: frozenset[Rota]

    def extend(self, shift: Shift) -> "_Exempt | Refusal":
        rota = ROTA_OF.get(shift.kind)
        if rota not in self.rotas:
            return self
        return Refusal(Exemptions.name, f"is exempt from {rota}", about=rota)
