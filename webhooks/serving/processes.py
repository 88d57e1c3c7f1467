"""The web server of a larger site: several processes, of which any may die."""

from dataclasses import replace
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication

from hotline.parts import Parts
from hotline.store import Store
from webhooks.app import create_app
from webhooks.serving.running import in_agreement, settle_in, watched

# A process that does not report for so long is replaced; the carrier gives an answer up after 15 s.
SILENT_FOR: Final = 20
FINISHES_WITHIN: Final = 10


def serve_in_processes(parts: Parts) -> None:
    """Answer the carrier and people until interrupted. Never returns."""
    parts.store.close()  # before there is a second process: none may inherit a connection
    _Processes(parts).run()


class _Processes(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told by our settings instead of its own files and options."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        super().__init__()

    def load_config(self) -> None:
        """Before anything else is asked."""
        for name, value in _options(self._parts).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Asked in each process, so that each has connections of its own."""
        parts = in_agreement(replace(self._parts, store=Store(self._parts.store.url)))
        app = create_app(parts, watched(parts))
        settle_in()
        return app


def _options(parts: Parts) -> dict[str, Any]:
    serving = parts.settings.serving
    return {
        "bind": f"{serving.host}:{serving.port}",
        "workers": serving.processes or 1,
        "worker_class": "gthread",
        "threads": serving.threads,
        "timeout": SILENT_FOR,
        "graceful_timeout": FINISHES_WITHIN,
        "control_socket_disable": True,  # else every instance takes one path in $HOME
        "loglevel": "warning",
    }
