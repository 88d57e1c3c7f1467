"""Accounts of the sample site: one for each role, so that every page can be looked at."""

from dataclasses import replace
from typing import Final

from hotline.accounts.keeping import invite, unmade
from hotline.accounts.links import follow_link
from hotline.accounts.roles import Role
from hotline.accounts.tokens import token_hash
from hotline.parts import Parts
from hotline.store.access.links import open_link
from hotline.store.people.everybody import active_people

CAST: Final = {
    "dee": Role.COORDINATOR,
    "sam": Role.SUPERVISOR,
    "ada": Role.VOLUNTEER,
    "bo": Role.VOLUNTEER,
    "ann": Role.ADMINISTRATOR,
    "otto": Role.AUDITOR,
}


def people_of_the_pages(parts: Parts, password: str) -> tuple[str, ...]:
    """Make them; volunteers are the first of the sample people. What to print: login and role."""
    now = parts.clock()
    with parts.store.writing() as db:
        people = iter(active_people(db))
        for login, role in CAST.items():
            account = replace(unmade(login, login.capitalize()), roles=frozenset({role}))
            if role is Role.VOLUNTEER:
                person = next(people)
                account = replace(account, name=person.name, person=person.id)
            link = open_link(db, token_hash(invite(db, account, parts.settings, "demo", now)), now)
            assert link is not None
            follow_link(db, link, password, now)
    return tuple(f"{login} ({role})" for login, role in CAST.items())
