"""The hotline and a bare route on one web server in a process of its own; keys come by stdin."""

import json
import logging
import sys
from pathlib import Path
from time import process_time

from flask import Response
from waitress.server import create_server

from benchmarks.calls.ground import SITE
from hotline.config import settings_from
from hotline.config.settings import Secrets
from hotline.parts import Parts
from hotline.ports import system_clock
from hotline.store import Store
from webhooks.app import create_app
from webhooks.serving.running import settle_in, watched

THREADS = 8


def main() -> None:
    """Serve until killed; the port is printed first."""
    logging.basicConfig(level=logging.CRITICAL)
    secrets = Secrets(**json.loads(sys.stdin.readline()))
    store = Store(secrets.database_url)
    parts = Parts(settings_from(Path(SITE)), secrets, store, system_clock)
    app = create_app(parts, watched(parts))
    app.add_url_rule("/bare", "bare", lambda: Response("<Response/>"), methods=["POST"])
    app.add_url_rule("/spent", "spent", lambda: Response(str(process_time())))
    settle_in()
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
