"""Does every address that our instructions point at lead to a route, and the other way round?"""

import inspect

from flask import Flask

from hotline.calls import paths
from webhooks import fallback, promising, voice

CONFIGURED = {"/voice/incoming", "/voice/status", "/voice/fallback", fallback.RECORDED}


def _routes() -> set[str]:
    app = Flask(__name__)
    app.register_blueprint(voice.voice)
    app.register_blueprint(promising.promising)
    app.register_blueprint(fallback.fallback)
    return {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def _addresses() -> set[str]:
    builders = [f for _, f in inspect.getmembers(paths, inspect.isfunction)]
    return {_shape(builder) for builder in builders}


def _shape(builder: object) -> str:
    assert callable(builder)
    names = list(inspect.signature(builder).parameters)
    address = str(builder(*(f"<{name}>" for name in names)))
    if names == ["call", "leg"]:
        return address.replace("<call>", "<token>")
    address = address.replace("<call>", "<token>").replace("<leg>", "<token>")
    return address.replace("<number>", "<int:number>").replace("<stay>", "<int:stay>")


def test_every_route_has_a_builder_and_every_builder_a_route() -> None:
    assert _addresses() | CONFIGURED == _routes()


def test_every_route_takes_posts_only() -> None:
    app = Flask(__name__)
    app.register_blueprint(voice.voice)
    app.register_blueprint(promising.promising)
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            assert rule.methods == {"POST", "OPTIONS"}, rule
