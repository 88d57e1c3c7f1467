"""What the two are told about their swap, each from where they stand; and who is to approve it."""

from datetime import datetime

from hotline.config.settings import Settings
from hotline.duty import PersonId
from hotline.handshake.deciding import quiet_until
from hotline.handshake.telling import OLD_NEWS, duty_facts
from hotline.notices.facts import At, Facts, Phrases
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.swaps.answering import how_to_answer
from hotline.swaps.swap import HeldShift, Party, Swap


def tell(settings: Settings, kind: NoticeKind, swap: Swap, who: Party, now: datetime) -> NewNotice:
    """To be told to one of the two, now or when the quiet hours are over.

    words: when and desk of the shift that they would leave, or have asked for if they leave none.
    """
    terms = swap.terms
    asks = who == terms.asker
    mine, theirs = (terms.gives, terms.takes) if asks else (terms.takes, terms.gives)
    left, other = mine or theirs, theirs or mine
    assert left is not None
    assert other is not None
    there = duty_facts(other.desk, other.span.start)
    words: Facts = {
        "name": (terms.partner if asks else terms.asker).name,
        **_words(swap, left),
        "other_when": there["when"],
        "other_desk": there["desk"],
        "how": Phrases(how_to_answer(settings)),
    }
    return _notice(settings, kind, swap, who.id, words, now)


def tell_coordinator(settings: Settings, swap: Swap, who: PersonId, now: datetime) -> NewNotice:
    """That it waits for them."""
    names = {"asker": swap.terms.asker.name, "name": swap.terms.partner.name}
    words: Facts = {**names, **_words(swap, swap.terms.gives)}
    return _notice(settings, NoticeKind.SWAP_WAITS, swap, who, words, now)


def _words(swap: Swap, shift: HeldShift) -> Facts:
    return {**duty_facts(shift.desk, shift.span.start), "deadline": At(swap.until)}


def _notice(
    settings: Settings,
    kind: NoticeKind,
    swap: Swap,
    who: PersonId,
    words: Facts,
    now: datetime,
) -> NewNotice:
    quiet = quiet_until(swap.terms.begins, settings.shake.quiet, settings.site.zone, now)
    due = quiet or now
    return NewNotice(who, kind, due, due + OLD_NEWS, words, f"swap:{swap.id}:{kind}:{who}")
