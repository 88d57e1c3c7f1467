"""Is every bad row of a people CSV named, and nothing taken from it?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hotline.config import Settings
from hotline.config.settings import Language
from hotline.duty import Gender
from hotline.notices.ways import EVERY_WAY, Way
from hotline.people import COLUMNS, PeopleError, people_from, read_people
from hotline.people.agreement import NOTHING_MORE
from hotline.people.faults import FaultKind
from hotline.people.person import Role
from hotline.written.workbooks import workbook
from scheduling.problem import Cap, Period, Standing, Unit
from tests import make

SITE = replace(
    make.settings(desks=(make.desk("day"), make.desk("night"))),
    dialects={"wu": make.title("Wu"), "yue": make.title("Yue")},
)
HEADER = ",".join(COLUMNS)
ADA = {
    "code": "ada",
    "name": "Ada",
    "address": "tel:+862500000001",
    "languages": "zh;en",
    "desks": "day;night",
    "availability": "Mon-Fri 18:00-22:00; Sat 22:00-08:00",
    "preferred": "",
    "unwanted": "Sun 00:00-24:00",
    "shifts_a_week": "3",
    "hours_a_week": "18.5",
    "nights_a_week": "1",
    "nights_running": "1",
    "supervised_turns": "25",
    "certificates": "child:2027-06-30;crisis:2027-03-31",
    "standing": "mentor",
    "agreement": "at most 2 nights a month; never with bo",
    "role": "supervisor",
    "notices": "sms",
    "gender": "woman",
    "dialects": "wu;yue",
}
OPTIONAL = ("standing", "agreement", "role", "notices", "gender", "dialects")
BO = {**ADA, "code": "bo", "name": "Bo", "address": "client:bo"}


def row(person: dict[str, str]) -> str:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in person.values())


def file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def problems(content: bytes, site: Settings = SITE) -> tuple[str, ...]:
    with pytest.raises(PeopleError) as caught:
        read_people(content, site)
    return caught.value.problems


def test_a_row_says_who_a_person_is() -> None:
    [ada] = read_people(file(row(ADA)), SITE).people
    assert (ada.code, ada.name, ada.address) == ("ada", "Ada", "tel:+862500000001")
    assert ada.languages == {Language.ZH, Language.EN}
    assert ada.desks == {"day", "night"}
    assert ada.availability.text == "Mon-Fri 18:00-22:00; Sat 22:00-08:00"
    assert len(ada.availability.stretches) == 2
    assert (ada.preferred.text, ada.unwanted.text) == ("", "Sun 00:00-24:00")
    assert (ada.shifts_a_week, ada.hours_a_week) == (3, 18.5)
    assert (ada.nights_a_week, ada.nights_running, ada.supervised_turns) == (1, 1, 25)
    assert ada.last_days == {"child": date(2027, 6, 30), "crisis": date(2027, 3, 31)}
    assert ada.standing is Standing.MENTOR
    assert (ada.role, ada.notices) == (Role.SUPERVISOR, (Way.SMS,))
    assert ada.gender is Gender.WOMAN
    assert ada.dialects == {"wu", "yue"}
    assert ada.agreement.caps == (Cap(Unit.NIGHTS, Period.MONTH, most=2),)
    assert ada.agreement.never == {"bo"}


def test_a_file_from_before_agreements_is_read_as_if_they_were_empty() -> None:
    old = {name: cell for name, cell in ADA.items() if name not in OPTIONAL}
    [ada] = read_people(f"{','.join(old)}\n{row(old)}".encode(), SITE).people
    assert (ada.standing, ada.agreement) == (Standing.FULL, NOTHING_MORE)
    assert (ada.role, ada.notices) == (Role.VOLUNTEER, EVERY_WAY)
    assert (ada.gender, ada.dialects) == (None, frozenset())


def test_columns_may_stand_in_any_order_and_case() -> None:
    turned = dict(reversed(ADA.items()))
    content = f"{','.join(turned).upper()}\n{row(turned)}".encode()
    assert read_people(content, SITE).people == read_people(file(row(ADA)), SITE).people


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + file("", row(ADA), ",,,,,,,,,,,,,").replace(b"\n", b"\r\n")
    assert [person.code for person in read_people(content, SITE).people] == ["ada"]


def test_the_line_of_each_person_is_known() -> None:
    people = read_people(file(row(ADA), "", row(BO)), SITE)
    assert people.lines == {"ada": 2, "bo": 4}


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("code", "a b", "code 'a b' must be made of letters"),
        ("code", "", "code '' must be made of letters"),
        ("name", "", "name must be a name"),
        ("name", "x" * 121, "name must be a name of at most 120"),
        ("name", "A\x07da", "name must be a name of at most 120 printable"),
        ("address", "+862500000001", "address '+862500000001' must be tel:"),
        ("address", "tel:+8612355", "address 'tel:+8612355' must be tel:"),
        ("address", "sip:" + "a" * 60 + "@" + "b.c" * 60, "address 'sip:"),
        ("languages", "fr", "languages names 'fr', which does not exist; known: zh, en."),
        ("languages", "", "languages is empty; known: zh, en."),
        ("desks", "nigth", "desks names 'nigth', which does not exist; did you mean night?"),
        ("desks", " ; ", "desks is empty; known: day, night."),
        ("availability", "Mo 18:00-22:00", "availability 'Mo' in 'Mo 18:00-22:00' is no day"),
        ("preferred", "evenings", "preferred 'evenings' is no stretch of a week"),
        ("unwanted", "Mon 25:00-26:00", "unwanted 25:00 in 'Mon 25:00-26:00' is no time"),
        ("shifts_a_week", "-1", "shifts_a_week '-1' must be a whole number from 0 to 14."),
        ("shifts_a_week", "15", "shifts_a_week '15' must be a whole number from 0 to 14."),
        ("shifts_a_week", "2.5", "shifts_a_week '2.5' must be a whole number"),
        ("hours_a_week", "-4", "hours_a_week '-4' must be a number of hours from 0 to 168."),
        ("hours_a_week", "nan", "hours_a_week 'nan' must be a number of hours"),
        ("hours_a_week", "169", "hours_a_week '169' must be a number of hours"),
        ("nights_a_week", "8", "nights_a_week '8' must be a whole number from 0 to 7."),
        ("nights_running", "", "nights_running '' must be a whole number from 0 to 7."),
        ("role", "boss", "role 'boss' must be volunteer or supervisor; empty is volunteer"),
        ("notices", "pigeon", "notices 'pigeon' must be apprise;sms, one of them, or none"),
        ("gender", "female", "gender 'female' must be woman or man; empty is not said"),
        ("dialects", "wuu", "dialects names 'wuu', which does not exist; did you mean wu?"),
        ("standing", "guru", "standing 'guru' must be full, mentor, newcomer or trainee; empty is"),
        ("agreement", "two nights", "agreement has 'two nights', which is no clause; clauses read"),
        ("agreement", "at most 2.5 shifts a week", "agreement has 'at most 2.5 shift"),
        ("agreement", "at most 1 night running", "agreement has 'at most 1 night r"),
        ("agreement", "7 days off in a row", "agreement has '7 days off in a row': at most 6 days"),
        ("agreement", "at most 3 shifts in 1 days", "agreement has 'at most 3 shift"),
        ("agreement", "since 2026-02-30", "agreement has 'since 2026-02-30', which names no date"),
        ("supervised_turns", "ten", "supervised_turns 'ten' must be a whole number"),
        ("certificates", "crisis", "certificates has '' as the last day of 'crisis'; write a date"),
        ("certificates", "crisis:2027-02-30", "certificates has '2027-02-30' as the last day"),
        ("certificates", "crisis:30.6.2027", "certificates has '30.6.2027' as the last day"),
        ("certificates", "crisis:20270630", "certificates has '20270630' as the last day"),
        ("certificates", "crisys:2027-06-30", "certificates names 'crisys', which does not exist; "
         "did you mean crisis?"),
        ("certificates", "crisis:2027-06-30;crisis:2028-06-30", "certificates names 'crisis' tw"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_line(column: str, cell: str, said: str) -> None:
    [problem] = problems(file(row(BO), row({**ADA, column: cell})))
    assert problem.startswith(f"line 3: {said}")


def test_an_unreachable_number_of_desks_is_refused() -> None:
    names = [f"desk-{n}-{'x' * 30}" for n in range(12)]
    site = make.settings(desks=[make.desk(name) for name in names])
    [problem] = problems(file(row({**ADA, "desks": ";".join(names), "dialects": ""})), site)
    assert problem == "line 2: desks is too long; at most 400 characters."


def test_an_unreachable_number_of_dialects_is_refused() -> None:
    names = [f"dialect-{n}-{'x' * 30}" for n in range(5)]
    site = replace(SITE, dialects={name: make.title(name) for name in names})
    [problem] = problems(file(row({**ADA, "dialects": ";".join(names)})), site)
    assert problem == "line 2: dialects is too long; at most 120 characters."


def test_every_bad_row_is_named_at_once_in_order() -> None:
    wrong = row({**BO, "desks": "dya", "certificates": "crisis:soon"})
    twin = row({**BO, "code": "ADA", "hours_a_week": "x"})
    said = problems(file(row(ADA), wrong, twin))
    assert [problem.partition(" ")[2][:24] for problem in said] == [
        "3: desks names 'dya', wh",
        "3: certificates has 'soo",
        "4: hours_a_week 'x' must",
        "4: code 'ADA' stands alr",
        "4: address 'client:bo' s",
    ]  # fmt: skip


def test_a_duplicate_person_is_named_with_both_lines() -> None:
    again = row({**BO, "code": "ada"})
    assert problems(file(row(ADA), again)) == ("line 3: code 'ada' stands already on line 2.",)


def test_two_people_cannot_have_one_telephone() -> None:
    same = row({**BO, "address": ADA["address"]})
    assert problems(file(row(ADA), same)) == (
        "line 3: address 'tel:+862500000001' stands already on line 2.",
    )


def test_a_cell_too_many_is_named() -> None:
    [problem] = problems(file(row(ADA), row(BO) + ",more"))
    assert problem.startswith("line 3: 21 cells instead of 20; a cell with a comma in it")


def test_a_line_number_counts_line_breaks_inside_cells() -> None:
    [problem] = problems(file(row(ADA).replace("Ada", '"A\nda"'), row({**BO, "desks": "x"})))[1:]
    assert problem.startswith("line 4: desks")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty; its first line is code,name,"),
        (b"\n \n", "The file is empty"),
        (HEADER.encode(), "The file has a first line and nobody below it."),
        (HEADER.replace(",", ";").encode(), "line 1: columns are separated by semicolons; save"),
        (HEADER.replace(",", "\t").encode(), "line 1: columns are separated by tabs; save"),
        (HEADER.replace(",desks", "").encode(), "line 1: the column desks is missing."),
        (f"{HEADER},email".encode(), "line 1: the column 'email' is unknown; known: code,"),
        (f"{HEADER},name".encode(), "line 1: the column name stands there 2 times."),
        (file(row(ADA)) + "bo,Bö".encode("latin-1"), "line 3: not written in UTF-8"),
        (file(row(ADA)) + b'"bo"x,', "line 3: no CSV from here on:"),
        (b'"code', "line 1: no CSV from here on:"),
    ],
)
def test_a_file_that_is_no_people_csv_is_refused(content: bytes, said: str) -> None:
    assert [problem for problem in problems(content) if problem.startswith(said)]


def test_the_sentence_says_that_nothing_was_imported() -> None:
    with pytest.raises(PeopleError, match=r"^Nothing was imported:\nline 2: "):
        read_people(file("x"), SITE)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="cannot be read: No such file"):
        people_from(tmp_path / "nowhere.csv", SITE)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(file(row(ADA)))
    assert people_from(path, SITE) == read_people(file(row(ADA)), SITE)


def test_a_fault_names_its_row_its_column_and_what_stands_there() -> None:
    with pytest.raises(PeopleError) as caught:
        read_people(file(row({**ADA, "desks": "dya"}), row(BO), row(BO)), SITE)
    faults = [(f.kind, f.line, f.column, f.cell) for f in caught.value.faults]
    assert faults == [
        (FaultKind.CELL, 2, "desks", "dya"),
        (FaultKind.TWICE, 4, "code", "bo"),
        (FaultKind.TWICE, 4, "address", "client:bo"),
    ]


def test_a_workbook_with_a_fault_says_the_same_as_a_csv() -> None:
    content = workbook(tuple(COLUMNS), [tuple({**ADA, "desks": "dya"}.values())], "people")
    assert problems(content) == (
        "line 2: desks names 'dya', which does not exist; did you mean day?.",
    )
