"""Cars of which one can do exactly what the other can."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from services.scheduling.planning.companies import Company
from services.scheduling.planning.facts import PlannedCar
from services.scheduling.planning.fitness import Fitness, seats_for


class Kinds:
    """The kinds of cars of a day, and which of them could carry a company."""

    def __init__(self, kinds: list[tuple[PlannedCar, ...]], able: dict[Company, tuple[int, ...]]) -> None:
        """Keep the cars of each kind, and the places of the kinds that could carry each company."""
        self._kinds = kinds
        self._able = able

    def __iter__(self) -> Iterator[tuple[PlannedCar, ...]]:
        """Yield the cars of one kind after another."""
        return iter(self._kinds)

    def __getitem__(self, place: int) -> tuple[PlannedCar, ...]:
        """Return the cars of a kind."""
        return self._kinds[place]

    def able(self, company: Company) -> tuple[int, ...]:
        """Return the kinds that could carry a company, if nothing else were planned."""
        return self._able[company]


def kinds_of_cars(fitness: Fitness, companies: Iterable[Company]) -> Kinds:
    """Return the kinds of cars: of the same seats and use, needing the same time between runs, free for the same."""
    companies = tuple(companies)
    alike: dict[Hashable, list[PlannedCar]] = defaultdict(list)
    carried: dict[Hashable, frozenset[int]] = {}
    for car in fitness.cars.values():
        could = frozenset(place for place, company in enumerate(companies) if _could(fitness, car, company))
        terms = car.thing.terms
        between = (terms.preparation_minutes, terms.cleaning_minutes, terms.travel_between_minutes)
        key: Hashable = (car.seats, car.use, between, could)
        alike[key].append(car)
        carried[key] = could
    able: dict[Company, list[int]] = {company: [] for company in companies}
    for kind, key in enumerate(alike):
        for place in carried[key]:
            able[companies[place]].append(kind)
    return Kinds([tuple(cars) for cars in alike.values()], {one: tuple(sorted(of)) for one, of in able.items()})


def _could(fitness: Fitness, car: PlannedCar, company: Company) -> bool:
    start, end = min(wish.start for wish in company), max(wish.end for wish in company)
    served = tuple(wish.booking_id for wish in company if wish.booking_id is not None)
    return seats_for(car, company) and fitness.open(car, start, end, served)
