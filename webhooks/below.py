"""A path before ours, as a proxy may leave it: `https://city.example/hotline/voice/...`."""

from collections.abc import Callable, Iterable
from typing import Any

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


def below(prefix: str, app: WsgiApp) -> WsgiApp:
    """The same application, asked with the prefix of the public URL or without it.

    Proxies do either; our own paths, by which requests are signed, begin behind it.
    """
    if not prefix:
        return app

    def asked(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(f"{prefix}/"):
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}{prefix}"
            environ["PATH_INFO"] = path.removeprefix(prefix)
        return app(environ, start)

    return asked
