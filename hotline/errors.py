"""What went wrong, in a sentence for the person who can do something about it."""


class HotlineError(Exception):
    """Wrong input. Its text is one or more sentences that a coordinator understands."""
