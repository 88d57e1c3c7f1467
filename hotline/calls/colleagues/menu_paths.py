"""The addresses of what a volunteer or a supervisor does beside talking; see `paths`."""


def leg_menu(leg: str, number: int) -> str:
    """What a volunteer can do beside talking."""
    return f"/voice/leg/{leg}/menu/{number}"


def leg_menu_key(leg: str, number: int) -> str:
    """What a volunteer chose there."""
    return f"/voice/leg/{leg}/menu/{number}/key"


def leg_hold(leg: str, number: int) -> str:
    """The volunteer looks something up; the caller hears words."""
    return f"/voice/leg/{leg}/hold/{number}"


def leg_hold_key(leg: str, number: int) -> str:
    """The volunteer is back."""
    return f"/voice/leg/{leg}/hold/{number}/key"


def leg_aside(leg: str, number: int) -> str:
    """Out of the room beside the caller's, or waiting for what a colleague decides."""
    return f"/voice/leg/{leg}/aside/{number}"


def leg_aside_alone(leg: str, number: int) -> str:
    """Alone in the room beside the caller's."""
    return f"/voice/leg/{leg}/aside/{number}/alone"


def leg_aside_rings(leg: str, number: int) -> str:
    """A colleague is being rung, to talk aside."""
    return f"/voice/leg/{leg}/aside/{number}/rings"


def leg_aside_key(leg: str, number: int) -> str:
    """Who goes on with the conversation."""
    return f"/voice/leg/{leg}/aside/{number}/key"


def leg_desk_key(leg: str, number: int) -> str:
    """Which desk a conversation goes to."""
    return f"/voice/leg/{leg}/desk/{number}/key"


def leg_partner_key(leg: str, number: int) -> str:
    """Which partner a conversation goes to."""
    return f"/voice/leg/{leg}/partner/{number}/key"


def leg_ground_key(leg: str, number: int) -> str:
    """On which ground."""
    return f"/voice/leg/{leg}/ground/{number}/key"


def leg_reference(leg: str, number: int) -> str:
    """A work-order number was keyed in for the hand-over of that number."""
    return f"/voice/leg/{leg}/reference/{number}"


def leg_handing(leg: str, number: int) -> str:
    """The volunteer rings the partner, or waits while the caller does."""
    return f"/voice/leg/{leg}/handing/{number}"


def leg_partnered(leg: str, number: int) -> str:
    """The volunteer's word with a partner is over, or never began."""
    return f"/voice/leg/{leg}/partnered/{number}"


def leg_outside(leg: str, number: int) -> str:
    """A supervisor outside of the room."""
    return f"/voice/leg/{leg}/outside/{number}"


def leg_outside_key(leg: str, number: int) -> str:
    """How a supervisor takes part from now on."""
    return f"/voice/leg/{leg}/outside/{number}/key"


def leg_form(leg: str, question: str, number: int) -> str:
    """An answer to a question of the form after a conversation."""
    return f"/voice/leg/{leg}/form/{question}/{number}"
