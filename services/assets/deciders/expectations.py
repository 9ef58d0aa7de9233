"""What an asset must be, and who may speak for it, for a decision about it."""

from datetime import date

from contracts import assets as words_of
from contracts.base import Refused
from services.assets.deciders.asset import Asset
from services.assets.deciders.common import not_in_future, today
from services.runtime.manifest import Given
from services.runtime.text import token


def expect_held(asset: Asset, id: str, field: str | None = None) -> None:
    """Raise Refused for an asset that was never registered, or has left the books."""
    if asset.status is None:
        raise Refused(words_of.ASSET_UNKNOWN, field, asset_id=id)
    if asset.status == "disposed":
        raise Refused(words_of.ASSET_DISPOSED, field, tag=asset.tag, day=asset.valued_on)


def expect_in_use(asset: Asset, id: str) -> None:
    """Raise Refused for an asset that is gone or on its way out."""
    expect_held(asset, id)
    if asset.status != "in_use":
        raise Refused(words_of.DISPOSAL_UNDER_WAY, tag=asset.tag)


def by_its_unit(given: Given, asset: Asset) -> None:
    """Raise Refused for a speaker of another board; the keeper of assets acts for every unit."""
    of_unit = given.actor.board is not None and token(given.actor.board) == asset.unit_id
    if "clerk" not in given.actor.roles and not of_unit:
        raise Refused(words_of.NOT_YOUR_UNIT, tag=asset.tag, unit_id=asset.unit_id)


def expect_books_open(asset: Asset, day: date, field: str) -> None:
    """Raise Refused where a value cannot change on a day: it is booked beyond it, or an earlier year is not charged."""
    if day < asset.valued_on:
        raise Refused(words_of.YEAR_CLOSED, field, tag=asset.tag, valued_on=asset.valued_on)
    wear = asset.value.wear
    if wear and asset.value.residual_vnd and wear.next_year < day.year:
        raise Refused(words_of.WEAR_BEHIND, field, tag=asset.tag, year=wear.next_year)


def happened_on(given: Given, asset: Asset, field: str, day: date | None) -> date:
    """Return a day said of an asset, today if none was; raise Refused before it was booked and after today."""
    day = day or today(given)
    not_in_future(given, field, day)
    if day < asset.booked_on:
        raise Refused(words_of.BEFORE_BOOKING, field, day=day, booked_on=asset.booked_on, tag=asset.tag)
    return day


def not_before(asset: Asset, field: str, day: date, changed_on: date) -> None:
    """Raise Refused for a change before one of its kind that was said already."""
    if day < changed_on:
        raise Refused(words_of.CHANGED_LATER, field, tag=asset.tag, changed_on=changed_on)
