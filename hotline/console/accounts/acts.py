"""What was done, as the audit trail words it."""

from collections.abc import Mapping
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.console.frame.saying import _l

ACTS: Final[Mapping[str, LazyString]] = {
    "absence.add": _l("Noted an absence"),
    "absence.decide": _l("Decided about an absence"),
    "absence.search": _l("Had stand-ins looked for"),
    "absence.take-back": _l("Took an absence back"),
    "account.changed": _l("Changed an account"),
    "account.forgotten": _l("Asked for a new password"),
    "account.made": _l("Made an account"),
    "account.password": _l("Changed the own password"),
    "account.second-factor.begun": _l("Began to set up a second factor"),
    "account.second-factor.codes": _l("Had new codes made for a lost telephone"),
    "account.second-factor.kept": _l("Kept the second factor that is set up"),
    "account.second-factor.off": _l("Took the own second factor away"),
    "account.second-factor.on": _l("Set up a second factor"),
    "alarm.clear": _l("Marked an alarm as seen to"),
    "calendar.end": _l("Ended the own calendar address"),
    "calendar.renew": _l("Had a new calendar address made"),
    "call.coach": _l("Came into a call to coach"),
    "call.join": _l("Came into a call to join"),
    "call.listen": _l("Came into a call to listen"),
    "callback.again": _l("Had a callback tried again"),
    "callback.ask": _l("Asked for a callback"),
    "callback.give": _l("Chose who rings back"),
    "callback.kept": _l("Marked a callback as kept"),
    "care.follow-up": _l("Told what came of a follow-up"),
    "care.form": _l("Filled in the form after a call"),
    "care.read": _l("Read a note"),
    "data.purged": _l("Old data was forgotten"),
    "duty.attend": _l("Checked in or out, or took a break"),
    "duty.cannot-come": _l("Said that they cannot come"),
    "duty.confirm": _l("Confirmed a duty"),
    "gap.fill": _l("Filled a gap"),
    "line.divert": _l("Diverted a line"),
    "line.pause": _l("Paused a line"),
    "line.resume": _l("Had a line answered as ever"),
    "message.answered": _l("Marked a message as answered"),
    "message.callback": _l("Made a callback of a message"),
    "message.play": _l("Listened to a message"),
    "people.active": _l("Changed whether somebody takes part"),
    "people.add": _l("Added a person"),
    "people.certificate": _l("Changed a certificate"),
    "people.edit": _l("Changed a person"),
    "people.hours": _l("Changed the hours of a person"),
    "people.import": _l("Brought a file of people"),
    "people.pin": _l("Set a person's PIN"),
    "person.availability": _l("Changed the own hours"),
    "person.notices": _l("Changed how they are told things"),
    "person.texts": _l("Changed whether they get text messages"),
    "roster.begin": _l("Began a draft"),
    "roster.build": _l("Had a week built"),
    "roster.change": _l("Changed a draft"),
    "roster.look": _l("Had repairs looked for"),
    "roster.publish": _l("Published a week"),
    "roster.redo": _l("Made a change of a draft again"),
    "roster.rehearse": _l("Had a week rehearsed"),
    "roster.repair": _l("Did a repair"),
    "roster.stop": _l("Stopped a build"),
    "roster.undo": _l("Took a change of a draft back"),
    "session.begin": _l("Signed in"),
    "session.end": _l("Signed out"),
    "session.end-others": _l("Signed out everywhere else"),
    "shift.give-back": _l("Gave a shift back"),
    "shift.take": _l("Took an open shift"),
    "stand-in.answer": _l("Answered whether they stand in"),
    "stand-in.search": _l("Had a stand-in looked for"),
    "swap.answer": _l("Answered a swap"),
    "swap.ask": _l("Asked for a swap"),
    "swap.decide": _l("Decided a swap"),
}


def act_words(act: str) -> str:
    """An act in words; one that only older entries have by its name."""
    return str(ACTS.get(act, act))
