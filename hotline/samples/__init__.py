"""The made-up volunteers of the sample site in config.toml."""

from importlib.resources import files


def volunteers() -> bytes:
    """About 60 invented people as a CSV; see docs/people-csv.md."""
    return files(__name__).joinpath("volunteers.csv").read_bytes()
