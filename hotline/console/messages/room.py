"""The blueprint of messages and callbacks, and its doors."""

from typing import Final

from flask import Blueprint

from hotline.accounts.permits import Act
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

messages = Blueprint("messages", __name__, template_folder="templates")
MESSAGES_DOOR: Final = Door(_l("Messages"), "messages.show_messages", Act.HEAR_MESSAGES)
CALLBACKS_DOOR: Final = Door(_l("Callbacks"), "messages.show_callbacks", Act.KEEP_CALLBACKS)
