"""PostgreSQL in few trips: a statement goes with what begins its transaction, or with what ends it.

psycopg waits for the answers to BEGIN, to each statement and to COMMIT, and drops at each ROLLBACK
all that it prepared. Each wait costs a greeting half the CPU of a bare Flask route (ADR 29).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from select import POLLIN, POLLOUT, poll
from typing import Any, Final

import psycopg
from psycopg import abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.postgres import types
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, PipelineStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from hotline.store.driving import Asked, Values

BOOLEAN: Final = types["bool"].oid  # SQLAlchemy says it of every other type in the statement
UNSAID: Final = 0
IDLE: Final = TransactionStatus.IDLE
REFUSED: Final = ExecStatus.FATAL_ERROR
SYNCHRONIZED: Final = ExecStatus.PIPELINE_SYNC


@dataclass(frozen=True)
class _Known:
    """A statement that the server has prepared. adapter: of its values and of what it brings."""

    name: bytes
    adapter: abc.Transformer

    def dumped(self, values: Values) -> Sequence[Any]:
        """Values as the server reads them."""
        return self.adapter.dump_sequence(values, [PyFormat.TEXT] * len(values))


class PipedConnection(psycopg.Connection[Any]):
    """psycopg's, with a shorter way for statements that are asked again and again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._known: dict[str, _Known] = {}
        self._wire = poll()
        self._wire.register(self.pgconn.socket, POLLIN)

    def rows(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """What a statement brings."""
        (brought,) = self.trip([(sql, values)])
        return self._loaded(sql, brought)

    def rows_alone(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """The same of one that need not agree with any other: nothing is to be rolled back."""
        (brought,) = self.trip([(sql, values)], begins=False)
        return self._loaded(sql, brought)

    def wrote(self, sql: str, values: Values) -> int:
        """How many rows a statement wrote."""
        (written,) = self.trip([(sql, values)])
        return written.command_tuples or 0

    def write_each(self, sql: str, each: Sequence[Values]) -> None:
        """A statement once for each of `each`."""
        self.trip([(sql, values) for values in each])

    def finish(self, asked: Sequence[Asked]) -> None:
        """The last statements of a transaction, and its end: all of it stays, or nothing."""
        self.trip(asked, ends=True)

    def rollback(self) -> None:
        """Undo what was begun; what is prepared stays."""
        if self.pgconn.pipeline_status != PipelineStatus.OFF:
            raise psycopg.OperationalError("the connection was left in the middle of a trip")
        if self.pgconn.transaction_status != IDLE:
            self.pgconn.send_query(b"ROLLBACK")
            self._brought()

    def trip(
        self, asked: Sequence[Asked], *, begins: bool = True, ends: bool = False
    ) -> Sequence[PGresult]:
        """What comes of each statement. Raises the error of the first that is refused.

        begins: a transaction, where none is; ends: whether it is committed at once.
        """
        known = [self._statement(sql, values) for sql, values in asked]
        dumped = [each.dumped(values) for each, (_, values) in zip(known, asked, strict=True)]
        server = self.pgconn
        begins = begins and server.transaction_status == IDLE
        server.enter_pipeline_mode()
        if begins:
            server.send_query_params(b"BEGIN", None)
        for each, values in zip(known, dumped, strict=True):
            server.send_query_prepared(each.name, values)
        if ends:
            server.send_query_params(b"COMMIT", None)
        server.pipeline_sync()
        brought = self._brought()
        server.exit_pipeline_mode()
        return _unless_refused(brought)[begins : begins + len(asked)]

    def _loaded(self, sql: str, brought: PGresult) -> Sequence[tuple[Any, ...]]:
        adapter = self._known[sql].adapter
        adapter.set_pgresult(brought)
        return adapter.load_rows(0, brought.ntuples, tuple)

    def _statement(self, sql: str, values: Values) -> _Known:
        known = self._known.get(sql)
        if known is None:
            known = _Known(b"hotline_%d" % len(self._known), Transformer(self))
            # Where a statement does not say of what type a value is, the server takes it for text.
            told = [BOOLEAN if isinstance(value, bool) else UNSAID for value in values]
            self.pgconn.send_prepare(known.name, sql.encode(), told)
            _unless_refused(self._brought())
            self._known[sql] = known
        return known

    def _brought(self) -> list[PGresult]:
        """All that the server answers to what was sent. Raises OperationalError if it is gone."""
        server, brought = self.pgconn, list[PGresult]()
        while server.flush():
            self._make_room()
        while True:
            while server.is_busy():
                self._wire.poll()
                server.consume_input()
            result = server.get_result()
            if result is not None and result.status != SYNCHRONIZED:
                brought.append(result)
            elif result is not None or server.pipeline_status == PipelineStatus.OFF:
                return brought
            elif server.status != ConnStatus.OK:
                raise psycopg.OperationalError("the connection was lost")

    def _make_room(self) -> None:
        """Wait until more can be sent, and take what the server wants to be rid of first."""
        self._wire.modify(self.pgconn.socket, POLLIN | POLLOUT)
        self._wire.poll()
        self._wire.modify(self.pgconn.socket, POLLIN)
        self.pgconn.consume_input()


def _unless_refused(brought: Sequence[PGresult]) -> Sequence[PGresult]:
    """The same; raises the error of the first statement that was refused."""
    for result in brought:
        if result.status == REFUSED:
            if not result.error_field(DiagnosticField.SQLSTATE):  # libpq's own: the wire was cut
                raise psycopg.OperationalError(result.get_error_message())
            raise error_from_result(result)
    return brought
