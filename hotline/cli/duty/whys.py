"""Why a person is not rung, in words."""

from typing import Final

from hotline.duty import Why

REASONS: Final = {  # in the order they are shown: who is nearest to being rung comes first
    Why.RINGING: "their telephone is ringing",
    Why.TALKING: "in a conversation",
    Why.WRAP_UP: "writing up a call",
    Why.BREAK: "on a break",
    Why.COOL_DOWN: "resting after a call of high risk",
    Why.OUT_OF_REACH: "out of reach by telephone, and rung only when nobody else can be",
    Why.NOT_CHECKED_IN: "on duty, but not checked in",
    Why.LANGUAGE: "on duty, but speak none of the line's languages",
    Why.EXPIRED: "on duty, but a certificate has expired",
    Why.UNTRAINED: "on duty, but lack a certificate",
    Why.TRAINEE: "on duty beside a mentor, and still learning",
    Why.ABSENT: "on duty, but absent",
    Why.REPLACED: "somebody else comes instead, by an override",
    Why.NOT_ROSTERED: "not on duty then",
    Why.LINE_PAUSED: "kept from it, for a supervisor has paused the line",
    Why.OTHER_DESK: "sit at other desks only",
}
