"""The apprise URLs of a person: secrets, kept encrypted."""

from collections.abc import Iterable
from typing import Final

from hotline.errors import HotlineError
from hotline.notices.urls import is_notice_url
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.people.contacts import keep_urls
from hotline.store.people.everybody import person_coded

MOST_URLS: Final = 4  # each may take eight seconds to fail, and a notice is leased for 90


class ContactError(HotlineError):
    """There is no such person, or what was given is no URL that apprise knows."""


def keep_urls_of(db: Session, code: str, lines: Iterable[str], privacy: Privacy) -> int:
    """Keep the URLs in `lines` instead of those before; how many. Raises ContactError."""
    urls = [line.strip() for line in lines if line.strip()]
    if len(urls) > MOST_URLS:
        raise ContactError(f"A person has at most {MOST_URLS} URLs, tried in order.")
    for number, url in enumerate(urls, 1):  # named by its place: it is a secret
        if not is_notice_url(url):
            raise ContactError(f"Line {number} is no URL that apprise knows, like mailtos://...")
    person = person_coded(db, code)
    if person is None:
        raise ContactError(f"There is nobody with the code {code!r}; see: hotline people export")
    keep_urls(db, person, privacy.sealed("\n".join(urls)) if urls else None)
    return len(urls)
