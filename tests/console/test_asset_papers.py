"""The papers of assets: every column of their forms, every sum to the đồng, and who signs."""

from datetime import date
from typing import Any

from contracts.assets.handovers import (
    HandoverFindingSums,
    HandoverLineRow,
    HandoverMinutes,
    HandoverPart,
    HandoverPerson,
    HandoverSums,
    HandoverTotals,
    HandoverUnit,
)
from contracts.assets.rows import AssetRow, AssetView, HoldingRow, ValueChangeRow, WearRow, WearTotalRow, WearTotals
from contracts.assets.stocktakes import CommitteeMember, Scope, StocktakeLineRow, StocktakeRow, StocktakeView
from contracts.assets.values import Place
from contracts.organisation import Decision
from services.console.papers import (
    asset_card,
    asset_register,
    handover_minutes,
    press,
    stocktake_minutes,
    wear_table,
)
from services.console.papers.letterhead import Letterhead
from services.console.papers.paper import Paper
from tests.console.test_papers import pages_of, words_of

HEAD = Letterhead(organ="Văn phòng", place="Lạng Sơn", dated=date(2027, 1, 4), head="Trần Văn Minh")
DECISION = Decision(number="125-QĐ/TU", issued_on=date(2026, 12, 20), issuer="Ban Thường vụ Tỉnh ủy")
ID = "a" * 32


def text_of(paper: Paper) -> str:
    """What both files say: the same words, whatever their order."""
    pdf = " ".join(pages_of(press.render(paper, "pdf")))
    run_together = pdf.replace(" ", "")
    missing = [word for word in words_of(press.render(paper, "docx")).split() if word not in run_together]
    assert set(missing) <= {"―" * 24}
    return pdf


# --- handover -------------------------------------------------------------------------------------------------------


def handed(place: int, origin: tuple[str, str], cost: int, worn: int, **more: Any) -> HandoverLineRow:
    facts: dict[str, Any] = {
        "place": place,
        "name": f"Máy tính số {place}",
        "tag": f"{origin[0].upper()}-{place:06d}",
        "used_from": 2022,
        "cost_vnd": cost,
        "accumulated_vnd": worn,
        "residual_vnd": cost - worn,
        "condition": "usable",
        "finding": "matching",
        "from_unit_name": origin[1],
        "remarks": None,
        "handover_id": ID,
        "asset_id": f"{place:032x}",
        "from_unit_id": origin[0],
        "class_code": "5.3",
        "serial_number": None,
        "agreement": "agreed",
        "surplus": False,
        "stands_at": Place(),
        "giver": None,
        "receiver": None,
    }
    return HandoverLineRow(**{**facts, **more})


def sums(rows: list[HandoverLineRow]) -> dict[str, int]:
    return {
        "asset_count": len(rows),
        "cost_vnd": sum(row.cost_vnd for row in rows),
        "accumulated_vnd": sum(row.accumulated_vnd for row in rows),
        "residual_vnd": sum(row.residual_vnd for row in rows),
    }


def totals(rows: list[HandoverLineRow]) -> dict[str, HandoverSums]:
    def of(*findings: str) -> HandoverSums:
        return HandoverSums(**sums([row for row in rows if row.finding in findings]))

    booked, none = of("matching", "missing"), of()
    found = {"matching": of("matching"), "missing": of("missing"), "surplus": of("surplus")}
    going = {"booked": booked, "moving": booked, "received": HandoverSums(**sums(rows))}
    return {"wrong": none, "pending": none, "staying": none, **found, **going}


def minutes(**more: Any) -> HandoverMinutes:
    """Two boards that give four assets to the office: one missing, one more than the books have."""
    givers = (("btctu", "Ban Tổ chức Tỉnh ủy"), ("bnctu", "Ban Nội chính Tỉnh ủy"))
    rows = [
        handed(1, givers[0], 1_234_567_890, 34_567_890),
        handed(2, givers[1], 21_000_000, 6_000_000, finding="missing"),
        handed(3, givers[0], 10_000_001, 1),
        handed(4, givers[1], 12_000_000, 0, finding="surplus", surplus=True, tag=None, used_from=None),
    ]
    facts = {**batch(givers), **of_lines(rows, givers)}
    return HandoverMinutes(**{**facts, **more})


def batch(givers: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """What the minutes say beside their lines."""
    return {
        "handover_id": ID,
        "number": 5,
        "year": 2027,
        "title": "Bàn giao tài sản về Văn phòng Tỉnh ủy",
        "status": "closed",
        "draft": False,
        "effective_on": date(2027, 1, 1),
        "closed_on": date(2027, 1, 4),
        "venue": "trụ sở Tỉnh ủy",
        "decision": DECISION,
        "remarks": None,
        "givers": tuple(HandoverUnit(unit_id=id, unit_code=id.upper(), unit_name=name) for id, name in givers),
        "receiver": HandoverUnit(unit_id="vptu", unit_code="VPTU", unit_name="Văn phòng Tỉnh ủy"),
        "people": (HandoverPerson(side="receiver", unit_name="Văn phòng Tỉnh ủy", name="Trần Văn Minh", post=None),),
        "missing_to": "receiver",
        "signatures": (),
    }


def of_lines(rows: list[HandoverLineRow], givers: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The lines and all their sums."""
    return {
        "lines": tuple(rows),
        "by_finding": tuple(
            HandoverFindingSums(finding=kind, **sums([row for row in rows if row.finding == kind]))
            for kind in ("matching", "missing", "surplus")
        ),
        "by_origin": tuple(
            HandoverPart(
                **totals([row for row in rows if row.from_unit_id == id]),
                unit_id=id,
                unit_code=id.upper(),
                unit_name=name,
                adds_up=True,
            )
            for id, name in givers
        ),
        "totals": HandoverTotals(**totals(rows)),
        "adds_up": True,
    }


def test_the_minutes_of_a_handover_say_every_line_and_every_sum() -> None:
    text = text_of(handover_minutes.compose(minutes(), HEAD))

    assert "Mẫu số: C50-HD" in text
    assert "Số 05-BB/VPTU" in text
    assert "Căn cứ Quyết định số 125-QĐ/TU ngày 20/12/2026 của Ban Thường vụ Tỉnh ủy;" in text
    assert "1 Máy tính số 1 BTCTU-000001 2022 1.234.567.890 34.567.890 1.200.000.000" in text
    assert "Cộng theo sổ của bên giao: 3 tài sản 1.265.567.891 40.567.891 1.225.000.000" in text
    assert "Tài sản thừa, chưa có trong sổ: 1 tài sản 12.000.000 0 12.000.000" in text
    assert "Bên nhận ghi sổ: 4 tài sản 1.277.567.891 40.567.891 1.237.000.000" in text
    assert "Thiếu 1 21.000.000 6.000.000 15.000.000" in text
    assert "Ban Tổ chức Tỉnh ủy 2 1.244.567.891 34.567.891 1.210.000.000" in text
    assert "được theo dõi trong sổ của bên nhận" in text
    assert text.index("Máy tính số 3") < text.index("Máy tính số 2")
    assert (text.count("ĐẠI DIỆN BÊN GIAO"), text.count("ĐẠI DIỆN BÊN NHẬN")) == (2, 1)
    assert "Trần Văn Minh" in text


def test_minutes_of_a_handover_not_closed_yet_are_a_draft() -> None:
    draft = minutes(draft=True, status="prepared", closed_on=None)
    assert "Dự thảo" in text_of(handover_minutes.compose(draft, HEAD))
    assert "Dự thảo" not in text_of(handover_minutes.compose(minutes(), HEAD))


# --- stocktake ------------------------------------------------------------------------------------------------------


def counted(number: int, found: bool, **more: Any) -> StocktakeLineRow:
    cost, residual = 21_000_000 + number, 9_000_000 + number
    actual = int(found)
    facts: dict[str, Any] = {
        "stocktake_id": ID,
        "line": f"{number:032x}",
        "number": number,
        "name": f"Máy tính số {number}",
        "tag": f"VPTU-{number:06d}",
        "used_at": "Phòng Tổng hợp",
        "book_quantity": 1,
        "book_cost_vnd": cost,
        "book_residual_vnd": residual,
        "actual_quantity": actual,
        "actual_cost_vnd": cost * actual,
        "actual_residual_vnd": residual * actual,
        "difference_quantity": actual - 1,
        "difference_cost_vnd": cost * (actual - 1),
        "difference_residual_vnd": residual * (actual - 1),
        "state": "found" if found else "missing",
        "undecided": not found,
        "revision": 1,
    }
    return StocktakeLineRow(**{**facts, **more})


def stocktake(status: str = "closed") -> StocktakeView:
    row = StocktakeRow(
        stocktake_id=ID,
        notation="03-BB/VPTU",
        number=3,
        year=2026,
        title="Kiểm kê tài sản năm 2026",
        occasion="annual",
        snapshot_on=date(2027, 1, 1),
        opened_on=date(2026, 12, 1),
        status=status,  # type: ignore[arg-type]
        expected=3,
        found=2,
        differing=0,
        missing=1,
        unexpected=0,
        untagged=0,
        undecided=1,
        closed_on=date(2027, 1, 10),
    )
    return StocktakeView(
        stocktake=row,
        scope=Scope(),
        committee=(
            CommitteeMember(role="chair", name="Hoàng Văn Hữu", title="Phó Chánh Văn phòng"),
            CommitteeMember(role="chief_accountant", name="Đỗ Thị Hường"),
        ),
        decision=DECISION,
        conclusion="Làm rõ 01 máy tính thiếu.",
        counted_percent=66,
        by_unit=(),
        by_site=(),
        by_counter=(),
    )


def test_the_minutes_of_a_stocktake_set_the_books_beside_what_was_found() -> None:
    rows = [counted(1, True), counted(2, False), counted(3, True), counted(4, True, state="void")]
    report = stocktake_minutes.report(stocktake(), rows, None, None)
    text = text_of(stocktake_minutes.compose(report, HEAD))

    assert "Mẫu số: C53-HD" in text
    assert "Thời điểm kiểm kê: 0 giờ ngày 01/01/2027" in text
    assert "2 Máy tính số 2 VPTU-000002 Phòng Tổng hợp 1 21.000.002 9.000.002 0 0 0 -1 -21.000.002 -9.000.002" in text
    assert "Cộng (3 dòng) 3 63.000.006 27.000.006 2 42.000.004 18.000.004 -1 -21.000.002 -9.000.002" in text
    assert "Còn 1 dòng chênh lệch chưa có quyết định" in text
    assert "Máy tính số 4" not in text
    for signer in ("THỦ TRƯỞNG ĐƠN VỊ", "KẾ TOÁN TRƯỞNG", "TRƯỞNG BAN KIỂM KÊ", "Đỗ Thị Hường", "Hoàng Văn Hữu"):
        assert signer in text


def test_minutes_of_a_stocktake_that_goes_on_are_a_draft() -> None:
    report = stocktake_minutes.report(stocktake("counting"), [], None, None)
    assert "Dự thảo" in text_of(stocktake_minutes.compose(report, HEAD))


# --- wear, card, register -------------------------------------------------------------------------------------------


def worn(number: int, code: str, cost: int, wear: int) -> WearRow:
    return WearRow(
        tag=f"VPTU-{number:06d}",
        name=f"Tài sản số {number}",
        class_code=code,
        unit_name="Văn phòng Tỉnh ủy",
        booked_on=date(2024, 3, 15),
        cost_vnd=cost,
        rate_percent=14.29,
        wear_vnd=wear,
        accumulated_vnd=wear * 3,
        residual_vnd=cost - wear * 3,
        asset_id=f"{number:032x}",
        unit_id="vptu",
        year=2026,
        legal_basis="Thông tư 141/2025/TT-BTC",
    )


def test_the_table_of_wear_has_every_class_in_its_order_with_its_sum() -> None:
    rows = [worn(1, "10.1", 70, 7), worn(2, "5.3", 21_000_000, 3_000_900), worn(3, "3", 1_000_000_000, 66_700_000)]
    classes = tuple(
        WearTotalRow(
            key=row.class_code,
            label=f"Loại {row.class_code}",
            count=1,
            cost_vnd=row.cost_vnd,
            wear_vnd=row.wear_vnd,
            accumulated_vnd=row.accumulated_vnd,
            residual_vnd=row.residual_vnd,
        )
        for row in rows
    )
    whole = classes[0].model_copy(update={"key": "", "label": ""})
    year = WearTotals(
        year=2026, by_class=classes, by_unit=(), total=whole, due_count=3, due_wear_vnd=4_500_000, behind_count=1
    )
    text = text_of(wear_table.compose(rows, year, HEAD))

    assert text.index("3. Loại 3 ") < text.index("5.3. Loại 5.3") < text.index("10.1. Loại 10.1")
    assert "2 Tài sản số 2 VPTU-000002 Văn phòng Tỉnh ủy 15/03/2024 21.000.000 14,29 3.000.900 9.002.700" in text
    assert "Tổng cộng: 3 tài sản 1.021.000.070 69.700.907 209.102.721 811.897.349" in text
    assert "Còn 3 tài sản chưa tính hao mòn năm 2026 (dự kiến 4.500.000 đồng); 1 tài sản" in text


def asset(number: int = 1, **more: Any) -> AssetRow:
    facts: dict[str, Any] = {
        "tag": f"VPTU-{number:06d}",
        "name": "Máy photocopy Ricoh",
        "class_code": "5.3",
        "class_name": "Máy tính, máy in",
        "model": "IM 5000",
        "maker": "Nhật Bản",
        "made_in": 2022,
        "serial_number": f"SN{number}",
        "unit_name": "Văn phòng Tỉnh ủy",
        "booked_on": date(2023, 3, 15),
        "cost_vnd": 148_000_000,
        "rate_percent": 14.29,
        "yearly_wear_vnd": 21_149_200,
        "accumulated_vnd": 84_596_800,
        "residual_vnd": 63_403_200,
        "used_at": "Phòng 305",
        "custodian_name": "Nguyễn Thị Lan",
        "condition": "good",
        "decision_number": "15-QĐ/VPTU",
        "decision_issued_on": date(2023, 3, 10),
        "asset_id": f"{number:032x}",
        "number": number,
        "status": "in_use",
        "unit_id": "vptu",
        "valued_on": date(2026, 12, 31),
        "next_year": 2027,
        "last_year": 2029,
        "life_years": 7,
        "origin": "purchase",
        "cost_basis": "settled",
        "old_code": "TS-0192",
        **dict.fromkeys(("site_id", "division_id", "room", "custodian_id", "lent_to_id", "lent_until", "details")),
        **dict.fromkeys(("gone_on", "gone_by", "note")),
    }
    return AssetRow(**{**facts, **more})


def change(kind: str, on: date, year: int | None, wear: int | None, accumulated: int) -> ValueChangeRow:
    return ValueChangeRow(
        effective_on=on,
        change=kind,  # type: ignore[arg-type]
        cost_vnd=148_000_000,
        year=year,
        wear_vnd=wear,
        accumulated_vnd=accumulated,
        residual_vnd=148_000_000 - accumulated,
        class_code="5.3",
        unit_id="vptu",
        unit_name="Văn phòng Tỉnh ủy",
        legal_basis="Thông tư 141/2025/TT-BTC",
    )


def test_the_card_of_an_asset_has_every_change_of_its_value_and_where_it_was() -> None:
    view = AssetView(
        asset=asset(gone_on=date(2027, 1, 3), gone_by="sale"),
        life_basis=None,
        decision_issuer="Văn phòng Tỉnh ủy",
        holdings=(
            HoldingRow(since=date(2023, 3, 15), unit_id="btctu", unit_name="Ban Tổ chức Tỉnh ủy"),
            HoldingRow(since=date(2027, 1, 1), unit_id="vptu", unit_name="Văn phòng Tỉnh ủy"),
        ),
        values=(
            change("registered", date(2023, 3, 15), None, None, 0),
            change("worn", date(2026, 12, 31), 2026, 21_149_200, 84_596_800),
        ),
        loans=(),
        due_days=(),
        repairs=(),
        files=(),
    )
    text = text_of(asset_card.compose(view, Letterhead(dated=date(2027, 1, 4))))

    assert "VĂN PHÒNG TỈNH ỦY Mẫu số: S25-H" in text
    assert "31/12/2026 Tính hao mòn 148.000.000 2026 21.149.200 84.596.800 63.403.200" in text
    assert "15/03/2023 Ghi tăng 148.000.000 0 148.000.000" in text
    assert "15/03/2023 Ban Tổ chức Tỉnh ủy 01/01/2027 Văn phòng Tỉnh ủy" in text
    assert "Ghi giảm tài sản ngày 03/01/2027; lý do: bán." in text


def test_the_book_of_assets_sums_every_class() -> None:
    rows = [asset(2), asset(1), asset(3, class_code="3", class_name="Xe ô tô", cost_vnd=1_000_000_001)]
    text = text_of(asset_register.compose(rows, HEAD))

    assert "Loại tài sản: 5.3. Máy tính, máy in 296.000.000 42.298.400 169.193.600 126.806.400" in text
    assert text.index("Xe ô tô") < text.index("VPTU-000001") < text.index("VPTU-000002")
    assert "Tổng cộng: 3 tài sản 1.296.000.001" in text
