"""Does a real Dask cluster solve the same, and lose nothing when a worker dies?"""

import sys
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Final

import pytest
from distributed import LocalCluster
from distributed.client import ClosedClientError
from distributed.comm.core import CommClosedError

from benchmarks.loopback import Loopback, loopback
from scheduling.many import Watch, solve_many, solved
from scheduling.places import PlaceError
from scheduling.places.cluster import Cluster, ClusterCrew, on_a_node, pass_on
from scheduling.places.local import Here
from scheduling.problem import Pin
from tests.scheduling.places.played import Gate, hard, once, rosters, tasks

PATIENCE = 120  # seconds; a scheduler on a loaded machine answers late
INSIDE: Final[Mapping[str, object]] = {  # a cluster within this process
    "n_workers": 1,
    "processes": False,
    "protocol": "tcp",
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",  # else 8787, which another test may have
}


def test_a_worker_killed_while_it_solves_loses_nothing(cluster: Loopback, gate: Gate) -> None:
    asked = [hard(f"desk {n}") for n in range(3)]

    def kill() -> None:
        cluster.workers[0].kill()
        assert cluster.workers[0].wait() == -9
        gate.open()

    answers = solve_many(asked, Cluster(cluster.address, PATIENCE), Watch(on_progress=once(kill)))

    assert rosters(answers) == rosters(solve_many(asked, Here()))
    assert [answer.fault for answer in answers] == [None] * 3


def test_a_scheduler_that_dies_takes_along_only_what_is_not_answered(cluster: Loopback) -> None:
    asked = [*tasks(1), *(hard(f"desk {n}") for n in range(4))]
    watch = Watch(on_answer=lambda number, answer: cluster.scheduler.kill())

    answers = solve_many(asked, Cluster(cluster.address, patience=30), watch)

    told = {str(answer.fault) for answer in answers}
    assert told == {"None", "The scheduler of the cluster is gone."}


@dataclass(frozen=True)
class Lost:
    """What Dask says of an answer that is there, and whose scheduler dies while it is fetched."""

    status: str = "finished"

    def result(self) -> str:
        raise CommClosedError


def test_an_answer_that_is_lost_on_its_way_is_not_waited_for() -> None:
    here: Future[str] = Future()

    pass_on(here, Lost())  # type: ignore[arg-type]  # what it is asked, it can say

    assert wait([here], timeout=0).done
    assert here.cancelled()


class GivenUp:
    """Dask's client once it has tried in vain to find its scheduler again."""

    scheduler: object = None

    def subscribe_topic(self, *_: object) -> None:
        pass

    def cancel(self, _: object) -> None:
        raise ClosedClientError


def test_a_connection_that_was_given_up_solves_nothing_and_can_be_left() -> None:
    crew = ClusterCrew(GivenUp(), solved)  # type: ignore[arg-type]  # what it is asked, it can say

    assert crew.width() == 0
    crew.stop()


class OutOfReach(GivenUp):
    """Dask's client while its scheduler does not answer."""

    scheduler = SimpleNamespace(ncores=None)

    def sync(self, _: object) -> None:
        raise CommClosedError


def test_a_scheduler_that_does_not_answer_has_room_for_nothing() -> None:
    crew = ClusterCrew(OutOfReach(), solved)  # type: ignore[arg-type]  # what it is asked, it can say

    assert crew.width() == 0


def test_a_problem_that_makes_no_sense_is_told_by_the_cluster() -> None:
    asked = tasks(3)
    asked[1] = replace(asked[1], problem=replace(asked[1].problem, pins=(Pin("Eve", "x"),)))
    heard: list[int] = []

    with LocalCluster(**INSIDE) as inside:
        place = Cluster(inside.scheduler_address, PATIENCE)
        answers = solve_many(asked, place, Watch(on_progress=lambda n, _: heard.append(n)))

    assert str(answers[1].fault) == "a pin names an unknown person: Eve"
    assert [answer.fault is None for answer in answers] == [True, False, True]
    assert set(heard) == {0, 2}


def test_what_is_cancelled_does_not_hold_up_the_cluster(gate: Gate) -> None:
    heard: list[int] = []
    watch = Watch(on_progress=lambda n, _: heard.append(n), cancelled=lambda: bool(heard))

    with LocalCluster(**INSIDE) as inside:
        place = Cluster(inside.scheduler_address, PATIENCE)
        answers = solve_many([*tasks(1), hard("desk")], place, watch)
        gate.open()

    assert [type(answer.fault) for answer in answers] == [CancelledError] * 2


def test_a_scheduler_out_of_reach_is_told_in_a_sentence() -> None:
    for address in ("tcp://127.0.0.1:1", "nowhere://at all"):
        with pytest.raises(PlaceError) as told:
            solve_many(tasks(1), Cluster(address, patience=0.5))
        assert str(told.value) == f"No Dask scheduler answers at {address}."


def test_an_address_with_tls_is_refused_without_certificates() -> None:
    with pytest.raises(PlaceError, match="wants TLS, and Dask's configuration here has none"):
        solve_many(tasks(1), Cluster("tls://127.0.0.1:1"))


def test_a_scheduler_without_workers_is_told_in_a_sentence() -> None:
    with loopback(workers=0) as empty, pytest.raises(PlaceError, match=r"has no worker\.$"):
        solve_many(tasks(1), Cluster(empty.address, PATIENCE, for_a_worker=0.5))


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlaceError, match=r"install hotline\[cluster\]"):
        solve_many(tasks(1), Cluster("tcp://127.0.0.1:1"))


def test_a_worker_with_other_code_solves_nothing() -> None:
    with pytest.raises(PlaceError, match="another version of the program"):
        on_a_node(solved, "{}", 0, "topic", "other code")
