"""`hotline who --call`: what was decided for a caller, step by step, and why nobody else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.console import Console

from hotline.calls.ledger import Barred, Decided, Decision, Passed
from hotline.cli.duty.whys import REASONS
from hotline.cli.printing import titled
from hotline.config.settings import Settings
from hotline.duty import PersonId
from hotline.errors import HotlineError
from hotline.store import Session
from hotline.store.calling.ledger import KeptDecision
from hotline.store.calling.stories import Step, Story, Words, story_of

INDENT: Final = " " * 10
CAME_TO: Final = {
    Decided.RINGS: "rings",
    Decided.NOBODY_FREE: "nobody could be rung",
    Decided.UNSTAFFED: "the exit: nobody was on duty",
    Decided.CEILING: "the exit: nobody came in time",
    Decided.BLOCKED: "the exit: the caller is blocked",
    Decided.NO_QUEUE: "the exit: the carrier's queue failed",
}
PASSED: Final = {
    Passed.WISH: "not what the caller asked for",
    Passed.TRIED: "did not take this call a moment ago",
    Passed.TAKEN: "rung for another caller",
    Passed.ENOUGH: "not needed yet",
}


def story(db: Session, call: str) -> Story:
    """The story of a call. Raises HotlineError if there is no such call."""
    found = story_of(db, call)
    if found is None:
        raise HotlineError(f"There is no call {call!r}; logs name a call by its number.")
    return found


def show_story(out: Console, told: Story, settings: Settings) -> None:
    """Print it in the order in which it happened, by the site's clock."""
    teller = _Teller(told, settings)
    line = settings.line(told.line)
    name = titled(line, settings) if line else str(told.line)
    zone = settings.site.zone
    out.print(
        f"Call {told.id} on {name}, {told.arrived.astimezone(zone):%a %d %b %Y} ({zone.key})",
        style="bold",
    )
    for each in _in_order(told):
        for row in teller.rows(each):
            out.print(row, soft_wrap=True)
    ended = f"{told.outcome} at {teller.time(told.ended)}" if told.ended else "not over yet"
    out.print(f"\n{ended}", style="bold")


def story_document(told: Story) -> dict[str, object]:
    """The same for programs."""
    code = {who: code for who, (code, _) in told.people.items()}
    return {
        "call": told.id,
        "line": told.line,
        "arrived": told.arrived.isoformat(),
        "ended": told.ended.isoformat() if told.ended else None,
        "outcome": told.outcome,
        "steps": [
            {
                "at": step.at.isoformat(),
                "kind": step.kind,
                "person": None if step.person is None else code[step.person],
            }
            for step in told.steps
        ],
        "told": [
            {
                "at": words.at.isoformat(),
                "person": None if words.person is None else code[words.person],
                "phrases": list(words.phrases),
            }
            for words in told.words
        ],
        "decisions": [_decision_document(each, code) for each in told.decisions],
    }


def _decision_document(kept: KeptDecision, code: dict[PersonId, str]) -> dict[str, object]:
    made = kept.decision
    return {
        "at": kept.at.isoformat(),
        "decided": made.decided,
        "rung": [{"person": code[r.person], "desk": r.desk} for r in made.rung],
        "passed_over": [{"person": code[p.person], "why": p.why} for p in made.passed_over],
        "kept_out": [
            {
                "person": code[b.person],
                "why": b.why,
                "until": b.until.isoformat() if b.until else None,
            }
            for b in made.barred
        ],
    }


Part = Step | KeptDecision | Words


def _in_order(told: Story) -> Iterable[Part]:
    """By time; a decision stands before what came of it, and words after what they tell of."""
    parts: list[Part] = [*told.decisions, *told.steps, *told.words]
    return sorted(parts, key=lambda each: (each.at, _place(each)))


def _place(each: Part) -> int:
    match each:
        case KeptDecision():
            return 1
        case Words():
            return 3
        case _:
            return 0 if each.kind == "arrived" else 2


@dataclass(frozen=True)
class _Teller:
    told: Story
    settings: Settings

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(self.settings.site.zone):%H:%M:%S}"

    def rows(self, each: Part) -> Iterator[str]:
        at = self.time(each.at)
        match each:
            case Step():
                who = "" if each.person is None else f": {self._name(each.person)}"
                yield f"{at}  {each.kind.replace('-', ' ')}{who}"
            case Words():
                who = "the caller" if each.person is None else self._name(each.person)
                yield f"{INDENT}{who} hears {', '.join(each.phrases)}"
            case KeptDecision(decision=made):
                yield f"{at}  {CAME_TO[made.decided]}{self._rung(made)}"
                for sentence in (*self._passed_over(made), *self._barred(made)):
                    yield f"{INDENT}{sentence}"

    def _rung(self, made: Decision) -> str:
        if not made.rung:
            return ""
        return ": " + ", ".join(f"{self._name(r.person)} at {r.desk}" for r in made.rung)

    def _passed_over(self, made: Decision) -> Iterator[str]:
        for why, sentence in PASSED.items():
            names = ", ".join(self._name(p.person) for p in made.passed_over if p.why is why)
            if names:
                yield f"{sentence}: {names}"

    def _barred(self, made: Decision) -> Iterator[str]:
        for why, sentence in REASONS.items():
            names = ", ".join(self._until(each) for each in made.barred if each.why is why)
            if names:
                yield f"{sentence}: {names}"

    def _until(self, each: Barred) -> str:
        until = f" until {self.time(each.until)}" if each.until else ""
        return f"{self._name(each.person)}{until}"

    def _name(self, person: PersonId) -> str:
        code, name = self.told.people[person]
        return f"{name} ({code})"
