"""Does every address that our instructions point at lead to a route, and the other way round?"""

import inspect

from flask import Flask

from hotline.calls import paths
from hotline.calls.colleagues import menu_paths
from hotline.phones import paths as staff_paths
from webhooks import fallback
from webhooks.app import TELEPHONE

TEXTS = "/sms/incoming"
CONFIGURED = {"/voice/incoming", "/voice/status", "/voice/fallback", TEXTS, fallback.RECORDED}


def _app() -> Flask:
    app = Flask(__name__, static_folder=None)
    for blueprint in TELEPHONE:
        app.register_blueprint(blueprint)
    return app


def _routes() -> set[str]:
    return {rule.rule for rule in _app().url_map.iter_rules()}


def _addresses() -> set[str]:
    modules = (paths, menu_paths, staff_paths)
    builders = [f for each in modules for _, f in inspect.getmembers(each, inspect.isfunction)]
    return {_shape(builder) for builder in builders}


def _shape(builder: object) -> str:
    assert callable(builder)
    names = list(inspect.signature(builder).parameters)
    address = str(builder(*(f"<{name}>" for name in names)))
    if names == ["call", "leg"]:
        return address.replace("<call>", "<token>")
    address = address.replace("<call>", "<token>").replace("<leg>", "<token>")
    address = address.replace("<errand>", "<token>")
    return address.replace("<number>", "<int:number>").replace("<stay>", "<int:stay>")


def test_every_route_has_a_builder_and_every_builder_a_route() -> None:
    assert _addresses() | CONFIGURED == _routes()


def test_every_route_takes_posts_only() -> None:
    for rule in _app().url_map.iter_rules():
        assert rule.methods == {"POST", "OPTIONS"}, rule
