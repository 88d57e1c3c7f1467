"""What does the carrier answer to a REST request about a recording?"""

import re
import wave
from http import HTTPStatus
from io import BytesIO

from hotline.practice.exchange.exchange import Exchange, Recording
from hotline.practice.rest.orders import RefusedOrder

PATH = re.compile(r"/2010-04-01/Accounts/(AC\w+)/Recordings/(\w+)(\.wav|\.json)?")
RATE = 8000  # samples a second, of 8 bits: a telephone's
LONGEST_SOUND = 2  # seconds; of a longer message only so much is played
HIGH, LOW = 0xA0, 0x60


class RecordingsApi:
    """Twilio's Recordings resource: its sound, and having it deleted."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def sound(self, sid: str) -> bytes:
        """A WAV file; not found until the carrier has made it."""
        found = self._exchange.recordings.get(sid)
        if found is None or self._exchange.line.now() < found.ready:
            raise _missing()
        return tone(found)

    def delete(self, sid: str) -> None:
        """Gone for good."""
        if self._exchange.recordings.pop(sid, None) is None:
            raise _missing()


def tone(recording: Recording) -> bytes:
    """A quiet hum of 250 Hz."""
    file = BytesIO()
    length = int(min(recording.seconds, LONGEST_SOUND) * RATE)
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(bytes(HIGH if n % 32 < 16 else LOW for n in range(length)))
    return file.getvalue()


def _missing() -> RefusedOrder:
    return RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
