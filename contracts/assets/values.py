"""The values of assets: money, classes, places, and who may say what."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.base import (
    Command,
    Line,
    Message,
    Paragraph,
    Role,
    Sha256,
)
from contracts.organisation import SiteId, UnitId

AssetId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Dong: TypeAlias = Annotated[int, Field(ge=0, le=100_000_000_000_000)]
"""Whole đồng (Thông tư 141/2025/TT-BTC: cost, wear and residual value are not kept in parts of one)."""
Year: TypeAlias = Annotated[int, Field(ge=1930, le=2100)]
Years: TypeAlias = Annotated[int, Field(ge=1, le=200)]
Seats: TypeAlias = Annotated[int, Field(ge=1, le=10_000)]
ClassCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}(\.[0-9]{1,2})?$")]
"""A class of the table of wear, such as 1.5, 3 or VH.2."""
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Note: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
AssetStatus: TypeAlias = Literal["in_use", "disposal_proposed", "disposal_approved", "disposed"]
Condition: TypeAlias = Literal["good", "usable", "damaged", "unusable"]
"""Tốt; còn sử dụng được; hư hỏng; không sử dụng được."""
Origin: TypeAlias = Literal[
    "purchase", "construction", "allocation", "gift", "surplus", "joint_venture", "lease_purchase", "other"
]
"""Mua sắm; đầu tư xây dựng; giao, điều chuyển; tặng cho, khuyến mại; kiểm kê thừa; liên doanh; thuê mua; khác."""
CostBasis: TypeAlias = Literal["settled", "verified", "requested", "contract", "approved_total", "estimate"]
"""Quyết toán được duyệt; else provisional: thẩm tra, đề nghị quyết toán, quyết toán A-B, tổng mức, dự toán."""
DisposalMethod: TypeAlias = Literal["sale", "demolition", "destruction", "loss"]
"""Bán; phá dỡ; hủy; xử lý mất, hủy hoại."""
DueKind: TypeAlias = Literal["maintenance", "compulsory_insurance", "voluntary_insurance", "inspection", "loan"]
"""Bảo dưỡng; bảo hiểm bắt buộc; bảo hiểm tự nguyện; đăng kiểm, kiểm định; trả tài sản mượn."""

KEEPER: frozenset[Role] = frozenset({"clerk"})
"""Who keeps the register of assets."""
HOLDER: frozenset[Role] = frozenset({"board", "clerk"})
"""Who says where a board's things are and what state they are in."""
LEADER: frozenset[Role] = frozenset({"leader"})
SERVICE: frozenset[Role] = frozenset({"service"})


class Attachment(Message):
    """A document or photo of an asset, known by its digest; its bytes are kept elsewhere."""

    kind: Literal["document", "photo"] = "document"
    name: Name
    sha256: Sha256
    size_bytes: Annotated[int, Field(ge=0, le=10_000_000_000)]


class Place(Message):
    """Where an asset stands: the site (trụ sở), the division that uses it, and the room."""

    site_id: SiteId | None = None
    division_id: UnitId | None = None
    room: ShortLine | None = None


class VehicleFacts(Message):
    """What is special to a car or another vehicle."""

    kind: Literal["vehicle"] = "vehicle"
    plate: Annotated[Line, Field(max_length=20)]
    seats: Seats
    usage: Annotated[
        Literal["titled", "general", "specialised"], Field(description="Phục vụ chức danh, dùng chung, chuyên dùng.")
    ] = "general"
    fuel: Literal["petrol", "diesel", "electric", "hybrid"] = "petrol"
    fuel_norm_cl_per_100km: Annotated[
        int | None, Field(ge=1, le=20_000, description="Centilitres per 100 km: 1250 is 12.5 litres.")
    ] = None
    chassis_number: ShortLine | None = None
    engine_number: ShortLine | None = None


class RoomFacts(Message):
    """What is special to a room or hall that can be asked for."""

    kind: Literal["room"] = "room"
    use: Annotated[
        Literal["meeting", "hall", "citizen_reception", "guest"],
        Field(description="Phòng họp, hội trường, phòng tiếp công dân, phòng khách."),
    ]
    seats: Seats
    equipment: Annotated[tuple[ShortLine, ...], Field(max_length=50)] = ()
    preparation_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    part_of: Annotated[AssetId | None, Field(description="The building it is a part of.")] = None


Details: TypeAlias = Annotated[VehicleFacts | RoomFacts, Field(discriminator="kind")]


class Wear(Message):
    """How an asset wears (hao mòn): over how many years, at what rate, from which year to which."""

    years: int
    rate: Annotated[int, Field(description="Hundredths of a percent of the cost a year: 667 is 6.67 %.")]
    own: Annotated[bool, Field(description="Set for this asset alone, whatever the table says.")] = False
    next_year: Annotated[int, Field(description="The first year whose wear is not accumulated yet.")]
    last_year: Annotated[int, Field(description="The year that takes whatever value remains.")]
    catch_up_years: Annotated[
        int, Field(description="Years of wear that the first charge of a found surplus makes up for.")
    ] = 0


class Value(Message):
    """What the books say an asset is worth; `wear` is None for what never wears."""

    cost_vnd: int
    accumulated_vnd: int
    wear: Wear | None = None

    @property
    def residual_vnd(self) -> int:
        """What remains of the cost, in đồng; never below 0."""
        return self.cost_vnd - self.accumulated_vnd


class AssetCommand(Command):
    """A wish about one registered asset."""

    asset_id: AssetId
