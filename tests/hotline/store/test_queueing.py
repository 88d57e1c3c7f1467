"""Writers of one SQLite file queue, and none of them without end."""

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from hotline.store.queueing import Gate, QueuedConnection


def connected(path: Path, gate: Gate) -> QueuedConnection:
    connection = sqlite3.connect(path, factory=QueuedConnection, check_same_thread=False)
    connection.path, connection.gate = str(path), gate
    connection.isolation_level = None
    return connection


def test_a_write_inside_a_write_is_refused_and_does_not_wait_for_ever(tmp_path: Path) -> None:
    gate = Gate(patience=0.05)
    outer, inner = (connected(tmp_path / "a.db", gate) for _ in range(2))
    outer.line_up()

    with pytest.raises(sqlite3.OperationalError, match="of this process"):
        inner.line_up()

    outer.commit()
    inner.line_up()
    inner.rollback()
    outer.close()
    inner.close()


def test_another_process_that_never_lets_go_is_not_waited_for_without_end(tmp_path: Path) -> None:
    stuck, mine = (connected(tmp_path / "a.db", Gate(patience=0.05)) for _ in range(2))
    stuck.line_up()

    with pytest.raises(sqlite3.OperationalError, match="another process"):
        mine.line_up()

    stuck.close()  # as when it is killed
    mine.line_up()
    mine.close()


def test_all_who_queue_get_their_turn(tmp_path: Path) -> None:
    gate, others = Gate(), Gate()
    connections = [connected(tmp_path / "a.db", each) for each in (gate, others) * 6]
    inside: list[int] = []
    most: list[int] = []

    def write(connection: QueuedConnection) -> None:
        for _ in range(20):
            connection.line_up()
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            connection.commit()

    threads = [Thread(target=write, args=[each]) for each in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 240
    for each in connections:
        each.close()
