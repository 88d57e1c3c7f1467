"""What the two are told about their swap, each from where they stand."""

from datetime import datetime

from hotline.alarms import NewNotice, NoticeKind
from hotline.config.settings import Settings
from hotline.handshake.telling import OLD_NEWS, clock, duty_words
from hotline.swaps.swap import Party, Swap


def tell(settings: Settings, kind: NoticeKind, swap: Swap, who: Party, now: datetime) -> NewNotice:
    """To be told now to one of the two.

    words: when and desk of the shift that they would leave, or have asked for if they leave none.
    """
    terms = swap.terms
    asks = who == terms.asker
    mine, theirs = (terms.gives, terms.takes) if asks else (terms.takes, terms.gives)
    left, other = mine or theirs, theirs or mine
    assert left is not None
    assert other is not None
    there = duty_words(settings, other.desk, other.span.start, now)
    words = {
        "name": (terms.partner if asks else terms.asker).name,
        **duty_words(settings, left.desk, left.span.start, now),
        "other_when": there["when"],
        "other_desk": there["desk"],
        "deadline": clock(settings, swap.until, now),
    }
    return NewNotice(who.id, kind, now, now + OLD_NEWS, words, f"swap:{swap.id}:{kind}:{who.id}")
