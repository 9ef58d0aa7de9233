"""Why a paper is not made."""

from contracts.base import Refusal

TOO_LONG = Refusal(
    "paper-too-long",
    "Giấy tờ này có {rows} dòng, quá {limit} dòng của một tệp {file}; "
    "đề nghị thu hẹp điều kiện lọc (đơn vị, loại, năm), hoặc kết xuất danh sách dạng XLSX.",
    "This paper has {rows} rows, more than the {limit} of one {file} file; "
    "narrow the filters (unit, class, year), or export the list as XLSX.",
)
