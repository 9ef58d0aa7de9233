"""What each paper asks for, and how it becomes the paper."""

from contracts.assets.handovers import GetHandoverMinutes, HandoverMinutes
from contracts.assets.queries import GetAsset, GetWearTotals, ListAssets, ListLabels, ListWear
from contracts.assets.rows import AssetRow, AssetView, LabelRow, WearRow, WearTotals
from contracts.assets.stocktakes import (
    GetStocktake,
    GetStocktakeReport,
    ListStocktakeLines,
    StocktakeLineRow,
    StocktakeView,
)
from contracts.base import Page
from contracts.organisation import (
    GetTransfer,
    ListRoster,
    ListTransferLines,
    ListUnits,
    RosterRow,
    TransferLineRow,
    TransferView,
    UnitRow,
)
from services.console.papers import (
    asset_card,
    asset_register,
    handover_minutes,
    roster,
    stocktake_minutes,
    transfer_list,
    wear_table,
)
from services.console.papers.letterhead import LabelSheets, Letterhead
from services.console.papers.paper import Label, Labels, Paper
from services.console.papers.reading import Reader


async def known(reader: Reader, head: Letterhead) -> Letterhead:
    """Return the letterhead with the office's name and its superior's, where nobody named an organ and one is known."""
    if head.organ is not None:
        return head
    offices = await reader.one(ListUnits(kind="office", on=head.dated, limit=2), Page[UnitRow])
    if len(offices.rows) != 1:
        return head
    (office,) = offices.rows
    return head.known(office.name, office.parent_name)


async def transfer(reader: Reader, query: GetTransfer, head: Letterhead) -> Paper:
    """Return the list of people that goes with a transfer decision."""
    view = await reader.one(query, TransferView)
    lines = await reader.every(ListTransferLines(transfer_id=query.transfer_id), TransferLineRow)
    return transfer_list.compose(view, lines, await known(reader, head))


async def everybody(reader: Reader, query: ListRoster, head: Letterhead) -> Paper:
    """Return the roster of a day."""
    rows = await reader.every(query, RosterRow)
    return roster.compose(rows, query.on or head.dated, await known(reader, head))


async def handover(reader: Reader, query: GetHandoverMinutes, head: Letterhead) -> Paper:
    """Return the minutes of a handover."""
    minutes = await reader.one(query, HandoverMinutes)
    return handover_minutes.compose(minutes, await known(reader, head))


async def stocktake(reader: Reader, query: GetStocktakeReport, head: Letterhead) -> Paper:
    """Return the minutes of a stocktake; its lines come page by page, however many there are."""
    view = await reader.one(GetStocktake(stocktake_id=query.stocktake_id), StocktakeView)
    listed = ListStocktakeLines(stocktake_id=query.stocktake_id, unit_id=query.unit_id, site_id=query.site_id)
    rows = await reader.every(listed, StocktakeLineRow)
    report = stocktake_minutes.report(view, rows, query.unit_id, query.site_id)
    return stocktake_minutes.compose(report, await known(reader, head))


async def wear(reader: Reader, query: ListWear, head: Letterhead) -> Paper:
    """Return the table of a year's wear."""
    totals = await reader.one(GetWearTotals(year=query.year, unit_id=query.unit_id), WearTotals)
    return wear_table.compose(await reader.every(query, WearRow), totals, await known(reader, head))


async def card(reader: Reader, query: GetAsset, head: Letterhead) -> Paper:
    """Return the card of one asset, headed by the unit that holds it."""
    return asset_card.compose(await reader.one(query, AssetView), head)


async def register(reader: Reader, query: ListAssets, head: Letterhead) -> Paper:
    """Return the book of the assets a query lists."""
    rows = await reader.every(query, AssetRow)
    one_book = query.unit_id is not None
    return asset_register.compose(rows, head if one_book else await known(reader, head))


async def labels(reader: Reader, query: ListLabels, laid_out: LabelSheets) -> Labels:
    """Return the labels a query lists."""
    rows = await reader.every(query, LabelRow)
    printed = tuple(Label(row.qr_text, row.tag, row.name, row.unit_name or "") for row in rows)
    return Labels(printed, laid_out.sheet, laid_out.skip)
