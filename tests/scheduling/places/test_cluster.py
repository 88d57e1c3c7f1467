"""Does a real Dask cluster solve the same, and lose nothing when a worker dies?"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from distributed import LocalCluster

from benchmarks.loopback import Loopback, loopback
from scheduling.many import Watch, solve_many, solved
from scheduling.places import PlaceError
from scheduling.places.cluster import Cluster, on_a_node
from scheduling.places.local import Here
from scheduling.problem import Pin
from tests.scheduling.places.played import hard, once, rosters, tasks

INSIDE: Final[Mapping[str, object]] = {  # a cluster within this process
    "n_workers": 1,
    "processes": False,
    "protocol": "tcp",
    "host": "127.0.0.1",
    "dashboard_address": None,
}


def test_a_worker_killed_while_it_solves_loses_nothing(cluster: Loopback) -> None:
    asked = [hard(f"desk {n}") for n in range(3)]
    answered: list[int] = []
    before: list[list[int]] = []

    def kill() -> None:
        before.append([*answered])
        cluster.workers[0].kill()

    watch = Watch(on_progress=once(kill), on_answer=lambda number, _: answered.append(number))

    answers = solve_many(asked, Cluster(cluster.address), watch)

    assert before == [[]], "nothing was lost that could be: all was answered already"
    assert cluster.workers[0].wait(10) == -9
    assert rosters(answers) == rosters(solve_many(asked, Here()))
    assert [answer.fault for answer in answers] == [None] * 3


def test_a_scheduler_that_dies_takes_along_only_what_is_not_answered(cluster: Loopback) -> None:
    asked = [*tasks(1), *(hard(f"desk {n}") for n in range(4))]
    watch = Watch(on_answer=lambda number, answer: cluster.scheduler.kill())

    answers = solve_many(asked, Cluster(cluster.address, patience=5), watch)

    assert any(answer.result for answer in answers)
    faults = [answer.fault for answer in answers if answer.fault]
    assert faults
    assert {str(fault) for fault in faults} == {"The scheduler of the cluster is gone."}


def test_a_problem_that_makes_no_sense_is_told_by_the_cluster() -> None:
    asked = tasks(3)
    asked[1] = replace(asked[1], problem=replace(asked[1].problem, pins=(Pin("Eve", "x"),)))
    heard: list[int] = []

    with LocalCluster(**INSIDE) as inside:
        place = Cluster(inside.scheduler_address)
        answers = solve_many(asked, place, Watch(on_progress=lambda n, _: heard.append(n)))

    assert str(answers[1].fault) == "a pin names an unknown person: Eve"
    assert [answer.fault is None for answer in answers] == [True, False, True]
    assert set(heard) == {0, 2}


def test_what_is_cancelled_does_not_hold_up_the_cluster() -> None:
    heard: list[int] = []
    watch = Watch(on_progress=lambda n, _: heard.append(n), cancelled=lambda: bool(heard))

    with LocalCluster(**INSIDE) as inside:
        answers = solve_many([*tasks(1), hard("desk")], Cluster(inside.scheduler_address), watch)

    assert any(answer.fault for answer in answers)


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
        solve_many(tasks(1), Cluster(empty.address, patience=2))


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlaceError, match=r"install hotline\[cluster\]"):
        solve_many(tasks(1), Cluster("tcp://127.0.0.1:1"))


def test_a_worker_with_other_code_solves_nothing() -> None:
    with pytest.raises(PlaceError, match="another version of the program"):
        on_a_node(solved, "{}", 0, "topic", "other code")
