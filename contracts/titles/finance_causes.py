"""What the events, records, fields and coded values of what other desks' facts cost are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "finance.UnitKnown": Title("Ghi nhớ đơn vị phát sinh chi phí", "Board of a unit noted"),
    "finance.ThingKnown": Title("Ghi nhớ tài sản, xe phát sinh chi phí", "Holder of an asset or car noted"),
    "finance.CostCaused": Title("Phát sinh chi phí từ nghiệp vụ khác", "Cost caused by another desk's fact"),
    "finance.EntryCaused": Title("Phát sinh bút toán từ nghiệp vụ khác", "Entry caused by another desk's fact"),
    "finance.WearCounted": Title("Cộng hao mòn tài sản trong năm", "Wear of a year counted"),
}
RECORDS: Mapping[str, Title] = {
    "finance.known_unit": Title("Đơn vị mà tài chính biết", "Unit as finance knows it"),
    "finance.known_thing": Title("Tài sản, xe mà tài chính biết", "Asset or car as finance knows it"),
    "finance.cost": Title("Chi phí phát sinh từ nghiệp vụ khác", "Cost caused by another desk"),
    "finance.wear_year": Title("Hao mòn tài sản trong năm", "Wear of a year"),
}
FIELDS: Mapping[str, Title] = {
    "finance.UnitKnown.name": Title("Tên đơn vị", "Name of the unit"),
    "finance.ThingKnown.name": Title("Tên tài sản, biển số xe", "Name of the asset or plate of the car"),
    "finance.ThingKnown.supplier": Title("Bên cho thuê", "Who hires it out"),
    "finance.CostCaused.kind": Title("Loại chi phí", "Kind of cost"),
    "finance.CostCaused.on": Title("Ngày phát sinh", "Day of the cost"),
    "finance.CostCaused.amounts": Title("Số tiền theo dòng dự toán, tiểu mục", "Amounts by line and item"),
    "finance.CostCaused.payee": Title("Đơn vị, cá nhân thụ hưởng", "Who gets the money"),
    "finance.CostCaused.cause": Title("Phát sinh từ", "Fact it follows from"),
    "finance.EntryCaused.kind": Title("Loại nghiệp vụ", "Kind of fact"),
    "finance.EntryCaused.on": Title("Ngày ghi sổ", "Day in the books"),
    "finance.EntryCaused.description": Title("Diễn giải", "Description of the entry"),
    "finance.EntryCaused.cause": Title("Phát sinh từ", "Fact it follows from"),
    "finance.EntryCaused.lines": Title("Các dòng định khoản", "Lines of the entry"),
    "finance.EntryCaused.lines.account": Title("Tài khoản kế toán", "Account of the chart"),
    "finance.EntryCaused.lines.party": Title("Đối tượng", "Who owes or is owed"),
    "finance.EntryCaused.lines.source": Title("Nguồn kinh phí", "Source of money"),
    "thing_id": Title("Mã tài sản, xe", "Asset or car"),
    "board_vnd": Title("Lũy kế của đơn vị (đồng)", "The board's total (VND)"),
}
VALUES: Mapping[tuple[str, str], Title] = {
    ("kind", "fuel"): Title("Nhiên liệu", "Fuel"),
    ("kind", "tolls"): Title("Phí cầu đường, bến bãi", "Tolls and parking"),
    ("kind", "hired_car"): Title("Thuê xe", "Hired car"),
    ("kind", "insurance"): Title("Bảo hiểm", "Insurance"),
    ("kind", "repair"): Title("Sửa chữa", "Repair"),
}
