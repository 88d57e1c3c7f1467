"""What a browser loads beside the page: our style and script, and htmx from its wheel."""

from dataclasses import dataclass
from gzip import compress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from hotline.errors import HotlineError

HTMX_WHEEL: Final = "js_lib_htmx"
HTMX_DIGEST: Final = "491955cd1810747d7d7b9ccb936400afb760e06d25d53e4572b64b6563b2784e"  # 2.0.3
PAGES: Final = Path(__file__).parent.parent
TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


class WrongAssetError(HotlineError):
    """A file that browsers would run is not the one we know."""


@dataclass(frozen=True)
class Asset:
    """A file at an address that holds its digest, so that it may be kept for ever."""

    name: str
    folder: str
    digest: str
    body: bytes
    packed: bytes  # by gzip, for the many browsers that can unpack it

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"/{self.folder}/{self.digest[:16]}/{self.name}"

    @property
    def content_type(self) -> str:
        """What it is."""
        return TYPES[Path(self.name).suffix]


def our_assets() -> tuple[Asset, ...]:
    """Style and script of our own, of every room; no two have one name."""
    return tuple(_asset(path, "assets") for path in sorted(PAGES.glob("*/assets/*.*")))


def htmx(wheel: str = HTMX_WHEEL) -> Asset:
    """htmx from the installed wheel; raises WrongAssetError unless it is the known one."""
    return known(_asset(_inside(wheel) / "static" / "htmx" / "htmx.min.js", "vendor"), HTMX_DIGEST)


def known(asset: Asset, digest: str) -> Asset:
    """The asset itself if it has that digest; raises WrongAssetError if not."""
    if asset.digest != digest:
        raise WrongAssetError(
            f"{asset.name} is not the file this program was tested with "
            f"(sha256 {asset.digest}, wanted {digest}): install the locked packages anew."
        )
    return asset


def _inside(wheel: str) -> Path:
    spec = find_spec(wheel)  # finds it without importing Django
    if spec is None or not spec.submodule_search_locations:
        raise WrongAssetError("The package django-js-lib-htmx is not installed.")
    return Path(spec.submodule_search_locations[0])


def _asset(path: Path, folder: str) -> Asset:
    body = path.read_bytes()
    return Asset(path.name, folder, sha256(body).hexdigest(), body, compress(body, mtime=0))
