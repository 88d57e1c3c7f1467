"""Requests to Twilio, or to a carrier that speaks the same."""

import logging
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from requests.adapters import BaseAdapter, HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ReadTimeout, RequestException
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import ProtocolError

from hotline.calls.paths import FALLBACK
from hotline.calls.ringing.posting import AT_ONCE
from hotline.config.settings import CarrierSettings, Secrets
from hotline.ports import (
    AnswerLostError,
    CallSid,
    Dialled,
    LegOrder,
    LegOverError,
    PortError,
    Recorded,
)
from webhooks.listed import A_PAGE, MOST, dialled, recorded

EVENTS: Final = ["initiated", "completed"]  # the first names the leg if our answer was lost
LONGEST_TEXT: Final = 1600  # characters; longer is error 21617
RETRY_LATER: Final = 429
OVER: Final = frozenset({20404, 21220})  # no such call, or not in progress any more
BEHIND_A_GATEWAY: Final = frozenset({502, 504})  # what stands behind it may have done it


class TwilioCarrier:
    """The Carrier of `hotline.ports`, over REST. One per process; safe for threads."""

    def __init__(
        self, settings: CarrierSettings, secrets: Secrets, adapter: BaseAdapter | None = None
    ) -> None:
        """adapter: carries the requests instead of the network, for a carrier in this process."""
        from twilio.http.http_client import TwilioHttpClient  # 0.1 s that web processes save
        from twilio.rest import Client

        logging.getLogger("twilio").setLevel(logging.WARNING)  # else ten lines for each request
        http = TwilioHttpClient(timeout=settings.request_seconds)
        if http.session is not None:
            pool = HTTPAdapter(pool_maxsize=AT_ONCE)
            http.session.mount("https://", pool)
            http.session.mount("http://", adapter or pool)
        self._http = http
        self._client = Client(secrets.account_sid, secrets.auth_token, http_client=http)
        if base := secrets.api_base or settings.api_base:
            self._client.api.base_url = base
        self._caller_id = settings.caller_id
        self._byoc = settings.byoc
        self._texts_from = settings.sms_from or settings.caller_id
        self._public_url = secrets.public_url

    def ring(self, order: LegOrder) -> CallSid:
        """Start a leg; its webhooks are at the order's paths."""
        over = {"byoc": self._byoc} if self._byoc and order.to.startswith("tel:") else {}
        call = _asked(
            lambda: self._client.calls.create(
                to=order.to.removeprefix("tel:"),
                from_=order.shown or self._caller_id,
                url=self._public_url + order.answered_path,
                fallback_url=self._public_url + FALLBACK,
                status_callback=self._public_url + order.status_path,
                status_callback_event=EVENTS,
                timeout=order.ring_seconds,
                **over,
            )
        )
        if not call.sid:
            raise AnswerLostError("the carrier's answer names no call")
        return CallSid(call.sid)

    def move(self, sid: CallSid, path: str) -> None:
        """Have a call fetch `path`."""
        url = self._public_url + path
        _asked(lambda: self._client.calls(sid).update(url=url, method="POST"))

    def release(self, sid: CallSid) -> None:
        """Stop a leg that rings; one that was answered goes on."""
        self._end(sid, "canceled")

    def hang_up(self, sid: CallSid) -> None:
        """End a leg; one that has ended is no error."""
        self._end(sid, "completed")

    def _end(self, sid: CallSid, status: str) -> None:
        try:
            _asked(lambda: self._client.calls(sid).update(status=status))
        except PortError as error:
            if not error.permanent:
                raise

    def text(self, to: str, words: str) -> None:
        """Send an SMS to a `tel:` address."""
        _asked(
            lambda: self._client.messages.create(
                to=to.removeprefix("tel:"), from_=self._texts_from, body=words[:LONGEST_TEXT]
            )
        )

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Have what is at `path` said in a conference, to one leg in it or to everybody."""
        where = self._client.conferences(room)
        who = where if to is None else where.participants(to)
        url = self._public_url + path
        _asked(lambda: who.update(announce_url=url, announce_method="POST"))

    def recording(self, sid: str) -> bytes:
        """A message as a WAV file."""
        account = self._client.account_sid
        where = f"/2010-04-01/Accounts/{account}/Recordings/{quote(sid, safe='')}.wav"
        media: bytes = _asked(lambda: self._media(self._client.api.base_url + where))
        return media

    def _media(self, url: str) -> bytes:
        """What is at `url`, as it is: the client's own requests make text of it."""
        from twilio.base.exceptions import TwilioRestException

        assert self._http.session is not None
        secret = (self._client.username, self._client.password)
        answer = self._http.session.get(url, auth=secret, timeout=self._http.timeout)
        if not answer.ok:
            raise TwilioRestException(answer.status_code, url)
        return bytes(answer.content)

    def erase_recording(self, sid: str) -> None:
        """Delete a recording; one that is gone is no error."""
        from twilio.base.exceptions import TwilioRestException

        def delete() -> None:
            try:
                self._client.recordings(sid).delete()
            except TwilioRestException as error:
                if error.status != HTTPStatus.NOT_FOUND:
                    raise

        _asked(delete)

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """Callers' legs; of more than the carrier lists in ten pages the youngest."""
        calls = self._client.calls
        bounds = {"page_size": A_PAGE, "limit": MOST}
        found: Sequence[Dialled] = _asked(
            lambda: dialled(calls.list(start_time_after=since, **bounds))
        )
        return found

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """Messages, likewise."""
        recordings = self._client.recordings
        bounds = {"page_size": A_PAGE, "limit": MOST}
        found: Sequence[Recorded] = _asked(
            lambda: recorded(recordings.list(date_created_after=since, **bounds))
        )
        return found


def _asked(request: Any) -> Any:
    """The carrier's answer; its refusals and silences as PortError, never with a number in it."""
    from twilio.base.exceptions import (
        TwilioException,
        TwilioRestException,
        TwilioServiceException,
    )

    try:
        return request()
    except (TwilioRestException, TwilioServiceException) as error:
        raise _refusal(error.status, error.code or error.status) from None
    except TwilioException:  # of a list, whatever was answered instead
        raise PortError("the carrier's list cannot be read", permanent=False) from None
    except ReadTimeout:
        raise AnswerLostError("the carrier did not answer in time") from None
    except RequestException as error:
        raise _broken(error) from None
    except (ValueError, AttributeError):  # a page of some gateway's, instead of what was asked
        raise AnswerLostError("the carrier's answer cannot be read") from None


def _refusal(status: int, code: object) -> PortError:
    sentence = f"the carrier answered {status} ({code})"
    if code in OVER:
        return LegOverError(sentence)
    if status in BEHIND_A_GATEWAY:
        return AnswerLostError(sentence)
    return PortError(sentence, permanent=status < 500 and status != RETRY_LATER)


def _broken(error: RequestException) -> PortError:
    """A connection that broke after the request was sent tells nothing of what was done."""
    cause = error.args[0] if error.args else None
    cut = type(error) is NoConnection and isinstance(cause, (ProtocolError, OSError))
    if cut or isinstance(error, ChunkedEncodingError):
        return AnswerLostError("the connection broke before the carrier had answered")
    name = type(error).__name__
    return PortError(f"the carrier is out of reach ({name})", permanent=False)
