"""Who may see a page: until there are accounts, only this very machine.

The remote address alone is no proof: a web page elsewhere can make a browser here ask us under a
name of its own (DNS rebinding), and a proxy here asks on behalf of anybody.
"""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Request, Response

REFUSAL: Final = (
    "This page is shown on the machine itself only, until there are accounts.\n"
    "在有账号之前，本页只在本机显示。\n"
)
RELAYED: Final = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def is_outsider(request: Request) -> bool:
    """Whether the request comes, or may come, from anywhere but a browser on this machine."""
    if any(name in request.headers for name in RELAYED):
        return True
    host = _host_name(request.headers.get("Host", ""))
    return not (_is_loopback(request.remote_addr or "") and _names_loopback(host))


def refusal() -> Response:
    """What an outsider reads."""
    return Response(REFUSAL, 403, content_type="text/plain; charset=utf-8")


def guarded(response: Response) -> Response:
    """The answer with what keeps a browser from doing more with it than showing it."""
    response.headers.extend(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _names_loopback(host: str) -> bool:
    return host == "localhost" or _is_loopback(host)


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
