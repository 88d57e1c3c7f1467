"""The room with all its views: importing one hangs it on the room."""

from hotline.console.help import api, now, paper, ringing_back
from hotline.console.help.room import help_room

__all__ = ["api", "help_room", "now", "paper", "ringing_back"]
