"""Which requests could travel together: every company a car could carry, as far as there is room to look."""

from collections.abc import Iterable, Iterator, Sequence

from services.scheduling.planning.facts import Wish
from services.scheduling.planning.fitness import Fitness, all_together, seats_for

MOST_CHOICES = 12_000
"""Companies times those who could carry and drive them: what the search is given to choose from."""
Company = tuple[Wish, ...]
"""Requests that travel together, by when they leave."""


def companies(
    fitness: Fitness, wishes: Iterable[Wish], also: Iterable[Sequence[Wish]], choices: int = MOST_CHOICES
) -> tuple[Company, ...]:
    """Return what could be one run: each request alone, those of `also`, then two, three and more together.

    Of companies of one size those come first that save most time; larger ones are left out where there would be more
    than so many choices. The order is the same for the same wishes.
    """
    most = choices // max(1, len(fitness.cars) + len(fitness.drivers))
    ordered = tuple(sorted(wishes, key=_place))
    alone: list[Company] = [(wish,) for wish in ordered]
    found = dict.fromkeys([*alone, *(tuple(sorted(one, key=_place)) for one in also)])
    larger = alone
    while larger and len(found) < most:
        larger = sorted(_grown(fitness, larger, ordered), key=lambda one: (-saved(one), [_place(wish) for wish in one]))
        larger = larger[:most]
        found.update(dict.fromkeys(larger[: most - len(found)]))
    return tuple(found)


def saved(company: Sequence[Wish]) -> int:
    """Return how many minutes shorter one run is than one for each request."""
    whole = max(wish.end for wish in company) - min(wish.start for wish in company)
    return sum(wish.end - wish.start for wish in company) - whole


def _grown(fitness: Fitness, smaller: Iterable[Company], ordered: Sequence[Wish]) -> Iterator[Company]:
    places = {wish: place for place, wish in enumerate(ordered)}
    for company in smaller:
        first_end = min(wish.end for wish in company)
        for wish in ordered[places[company[-1]] + 1 :]:
            if wish.start >= first_end:
                break
            grown = (*company, wish)
            if all_together(company, wish) and any(seats_for(car, grown) for car in fitness.cars.values()):
                yield grown


def _place(wish: Wish) -> tuple[int, int, str]:
    return wish.start, wish.end, wish.ride_id
