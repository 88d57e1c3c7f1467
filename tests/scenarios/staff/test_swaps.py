"""Ada and Bo have exchanged a night: the telephone rings Bo at that hour, and nobody else."""

from hotline.config.settings import DeskName
from hotline.practice import ACCEPTS
from hotline.store import Store
from hotline.swaps.asking import Answered, Asking, ShiftKey, agree, ask
from hotline.swaps.deciding import approve
from tests import make
from tests.scenarios.stage import NIGHT, Hotline, site

MORNING = make.local("2026-11-24 09:00")
WITH_SHIFTS = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])


def night_of_ada(store: Store) -> Hotline:
    """Ada has tonight by the published roster; Bo has his telephone at hand."""
    hotline = Hotline(store, site(desks=(WITH_SHIFTS,)))
    for name in ("Ada", "Bo"):
        hotline.people[name] = make.hire(store, name)
        hotline.phone(name, ACCEPTS)
    make.store_roster(store, (hotline.people["Ada"], NIGHT))
    return hotline


def bo_agrees(hotline: Hotline) -> int:
    """This morning Ada asked him, and he said yes; the swap's number."""
    with hotline.store.writing() as db:
        asking = Asking("ada", "bo", ShiftKey(DeskName("day"), NIGHT.start))
        number = ask(db, hotline.settings, asking, MORNING).id
    with hotline.store.writing() as db:
        agree(db, hotline.settings, number, hotline.people["Bo"].id, MORNING)
    return number


def test_the_telephone_rings_whom_the_swap_says(store: Store) -> None:
    hotline = night_of_ada(store)
    number = bo_agrees(hotline)
    with store.writing() as db:
        assert approve(db, hotline.settings, number, MORNING) is Answered.APPROVED

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_until_it_is_approved_the_telephone_rings_as_published(store: Store) -> None:
    hotline = night_of_ada(store)
    bo_agrees(hotline)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()
