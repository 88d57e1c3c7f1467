"""What a leg hears when a request of ours failed: words that fit where the leg stands."""

import logging
from typing import Final

from flask import request

from hotline.calls.instructions import GoTo, Leave
from webhooks.fallback import AGAIN, Fallback, best_effort, plain, to_volunteer, tried_again
from webhooks.twiml import document

log = logging.getLogger(__name__)

IN_QUEUE: Final = frozenset({"wait", "wait_key"})
BESIDE_THE_CALLER: Final = frozenset(
    {
        *("leg_alone", "leg_done", "leg_menu", "leg_menu_key", "leg_hold", "leg_hold_key"),
        *("leg_desk_key", "leg_aside", "leg_aside_alone", "leg_aside_key", "leg_aside_rings"),
        *("leg_partner_key", "leg_ground_key", "leg_reference", "leg_handing", "leg_partnered"),
    }
)


def words_instead(documents: Fallback, public_url: str) -> str:
    """The same request once more; then out of the queue, an apology, or thanks to a volunteer.

    So a database that is away for some seconds costs seconds, and one that stays away ends in
    voicemail. Nothing here needs the database.
    """
    where = _where()
    if request.blueprint == "texts":
        return documents.texted
    if where == "message":
        log.error("message kept by the carrier: %s", plain(request.form.get("RecordingSid", "")))
        return documents.recorded
    if to_volunteer() and (where not in BESIDE_THE_CALLER or tried_again()):
        return documents.to_volunteer
    if not tried_again():
        return document((documents.one_moment, GoTo(f"{request.path}?{AGAIN}")), public_url)
    return document((Leave(),), public_url) if where in IN_QUEUE else documents.apology


def words_to_a_stranger(documents: Fallback, public_url: str) -> str:
    """For an address that belongs to no call of ours: the caller is greeted anew."""
    if _where() in IN_QUEUE:
        return document((Leave(),), public_url)
    return best_effort(documents)


def _where() -> str:
    return (request.endpoint or "").rpartition(".")[2]
