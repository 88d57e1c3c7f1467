"""How does the carrier prove that a webhook is its own?"""

import base64
import hashlib
import hmac
from collections.abc import Iterable

SIGNATURE_HEADER = "X-Twilio-Signature"


def signature(auth_token: str, url: str, form: Iterable[tuple[str, str]] = ()) -> str:
    """The X-Twilio-Signature of a request to `url` with the fields of `form`.

    url: exactly as it is asked, with its query, without fragment. Of a repeated field each
    different value counts once, sorted. Source: Twilio, "Validating requests".
    """
    fields = "".join(f"{name}{value}" for name, value in sorted(set(form)))
    digest = hmac.new(auth_token.encode(), (url + fields).encode(), hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()
