"""What the events, records, fields and coded values of tools are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "assets.ToolNumbered": Title("Cấp mã công cụ, dụng cụ", "Tool numbered"),
    "assets.ToolRegistered": Title("Mở thẻ công cụ, dụng cụ", "Card of a tool opened"),
    "assets.ToolCorrected": Title("Sửa thẻ công cụ, dụng cụ", "Card of a tool put right"),
    "assets.ToolsEntered": Title("Nhập công cụ, dụng cụ", "Tools entered"),
    "assets.ToolsIssued": Title("Xuất dùng công cụ, dụng cụ", "Tools issued"),
    "assets.ToolsReturned": Title("Thu hồi công cụ, dụng cụ về kho", "Tools returned"),
    "assets.ToolsReportedBroken": Title("Báo hỏng, mất công cụ, dụng cụ", "Tools reported broken or lost"),
    "assets.ToolsWrittenOff": Title("Ghi giảm công cụ, dụng cụ", "Tools written off"),
    "assets.ToolsTransferredOut": Title("Chuyển công cụ, dụng cụ đi", "Tools transferred out"),
    "assets.ToolsTransferredIn": Title("Nhận công cụ, dụng cụ chuyển đến", "Tools transferred in"),
    "assets.ToolsCounted": Title("Kiểm kê công cụ, dụng cụ", "Tools counted"),
}
RECORDS: Mapping[str, Title] = {
    "assets.tool": Title("Công cụ, dụng cụ", "Tool"),
    "assets.toolbook": Title("Sổ cấp mã công cụ, dụng cụ của đơn vị", "Tool numbers of a unit"),
}
FIELDS: Mapping[str, Title] = {
    "asset_from_vnd": Title("Mức của tài sản cố định (đồng)", "Cost of a fixed asset from (VND)"),
    "assets.ToolRegistered.place": Title("Nơi để công cụ, dụng cụ", "Place it is kept at"),
    "assets.ToolCorrected.place": Title("Nơi để công cụ, dụng cụ đã sửa", "Place it is kept at, put right"),
    "assets.ToolsCounted.expected": Title("Số lượng theo sổ", "Quantity in the books"),
    "assets.ToolsCounted.quantity": Title("Số lượng kiểm đếm", "Quantity counted"),
    "assets.ToolsCounted.moved_on": Title("Ngày kiểm kê", "Counted on"),
    "assets.ToolsEntered.moved_on": Title("Ngày nhập", "Entered on"),
    "assets.ToolsIssued.moved_on": Title("Ngày xuất dùng", "Issued on"),
    "assets.ToolsReportedBroken.moved_on": Title("Ngày báo hỏng, mất", "Reported on"),
    "assets.ToolsReturned.moved_on": Title("Ngày thu hồi", "Returned on"),
    "assets.ToolsTransferredIn.moved_on": Title("Ngày nhận chuyển đến", "Received on"),
    "assets.ToolsTransferredOut.moved_on": Title("Ngày chuyển đi", "Handed over on"),
    "assets.ToolsWrittenOff.moved_on": Title("Ngày ghi giảm", "Written off on"),
    "broken": Title("Hỏng, mất chờ xử lý", "Broken or lost"),
    "from_tool_id": Title("Mã thẻ nơi giao", "Card it came from"),
    "held": Title("Người nhận đang giữ", "Holder has"),
    "holder": Title("Nơi sử dụng", "Holder"),
    "in_store": Title("Trong kho", "In store"),
    "in_use": Title("Đang dùng", "In use"),
    "measure": Title("Đơn vị tính", "Measure"),
    "paper": Title("Số chứng từ", "Paper"),
    "quantity_change": Title("Số lượng tăng, giảm", "Change of quantity"),
    "registered_on": Title("Ngày mở thẻ", "Card opened on"),
    "source": Title("Nguồn", "Source"),
    "stock": Title("Tồn sau nghiệp vụ", "Stock afterwards"),
    "to_tool_id": Title("Mã thẻ nơi nhận", "Card it went to"),
    "tool_id": Title("Mã thẻ công cụ, dụng cụ", "Card of the tool"),
    "unit_price_vnd": Title("Đơn giá (đồng)", "Unit price (VND)"),
    "value_change_vnd": Title("Giá trị tăng, giảm (đồng)", "Change of value (VND)"),
    "value_vnd": Title("Thành tiền (đồng)", "Value (VND)"),
}
VALUES: Mapping[tuple[str, str], Title] = {
    ("cause", "broken"): Title("Hỏng", "Broken"),
    ("cause", "lost"): Title("Mất", "Lost"),
    ("source", "allocation"): Title("Được giao, điều chuyển", "Allocation"),
    ("source", "gift"): Title("Tặng cho", "Gift"),
    ("source", "opening"): Title("Số dư đầu", "Opening balance"),
    ("source", "other"): Title("Khác", "Other"),
    ("source", "purchase"): Title("Mua sắm", "Purchase"),
    ("source", "surplus"): Title("Kiểm kê thừa", "Found in a stocktake"),
}
