"""From which network address a request comes."""

from flask import request

from hotline.console.frame.access import parts


def address() -> str:
    """Of who asks, as the outermost proxy of ours saw it."""
    proxies = parts().settings.signing.proxies
    relayed = request.headers.get("X-Forwarded-For", "").split(",") if proxies else []
    return relayed[-proxies].strip() if len(relayed) >= proxies > 0 else request.remote_addr or ""
