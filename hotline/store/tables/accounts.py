"""Who may use the pages, and what they did there."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    """Somebody who may sign in. roles, desks: separated by spaces; no desk: the whole site."""

    __tablename__ = "account"
    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True, max_length=64)  # in lower case
    name: str = Field(max_length=120)
    roles: str = Field(max_length=80)
    desks: str = Field(default="", max_length=400)
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    language: str = Field(default="", max_length=8)
    password: str = ""  # argon2; empty: none yet, an invitation is open
    totp: bytes | None = None  # the secret of the second factor, encrypted
    totp_since: datetime | None = None  # None: not confirmed yet, so not asked for
    totp_step: int = 0  # the last time step used: a code works once
    active: bool = True
    made: datetime


class RecoveryCodeRow(SQLModel, table=True):
    """A code that stands for a lost second factor, once."""

    __tablename__ = "recovery_code"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    hash: str = Field(max_length=64)
    used: datetime | None = None


class PageSessionRow(SQLModel, table=True):
    """A browser somebody signed in with. hash: of the token that its cookie holds."""

    __tablename__ = "page_session"
    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    begun: datetime
    seen: datetime
    ends: datetime = Field(index=True)
    ended: datetime | None = None


class AccountLinkRow(SQLModel, table=True):
    """An invitation, or a way to a new password: a link that works once."""

    __tablename__ = "account_link"
    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    purpose: str = Field(max_length=16)
    made: datetime
    ends: datetime
    used: datetime | None = None


class WrongTryRow(SQLModel, table=True):
    """Wrong passwords in a row from one source for one login. source: a keyed hash of both."""

    __tablename__ = "wrong_try"
    source: str = Field(primary_key=True, max_length=64)
    wrong: int
    at: datetime = Field(index=True)
    locked_until: datetime | None = None


class FormSentRow(SQLModel, table=True):
    """A form that was sent: the same one again is answered with where the first one led."""

    __tablename__ = "form_sent"
    token: str = Field(primary_key=True, max_length=64)
    at: datetime = Field(index=True)
    led_to: str | None = None


class TrailRow(SQLModel, table=True):
    """What somebody changed. hash: over the entry and the hash of the one before."""

    __tablename__ = "trail"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # 1, 2, 3 ...
    at: datetime = Field(index=True)
    login: str = Field(max_length=64)
    act: str = Field(max_length=64)
    subject: str = Field(max_length=200)
    before: str  # JSON
    after: str  # JSON
    hash: str = Field(max_length=64)


class TrailEndRow(SQLModel, table=True):
    """One row: the last entry, and what waits for whoever writes the next."""

    __tablename__ = "trail_end"
    id: int = Field(primary_key=True)
    last: int
    hash: str = Field(max_length=64)
