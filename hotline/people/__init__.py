"""Volunteers: how they are listed in a CSV, read from it and written to it.

`hotline.people.importing` stands apart because the store needs the names exported here.
"""

from hotline.people.cells import COLUMNS
from hotline.people.faults import PeopleError
from hotline.people.person import Listed, PeopleFile, StoredPerson
from hotline.people.reading import people_from, read_people
from hotline.people.writing import written

__all__ = [
    "COLUMNS",
    "Listed",
    "PeopleError",
    "PeopleFile",
    "StoredPerson",
    "people_from",
    "read_people",
    "written",
]
