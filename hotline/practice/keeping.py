"""What is the record of a leg, ended or not?"""

from datetime import datetime

from hotline.practice.exchange.legs import Leg
from hotline.practice.record import CallRecord, LegRecord


def call_record(leg: Leg, now: datetime) -> CallRecord:
    """A caller's leg up to `now`."""
    story = leg.story
    return CallRecord(
        sid=leg.sid,
        line=leg.to,
        arrived=leg.asked_at,
        answered_at=leg.answered_at,
        first_words_at=story.first_words_at,
        talks=tuple(story.talks),
        ended_at=leg.ended_at,
        ended_by=story.ended_by,
        transcript=tuple(story.said),
        longest_silence=story.silence(now),
        longest_whisper=story.longest_whisper,
        message=story.message,
        errors=tuple(story.troubles),
    )


def leg_record(leg: Leg) -> LegRecord:
    """A leg on a phone."""
    story = leg.story
    return LegRecord(
        sid=leg.sid,
        address=leg.party.address,
        shown=leg.shown,
        parent=leg.parent.sid if leg.parent else None,
        asked_at=leg.asked_at,
        rung_at=leg.rung_at,
        answered_at=leg.answered_at,
        talks=tuple(story.talks),
        ended_at=leg.ended_at,
        ended_by=story.ended_by,
        outcome=leg.status.value,
        behaviour=leg.behaviour,
        keys=story.keys,
        rung_while_busy=leg.rung_while_busy,
        transcript=tuple(story.said),
        errors=tuple(story.troubles),
    )
