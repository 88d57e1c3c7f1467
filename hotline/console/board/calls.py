"""Calls of the past and of now: a list, and one call step by step. No number, no note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Response, request

from hotline.accounts.permits import Act
from hotline.calls.ledger import Barred, Decision
from hotline.calls.ringing.facts import CallId
from hotline.console.board.room import board
from hotline.console.board.scope import seen_call_or_404, seen_line
from hotline.console.board.wording import CAME_TO, KEPT_OUT, PASSED, step_words
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.paging import A_PAGE, row_number
from hotline.console.frame.showing import show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _
from hotline.duty import PersonId
from hotline.phrases import gist
from hotline.store.calling.ledger import KeptDecision
from hotline.store.calling.stories import Step, Story, Words, calls_before, story_of
from hotline.store.talking.care import records_of_call
from hotline.store.talking.talks import open_talks


@dataclass(frozen=True)
class Entry:
    """One row of a call's story. more: sentences that explain a decision; heard: words said."""

    at: datetime
    said: str
    kind: str
    more: Sequence[str] = ()
    heard: Sequence[str] = ()


@board.get("/calls", provide_automatic_options=False)
@allows(Act.SEE_CALLS)
def show_calls() -> Response:
    """The latest calls of the reader's lines."""
    chosen, before = request.args.get("line", ""), request.args.get("before", type=row_number)
    lines = [seen_line(chosen)] if chosen else viewer().lines(parts().settings)
    with parts().store.reading() as db:
        found = calls_before(db, [line.name for line in lines], before, now(), A_PAGE + 1)
    return show(
        "board/calls.html",
        calls=found[:A_PAGE],
        more=len(found) > A_PAGE,
        chosen=chosen,
        lines=viewer().lines(parts().settings),
        titles={line.name: line.title for line in parts().settings.lines},
    )


@board.get("/calls/<int:number>", provide_automatic_options=False)
@allows(Act.SEE_CALLS)
def show_call(number: int) -> Response:
    """One call: who was considered, rung and kept out, and why; what was heard; how it ended."""
    with parts().store.reading() as db:
        seen_call_or_404(db, CallId(number))
        told = story_of(db, str(number))
        talks = any(talk.call == number for talk in open_talks(db))
        records = records_of_call(db, CallId(number))
    assert told is not None
    line = parts().settings.line(told.line)
    return show(
        "board/call.html",
        told=told,
        line=line,
        entries=tuple(_entries(told)),
        talks=talks,
        records=records,
    )


Part = Step | KeptDecision | Words


def _entries(told: Story) -> Iterator[Entry]:
    """By time; a decision stands before what came of it, and words after what they tell of."""
    parts: list[Part] = [*told.decisions, *told.steps, *told.words]
    teller = _Teller(told.people)
    for each in sorted(parts, key=lambda part: (part.at, _place(part))):
        yield teller.entry(each)


def _place(each: Part) -> int:
    match each:
        case KeptDecision():
            return 1
        case Words():
            return 3
        case _:
            return 0 if each.kind == "arrived" else 2


NAMELESS: Final = "?"


@dataclass(frozen=True)
class _Teller:
    people: Mapping[PersonId, tuple[str, str]]

    def entry(self, each: Part) -> Entry:
        match each:
            case Step():
                who = "" if each.person is None else self._name(each.person)
                return Entry(each.at, step_words(each.kind, who), "step")
            case Words():
                return self._heard(each)
            case KeptDecision(decision=made):
                rung = self._names(ring.person for ring in made.rung)
                words = str(CAME_TO[made.decided])
                return Entry(
                    each.at,
                    f"{words} {rung}".strip(),
                    "decision",
                    (*self._passed_over(made), *self._kept_out(made)),
                )

    def _heard(self, words: Words) -> Entry:
        language = page_language()
        who = _("The caller") if words.person is None else self._name(words.person)
        heard = [gist(key, language) for key in words.phrases]
        return Entry(words.at, _("%(who)s heard", who=who), "heard", heard=heard)

    def _passed_over(self, made: Decision) -> Iterator[str]:
        for why, sentence in PASSED.items():
            mine = [each.person for each in made.passed_over if each.why is why]
            if mine:
                yield f"{sentence} {self._names(iter(mine))}"

    def _kept_out(self, made: Decision) -> Iterator[str]:
        for why, sentence in KEPT_OUT.items():
            mine: list[Barred] = [each for each in made.barred if each.why is why]
            if mine:
                yield f"{sentence} {self._names(each.person for each in mine)}"

    def _names(self, people: Iterator[PersonId]) -> str:
        comma = "、" if page_language() == "zh" else ", "
        return comma.join(self._name(person) for person in people)

    def _name(self, person: PersonId) -> str:
        return self.people.get(person, ("", NAMELESS))[1]
