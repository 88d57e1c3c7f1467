"""Is a choice among some people's weeks the same choice, only smaller?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import master
from scheduling.greedy import points
from scheduling.master import Offer
from scheduling.neighbours import Neighbours, Part
from scheduling.search import TOGETHER
from tests.scheduling.test_choice import PATIENT, allowed, offers, price


@given(offer=offers(), free=st.sets(st.sampled_from("abc")))
@settings(max_examples=60)
def test_a_part_weighs_each_choice_as_the_whole_does(offer: Offer, free: set[str]) -> None:
    # given
    part = Part(offer, free)
    fixed = [column for column in offer.hint if column.pattern.person not in free]
    # when
    choice = master.choose(part.offer, PATIENT)
    joined = tuple(part.joined(choice))
    # then
    assert {column.pattern.person for column in joined} == {c.pattern.person for c in offer.hint}
    assert set(fixed) <= set(joined) <= set(offer.columns)
    assert allowed(offer, joined)
    gain = part.price - part.offer.goal.price(points(part.offer.rows, choice.columns))
    assert price(offer, offer.hint) - price(offer, joined) == gain
    assert part.gains(choice) == (gain > 0)


def test_nobody_stands_in_for_nobody() -> None:
    assert Neighbours((), (), seed=1).some((), TOGETHER, 4) == []
