"""Who somebody at the pages is: their account, its roles, and the desks and lines it reaches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NewType

from hotline.config.settings import Desk, DeskName, Language, Line, LineName, Settings
from hotline.config.tables.accounts import Role as Role
from hotline.duty import PersonId

AccountId = NewType("AccountId", int)
SessionId = NewType("SessionId", int)


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in. desks: what they reach; none named is the whole site."""

    id: AccountId
    login: str  # in lower case
    name: str
    roles: frozenset[Role]
    desks: frozenset[DeskName] = frozenset()
    person: PersonId | None = None  # who they are as a volunteer
    language: Language | None = None  # None: as the browser says
    active: bool = True


@dataclass(frozen=True)
class Viewer:
    """The account behind a request, and its session."""

    account: Account
    session: SessionId
    csrf: str

    @property
    def person(self) -> PersonId | None:
        """Who they are as a volunteer."""
        return self.account.person

    def sees_desk(self, desk: str) -> bool:
        """Whether this desk is theirs."""
        return not self.account.desks or desk in self.account.desks

    def sees_any(self, desks: Iterable[str]) -> bool:
        """Whether one of these desks is theirs: so a person of several desks is seen by each."""
        return not self.account.desks or not self.account.desks.isdisjoint(desks)

    def sees_line(self, line: Line) -> bool:
        """Whether it is theirs: the line's own desk is, the first of its chain."""
        return self.sees_desk(line.desks[0])

    def desks(self, settings: Settings) -> tuple[Desk, ...]:
        """Those of the site that are theirs, in the order of config.toml."""
        return tuple(desk for desk in settings.desks if self.sees_desk(desk.name))

    def lines(self, settings: Settings) -> tuple[Line, ...]:
        """Those of the site that are theirs, in the order of config.toml."""
        return tuple(line for line in settings.lines if self.sees_line(line))

    def line_names(self, settings: Settings) -> frozenset[LineName]:
        """The names of those lines."""
        return frozenset(line.name for line in self.lines(settings))


def roles_written(roles: Collection[Role]) -> str:
    """As they are stored and listed."""
    return " ".join(role for role in Role if role in roles)
