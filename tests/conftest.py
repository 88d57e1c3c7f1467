"""What every test may ask for: both databases, a browser, repeatable examples, a closed network."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from hotline.store import Store
from tests.databases import DATABASES, PostgresCluster, migrated_sqlite, postgres_cluster
from tests.parts import forget_the_operators_environment, lacking_is_failure

pytest_plugins = ("tests.browsers", "tests.goldens")

NO_CONSTANTS = Constants()
NO_CLOCK = [HealthCheck.too_slow]  # on a loaded machine all is slow
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=NO_CLOCK
)
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=50)

# Hypothesis draws numbers out of the modules of ours that are loaded. Which these are hangs on the
# tests a worker ran before; then a branch is walked in one run, and in the next it is not.
providers._get_local_constants = lambda: NO_CONSTANTS


def pytest_configure(config: pytest.Config) -> None:
    """Nobody's own settings reach a test; the same examples are drawn in every run."""
    forget_the_operators_environment()
    if not config.getoption("--hypothesis-profile", default=None):
        settings.load_profile("ci" if lacking_is_failure() else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, so that -m can choose them."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "golden" in asked:
            item.add_marker("golden")
        if "chromium_path" in asked or "page" in asked:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI=true a skipped test counts as failed: nothing may go untried there."""
    report = yield
    if report.skipped and lacking_is_failure() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI=true: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Under CI=true a module that skips itself counts as failed, too."""
    report = yield
    if report.skipped and lacking_is_failure():
        report.outcome = "failed"
        report.longrepr = f"skipped under CI=true: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """A PostgreSQL server of this process alone, started when first asked for."""
    with postgres_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "hotline.db"
    migrated_sqlite(path)
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated, empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path / "hotline.db"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    with cluster.fresh_database() as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A fresh, migrated, empty store: once on SQLite, once on PostgreSQL."""
    store = Store(database_url)
    yield store
    store.close()
