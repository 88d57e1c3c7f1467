"""What does the carrier answer to a REST request about a recording?"""

import re
import wave
from collections.abc import Mapping
from email.utils import format_datetime
from http import HTTPStatus
from io import BytesIO

from hotline.practice.exchange.exchange import Exchange, Recording
from hotline.practice.rest.calls import remark_unknown
from hotline.practice.rest.orders import RefusedOrder
from hotline.practice.rest.pages import PAGING, Json, page, since

PATH = re.compile(r"/2010-04-01/Accounts/(AC\w+)/Recordings/(\w+)(\.wav|\.json)?")
LIST = re.compile(r"/2010-04-01/Accounts/(AC\w+)/Recordings(?:\.json)?")
CREATED = "DateCreated>"
LISTS = PAGING | {CREATED}
RATE = 8000  # samples a second, of 8 bits: a telephone's
LONGEST_SOUND = 2  # seconds; of a longer message only so much is played
HIGH, LOW = 0xA0, 0x60


class RecordingsApi:
    """Twilio's Recordings resource: listed, its sound, and having it deleted."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def sound(self, sid: str) -> bytes:
        """A WAV file; not found until the carrier has made it."""
        found = self._exchange.recordings.get(sid)
        if found is None or self._exchange.line.now() < found.ready:
            raise _missing()
        return tone(found)

    def listed(self, path: str, fields: Mapping[str, str]) -> Json:
        """Those that were made since an instant, a page of them, also those not ready yet."""
        remark_unknown(self._exchange, fields, LISTS)
        first = since(fields, CREATED)
        known = self._exchange.recordings.items()
        made = [(sid, kept) for sid, kept in known if kept.at >= first]
        newest_first = sorted(made, key=lambda each: each[1].at, reverse=True)
        return page(path, "recordings", [self._shown(*each) for each in newest_first], fields)

    def _shown(self, sid: str, recording: Recording) -> Json:
        ready = self._exchange.line.now() >= recording.ready
        return {
            "sid": sid,
            "account_sid": self._exchange.account.sid,
            "call_sid": recording.call,
            "status": "completed" if ready else "processing",
            "source": "RecordVerb",
            "duration": str(round(recording.seconds)) if ready else "-1",
            "date_created": format_datetime(recording.at),
            "start_time": format_datetime(recording.at),
        }

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
