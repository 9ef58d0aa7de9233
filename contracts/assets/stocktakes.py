"""The words of a stocktake (kiểm kê): the campaign, what was expected, what was counted, how each difference ended."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.assets.values import (
    HOLDER,
    KEEPER,
    AssetId,
    ClassCode,
    Condition,
    Dong,
    Name,
    Note,
    Place,
    Reason,
    ShortLine,
    Year,
    Years,
)
from contracts.base import (
    Command,
    Day,
    Event,
    Instant,
    ListQuery,
    Message,
    Notice,
    Page,
    Query,
    Refusal,
    Role,
    Row,
    Sha256,
    column,
)
from contracts.organisation import Decision, PersonId, SiteId, UnitId

# --- values ---------------------------------------------------------------------------------------------------------

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_TAG = "[A-Z0-9]+(-[A-Z0-9]+)*-[0-9]{6}"

StocktakeId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
ScanId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""What a device calls one scan, for ever; a scan that comes twice counts once."""
AssetTag: TypeAlias = Annotated[str, StringConstraints(pattern=f"^{_TAG}$", max_length=80)]
"""What stands on an asset's label, such as VPTU-000123."""
LineId: TypeAlias = Annotated[str, StringConstraints(pattern=f"^([0-9a-f]{{32}}|{_TAG})$", max_length=80)]
"""A line of a stocktake: the tag on the label, or the id of the scan that found a thing without one."""
Occasion: TypeAlias = Literal["annual", "reorganisation", "damage", "revaluation", "other"]
"""Cuối kỳ kế toán năm; chia, tách, hợp nhất, sáp nhập; thiệt hại bất thường; đánh giá lại; trường hợp khác."""
StocktakeStatus: TypeAlias = Literal["open", "counting", "closed", "cancelled"]
"""Đang lập danh mục; đang kiểm kê; đã khóa; đã hủy."""
LineState: TypeAlias = Literal["missing", "found", "differing", "unexpected", "untagged", "void"]
"""Chưa thấy; khớp; thấy nhưng khác sổ; ngoài danh mục; không có mã; quét nhầm."""
Differs: TypeAlias = Literal["site", "division", "room", "custodian", "condition"]
"""Trụ sở; phòng, ban sử dụng; phòng đặt; người quản lý; tình trạng."""
Resolution: TypeAlias = Literal[
    "search_again",
    "loss",
    "confirmed",
    "correct_register",
    "return_to_place",
    "return_to_owner",
    "register_surplus",
    "mistaken",
    "other",
]
"""Tìm lại; mất; xác nhận có (đang cho mượn, sửa chữa); sửa sổ theo thực tế; đưa về chỗ cũ; trả đơn vị, chủ sở hữu;
ghi tăng tài sản thừa; quét nhầm; xử lý khác."""
CommitteeRole: TypeAlias = Literal["head", "chief_accountant", "chair", "member", "secretary"]
"""Thủ trưởng đơn vị; kế toán trưởng; trưởng ban kiểm kê; ủy viên; thư ký."""

MOST_IN_A_PORTION = 400
"""A decision is over each of its assets and its lines, and the log takes at most so many together."""


class Scope(Message):
    """What a stocktake is about; nothing said of something means all of it."""

    unit_ids: Annotated[tuple[UnitId, ...], Field(max_length=100)] = ()
    site_ids: Annotated[tuple[SiteId, ...], Field(max_length=100)] = ()
    division_ids: Annotated[tuple[UnitId, ...], Field(max_length=100)] = ()
    class_codes: Annotated[
        tuple[ClassCode, ...], Field(max_length=100, description="5 stands for 5.1, 5.2 and all others under it.")
    ] = ()


class CommitteeMember(Message):
    """Somebody who signs the minutes of a stocktake, as they stand on the paper."""

    role: CommitteeRole
    name: Name
    title: ShortLine | None = None
    person_id: PersonId | None = None


class Worth(Message):
    """How many there are, their original cost and what remains of it, in đồng."""

    quantity: int = 0
    cost_vnd: int = 0
    residual_vnd: int = 0


class Sighting(Message):
    """What a counter says of a thing that was seen; what is left out was not looked at."""

    scan_id: ScanId
    counted_at: Instant
    device: ShortLine | None = None
    place: Place = Place()
    custodian_id: PersonId | None = None
    condition: Condition | None = None
    photos: Annotated[tuple[Sha256, ...], Field(max_length=10)] = ()
    note: Note | None = None


class Scan(Sighting):
    """One thing that was counted: by the tag on its label, or described where it has none."""

    tag: AssetTag | None = None
    asset_id: Annotated[AssetId | None, Field(description="The asset of the tag, where the device knows it.")] = None
    description: Annotated[Name | None, Field(description="What it is, where it has no label.")] = None
    quantity: Annotated[int, Field(ge=1, le=100_000, description="More than one only of things without a label.")] = 1
    counted_by: Annotated[Name | None, Field(description="Who counted it; the speaker when left out.")] = None

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        labelled = self.tag is not None
        if labelled == (self.description is not None) or (labelled and self.quantity > 1):
            raise PydanticCustomError(
                "scan_shape",
                "must have a tag, or else a description and its quantity",
                {
                    "vi": "Mỗi lần quét phải có mã trên tem (tag), hoặc mô tả (description) và số lượng.",
                    "en": "A scan must have the tag on the label, or else a description and its quantity.",
                },
            )
        return self


class ExpectedAsset(Message):
    """An asset and the tag on its label."""

    asset_id: AssetId
    tag: AssetTag


class Surplus(Message):
    """As what a thing that was found and is in no book enters the register, as the committee values it."""

    unit_id: UnitId
    class_code: ClassCode
    name: Name
    cost_vnd: Dong
    remaining_years: Annotated[int | None, Field(ge=0, le=200, description="None for what never wears.")] = None
    life_years: Years | None = None
    life_basis: Name | None = None
    place: Place = Place()


class Tally(Message):
    """How far a stocktake has come, in lines; `lines` is the last line's number."""

    lines: int = 0
    expected: int = 0
    found: int = 0
    differing: int = 0
    missing: int = 0
    unexpected: int = 0
    untagged: int = 0
    undecided: int = 0


# --- commands -------------------------------------------------------------------------------------------------------


class OpenStocktake(Command):
    """Open a stocktake under the next number of the year: what it covers, of which day, and who answers for it."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    title: Name
    occasion: Occasion = "annual"
    snapshot_on: Annotated[Day, Field(description="The books are taken as they stand at 0h of this day.")]
    scope: Scope = Scope()
    committee: Annotated[tuple[CommitteeMember, ...], Field(min_length=1, max_length=50)]
    decision: Annotated[Decision | None, Field(description="What set the committee up.")] = None
    note: Note | None = None


class StocktakeCommand(Command):
    """A wish about one stocktake."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    stocktake_id: StocktakeId


class NameCommittee(StocktakeCommand):
    """Say who answers for a stocktake from now on; all of them are named."""

    committee: Annotated[tuple[CommitteeMember, ...], Field(min_length=1, max_length=50)]
    decision: Decision | None = None


class ExpectAssets(StocktakeCommand):
    """Put a portion of the register on the list of a stocktake, or take its book values anew."""

    assets: Annotated[tuple[ExpectedAsset, ...], Field(min_length=1, max_length=MOST_IN_A_PORTION)]


class StartCounting(StocktakeCommand):
    """Let the counters begin."""


class RecordCounts(StocktakeCommand):
    """Enter what was counted: one scan, or a list of many that a device kept while it was offline."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    scans: Annotated[tuple[Scan, ...], Field(min_length=1, max_length=MOST_IN_A_PORTION)]


class DecideDifference(StocktakeCommand):
    """Decide what becomes of one line that differs from the books, having seen it at a revision."""

    line: LineId
    revision: Annotated[int, Field(ge=1, description="The line's revision that the decision was taken on.")]
    resolution: Resolution
    reason: Reason
    asset_id: Annotated[
        AssetId | None, Field(description="The line's asset, where the decision is about the register too.")
    ] = None
    surplus: Annotated[Surplus | None, Field(description="For register_surplus: what enters the register.")] = None


class CloseStocktake(StocktakeCommand):
    """Close a stocktake of which every line is decided; from then on it stays as it is."""

    conclusion: Note | None = None


class CancelStocktake(StocktakeCommand):
    """Give a stocktake up; its number is not used again."""

    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class StocktakeNumbered(Event):
    """A year's book gave its next number to a stocktake."""

    number: int
    stocktake_id: str


class StocktakeOpened(Event):
    """A stocktake was opened."""

    number: int
    year: int
    title: str
    occasion: Occasion
    snapshot_on: date
    opened_on: date
    scope: Scope
    committee: tuple[CommitteeMember, ...]
    decision: Decision | None = None
    note: str | None = None


class CommitteeNamed(Event):
    """Others answer for a stocktake."""

    committee: tuple[CommitteeMember, ...]
    decision: Decision | None = None


class PassedOver(Message):
    """An asset that a stocktake does not expect, and why."""

    tag: str
    cause: Annotated[
        Literal["not_held", "out_of_scope"], Field(description="Không có trong sổ ngày đó; ngoài phạm vi.")
    ]


class AssetsListed(Event):
    """A portion of the register was put on the list of a stocktake."""

    listed: int
    passed_over: tuple[PassedOver, ...] = ()
    ahead: Annotated[bool, Field(description="Taken before the day whose books are to be counted against.")] = False
    wear_behind: Annotated[int, Field(description="Assets whose wear of an earlier year is not charged yet.")] = 0
    tally: Tally

    def notices(self) -> tuple[Notice, ...]:
        """Return what was passed over, and that a list taken too early is to be taken again."""
        told = []
        if self.passed_over:
            tags = ", ".join(passed.tag for passed in self.passed_over[:10])
            told.append(
                Notice(
                    code="assets-passed-over",
                    vi=f"Không đưa vào danh mục {len(self.passed_over)} tài sản không có trong sổ ngày chốt số liệu "
                    f"hoặc ngoài phạm vi kiểm kê: {tags}; đề nghị kiểm tra lại.",
                    en=f"{len(self.passed_over)} assets not in the books of the day or outside the scope were not "
                    f"listed: {tags}; check them.",
                )
            )
        if self.ahead:
            told.append(
                Notice(
                    code="listed-ahead",
                    vi="Danh mục lập trước ngày chốt số liệu; đề nghị lập lại từ ngày đó để lấy đúng giá trị sổ sách.",
                    en="The list was taken before its day; take it again from that day on for the values of the books.",
                )
            )
        if self.wear_behind:
            told.append(
                Notice(
                    code="listed-before-wear",
                    vi=f"{self.wear_behind} tài sản chưa tính hao mòn của năm trước ngày chốt số liệu; "
                    "đề nghị tính hao mòn rồi lập lại danh mục.",
                    en=f"The wear of a year before the day is not charged for {self.wear_behind} assets; charge it, "
                    "then take the list again.",
                )
            )
        return tuple(told)


class AssetExpected(Event):
    """A stocktake expects an asset, as the books have it on its day; `state` and `differs` are the line's after it."""

    number: int
    asset_id: str
    tag: str
    name: str
    class_code: str
    unit_id: str
    place: Place
    custodian_id: str | None = None
    condition: Condition
    book: Worth
    changed_on: Annotated[
        date | None, Field(description="`book` is of this later day: the value changed after the stocktake's day.")
    ] = None
    state: LineState
    differs: tuple[Differs, ...] = ()


class CountingStarted(Event):
    """The counters of a stocktake began."""

    started_on: date


class Seen(Sighting):
    """What was seen, and by whom."""

    counted_by: str


class Repeat(Message):
    """A thing that was counted already, and by whom and when first."""

    line: str
    counted_by: str
    counted_at: datetime


class Reappeared(Message):
    """A thing that was decided upon as missing, and is there."""

    line: str
    resolution: Resolution
    decided_by: str


class CountsRecorded(Event):
    """A counter's list was entered; only what was new in it is counted here."""

    stocktake_id: str
    found: int = 0
    differing: int = 0
    unexpected: int = 0
    untagged: int = 0
    repeats: tuple[Repeat, ...] = ()
    reappeared: tuple[Reappeared, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for each thing counted already, outside the list, or thought to be missing."""
        return (
            *(_repeated(repeat) for repeat in self.repeats[:20]),
            *(_reappeared(thing) for thing in self.reappeared[:20]),
            *(
                [
                    Notice(
                        code="outside-the-list",
                        vi=f"Có {self.unexpected + self.untagged} hiện vật ngoài danh mục hoặc không có mã; "
                        "đề nghị kiểm tra nhãn và xử lý từng dòng.",
                        en=f"{self.unexpected + self.untagged} things are outside the list or have no label; "
                        "check the labels and decide each line.",
                    )
                ]
                if self.unexpected + self.untagged
                else ()
            ),
        )


class AssetCounted(Event):
    """A labelled thing was seen for the first time in a stocktake.

    `number` and what stands from `name` to `book` is told of a thing that was not expected, as far as it is known.
    """

    tag: str
    state: LineState
    differs: tuple[Differs, ...] = ()
    seen: Seen
    number: int | None = None
    asset_id: str | None = None
    name: str | None = None
    class_code: str | None = None
    unit_id: str | None = None
    registered_place: Place | None = None
    book: Annotated[Worth | None, Field(description="What the books of its owner say it is worth.")] = None


class CountRepeated(Event):
    """A labelled thing was seen again; its first count stands."""

    seen: Seen


class ThingFound(Event):
    """A thing without a label was found."""

    number: int
    description: str
    quantity: int
    seen: Seen


class DifferenceDecided(Event):
    """It was decided what becomes of a line; `state` and `actual` are the line's after it."""

    resolution: Resolution
    reason: str
    decided_by: str
    decided_by_id: str
    decided_at: datetime
    state: LineState
    actual: Worth
    asset_id: str | None = None
    asset_tag: Annotated[str | None, Field(description="Tag of the asset that a surplus became.")] = None


class StocktakeTallied(Event):
    """The lines of a stocktake came to this."""

    tally: Tally


class StocktakeClosed(Event):
    """A stocktake was closed; every difference in it is decided."""

    closed_on: date
    conclusion: str | None = None
    tally: Tally


class StocktakeCancelled(Event):
    """A stocktake was given up."""

    cancelled_on: date
    reason: str


def _repeated(repeat: Repeat) -> Notice:
    at = _moment(repeat.counted_at)
    return Notice(
        code="already-counted",
        vi=f"{repeat.line} đã được {repeat.counted_by} kiểm đếm lúc {at}; lần quét này ghi là quét lặp.",
        en=f"{repeat.line} was already counted by {repeat.counted_by} at {at}; this scan is kept as a repeat.",
    )


def _reappeared(thing: Reappeared) -> Notice:
    vi, en = RESOLUTIONS[thing.resolution]
    return Notice(
        code="thought-missing",
        vi=f"{thing.line} đã được {thing.decided_by} quyết định là “{vi}”, nay đã tìm thấy; quyết định đó không còn "
        "giá trị, đề nghị từ chối đề nghị xử lý tài sản nếu đã lập.",
        en=f"{thing.decided_by} had decided “{en}” of {thing.line}, which is found now; that decision no longer "
        "holds, and a disposal proposed by it is to be rejected.",
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(_OFFICE):%H:%M %d/%m/%Y}"


# --- refusals -------------------------------------------------------------------------------------------------------

_ACCOUNTING_LAW = "Luật Kế toán 88/2015/QH13, Điều 40"

STOCKTAKE_UNKNOWN = Refusal(
    "stocktake-unknown",
    "Không có đợt kiểm kê với mã {stocktake_id}; đề nghị kiểm tra lại trong danh sách các đợt kiểm kê.",
    "There is no stocktake {stocktake_id}; check it in the list of stocktakes.",
)
STOCKTAKE_OVER = Refusal(
    "stocktake-over",
    "Đợt kiểm kê số {number}/{year} đã {status_vi}; không ghi thêm được, đề nghị mở đợt kiểm kê khác.",
    "Stocktake {number}/{year} is {status}; nothing more can be entered, open another one.",
)
COUNTING_NOT_STARTED = Refusal(
    "counting-not-started",
    "Đợt kiểm kê số {number}/{year} chưa bắt đầu kiểm đếm; đề nghị bắt đầu trước.",
    "Counting of stocktake {number}/{year} has not started; start it first.",
)
NOTHING_EXPECTED = Refusal(
    "stocktake-empty",
    "Danh mục của đợt kiểm kê số {number}/{year} chưa có tài sản nào; đề nghị lập danh mục trước.",
    "The list of stocktake {number}/{year} has no assets yet; draw it up first.",
)
NONE_LISTED = Refusal(
    "none-listed",
    "Các tài sản đã nêu ({tags}) không có trong sổ ngày {snapshot_on} hoặc ngoài phạm vi kiểm kê; "
    "đề nghị kiểm tra lại phạm vi.",
    "The assets named ({tags}) are not in the books of {snapshot_on}, or outside the scope; check the scope.",
)
TAG_UNFIT = Refusal(
    "tag-unfit",
    "Mã {tag} không phải của tài sản này (mã đúng là {right_tag}); đề nghị kiểm tra lại danh mục.",
    "Tag {tag} is not this asset's (which is {right_tag}); check the list.",
)
LINES_UNDECIDED = Refusal(
    "lines-undecided",
    "Đợt kiểm kê còn {undecided} dòng chênh lệch chưa quyết định; đề nghị quyết định từng dòng rồi khóa.",
    "{undecided} lines of the stocktake are not decided yet; decide each of them, then close it.",
    _ACCOUNTING_LAW,
)
SNAPSHOT_AHEAD = Refusal(
    "snapshot-ahead",
    "Số liệu được chốt vào 0 giờ ngày {snapshot_on}; đề nghị khóa kiểm kê từ ngày đó.",
    "The books are taken at 0h of {snapshot_on}; close the stocktake from that day on.",
)
LINE_UNKNOWN = Refusal(
    "stocktake-line-unknown",
    "Đợt kiểm kê không có dòng {line}; đề nghị kiểm tra lại mã.",
    "The stocktake has no line {line}; check it.",
)
LINE_DECIDED = Refusal(
    "line-decided",
    "Dòng {line} đã được {decided_by} quyết định “{resolution_vi}” lúc {decided_at}; "
    "đề nghị xem lại dòng đó, quyết định lại nếu cần.",
    "{decided_by} decided {resolution_en} of line {line} at {decided_at}; look at it again, and decide anew if "
    "need be.",
)
LINE_COUNTED = Refusal(
    "line-counted",
    "Dòng {line} vừa được {counted_by} kiểm đếm lúc {counted_at}; đề nghị xem lại dòng đó rồi quyết định.",
    "{counted_by} counted line {line} at {counted_at}; look at it again, then decide.",
)
LINE_CHANGED = Refusal(
    "line-changed",
    "Dòng {line} đã thay đổi (nay là lần sửa {revision}); đề nghị xem lại dòng đó rồi quyết định.",
    "Line {line} has changed (it is at revision {revision} now); look at it again, then decide.",
)
RESOLUTION_UNFIT = Refusal(
    "resolution-unfit",
    "Không áp dụng được “{resolution_vi}” cho dòng {line}; có thể chọn: {fit_vi}.",
    "{resolution_en} does not fit line {line}; choose one of: {fit_en}.",
)
LINE_ASSET_NEEDED = Refusal(
    "line-asset-needed",
    "Quyết định này thay đổi sổ tài sản; đề nghị ghi đúng tài sản của dòng {line}.",
    "This decision changes the register; name the asset of line {line}.",
)
SURPLUS_NEEDED = Refusal(
    "surplus-needed",
    "Ghi tăng tài sản thừa cần đơn vị, loại, tên, nguyên giá và số năm còn lại; quyết định khác không ghi phần này.",
    "Registering a surplus needs its unit, class, name, cost and remaining years; no other decision has them.",
)
SCOPE_TWICE = Refusal(
    "expected-twice",
    "Tài sản {tag} được ghi hai lần; đề nghị ghi mỗi tài sản một lần.",
    "Asset {tag} is named twice; name each asset once.",
)
REPORT_TOO_LONG = Refusal(
    "stocktake-report-too-long",
    "Biên bản có {lines} dòng, nhiều hơn {most}; đề nghị lập theo từng đơn vị hoặc trụ sở, hoặc xuất danh sách.",
    "The report has {lines} lines, more than {most}; ask for one unit or site, or export the list.",
)

RESOLUTIONS: dict[str, tuple[str, str]] = {
    "search_again": ("tìm lại", "search again"),
    "loss": ("mất", "loss"),
    "confirmed": ("xác nhận có", "confirmed to be there"),
    "correct_register": ("sửa sổ theo thực tế", "correct the register"),
    "return_to_place": ("đưa về chỗ cũ", "return to its place"),
    "return_to_owner": ("trả đơn vị, chủ sở hữu", "return to its owner"),
    "register_surplus": ("ghi tăng tài sản thừa", "register as surplus"),
    "mistaken": ("quét nhầm", "scanned by mistake"),
    "other": ("xử lý khác", "otherwise"),
}
"""What a decision is called in Vietnamese and in English."""

# --- rows -----------------------------------------------------------------------------------------------------------


class StocktakeRow(Row):
    """One stocktake, and how far it has come."""

    stocktake_id: str
    notation: Annotated[str, column(1, "Số")]
    number: int
    year: int
    title: Annotated[str, column(2, "Tên đợt kiểm kê")]
    occasion: Annotated[Occasion, column(3, "Trường hợp")]
    snapshot_on: Annotated[date, column(4, "Chốt số liệu 0 giờ ngày")]
    opened_on: date
    status: Annotated[StocktakeStatus, column(5, "Trạng thái")]
    expected: Annotated[int, column(6, "Theo sổ")]
    found: Annotated[int, column(7, "Khớp")]
    differing: Annotated[int, column(8, "Khác sổ")]
    missing: Annotated[int, column(9, "Chưa thấy")]
    unexpected: Annotated[int, column(10, "Ngoài danh mục")]
    untagged: Annotated[int, column(11, "Không có mã")]
    undecided: Annotated[int, column(12, "Chưa quyết định")]
    closed_on: Annotated[date | None, column(13, "Ngày khóa")] = None


class ProgressRow(Row):
    """How far a unit, a site or a counter has come, in lines."""

    id: Annotated[str, Field(description="The unit, the site or the counter; empty where the line has none.")]
    name: str
    expected: int = 0
    found: int = 0
    differing: int = 0
    missing: int = 0
    unexpected: int = 0
    untagged: int = 0
    undecided: int = 0


class StocktakeView(Row):
    """A stocktake with its scope, its committee and its live counters."""

    stocktake: StocktakeRow
    scope: Scope
    committee: tuple[CommitteeMember, ...]
    decision: Decision | None = None
    note: str | None = None
    conclusion: str | None = None
    counted_percent: Annotated[int, Field(description="Expected lines that were seen, in whole percent.")]
    by_unit: tuple[ProgressRow, ...]
    by_site: tuple[ProgressRow, ...]
    by_counter: tuple[ProgressRow, ...]


class StocktakeLineRow(Row):
    """One line of a stocktake in the columns of form C53-HD, and what is behind it."""

    stocktake_id: str
    line: str
    number: Annotated[int, column(1, "STT")]
    name: Annotated[str, column(2, "Tên tài sản")]
    tag: Annotated[str | None, column(3, "Mã số tài sản")] = None
    used_at: Annotated[str, column(4, "Nơi sử dụng")]
    book_quantity: Annotated[int, column(5, "Theo sổ kế toán: Số lượng")]
    book_cost_vnd: Annotated[int, column(6, "Theo sổ kế toán: Nguyên giá")]
    book_residual_vnd: Annotated[int, column(7, "Theo sổ kế toán: Giá trị còn lại")]
    actual_quantity: Annotated[int, column(8, "Theo kiểm kê: Số lượng")]
    actual_cost_vnd: Annotated[int, column(9, "Theo kiểm kê: Nguyên giá")]
    actual_residual_vnd: Annotated[int, column(10, "Theo kiểm kê: Giá trị còn lại")]
    difference_quantity: Annotated[int, column(11, "Chênh lệch: Số lượng")]
    difference_cost_vnd: Annotated[int, column(12, "Chênh lệch: Nguyên giá")]
    difference_residual_vnd: Annotated[int, column(13, "Chênh lệch: Giá trị còn lại")]
    remarks: Annotated[str | None, column(14, "Ghi chú")] = None
    state: LineState
    differs: tuple[Differs, ...] = ()
    undecided: bool
    revision: int
    asset_id: str | None = None
    class_code: str | None = None
    unit_id: str | None = None
    site_id: str | None = None
    division_id: str | None = None
    room: str | None = None
    custodian_id: str | None = None
    condition: Condition | None = None
    found_site_id: str | None = None
    found_division_id: str | None = None
    found_room: str | None = None
    found_custodian_id: str | None = None
    found_condition: Condition | None = None
    counted_by: str | None = None
    counted_at: datetime | None = None
    device: str | None = None
    photos: tuple[str, ...] = ()
    note: str | None = None
    repeats: int = 0
    resolution: Resolution | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    surplus_asset_id: str | None = None
    surplus_asset_tag: str | None = None


class StocktakeReport(Row):
    """The minutes of a stocktake in the columns of form C53-HD, with its totals and those who sign."""

    stocktake: StocktakeRow
    committee: tuple[CommitteeMember, ...]
    decision: Decision | None = None
    conclusion: str | None = None
    of_unit: str | None = None
    of_site: str | None = None
    rows: tuple[StocktakeLineRow, ...]
    book: Worth
    actual: Worth
    difference: Worth
    undecided: int


class LastCountRow(Row):
    """When an asset was last seen in a stocktake."""

    asset_id: str
    tag: Annotated[str, column(1, "Mã số tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    class_code: Annotated[str, column(3, "Loại")]
    unit_id: str
    unit_name: Annotated[str, column(4, "Đơn vị")]
    seen_on: Annotated[date, column(5, "Kiểm kê lần cuối (hoặc ngày ghi sổ)")]
    counted: Annotated[bool, Field(description="Whether it was seen in any stocktake at all.")]
    counted_by: Annotated[str | None, column(6, "Người kiểm kê")] = None
    stocktake_id: str | None = None


# --- queries --------------------------------------------------------------------------------------------------------

_Words: TypeAlias = Annotated[
    str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
]


class ListStocktakes(ListQuery):
    """The stocktakes, and how far each has come."""

    answer = Page[StocktakeRow]

    year: Year | None = None
    status: StocktakeStatus | None = None
    sort: Literal["number"] = "number"


class GetStocktake(Query):
    """One stocktake with its live counters by unit, by site and by counter."""

    answer = StocktakeView

    stocktake_id: StocktakeId


class ListStocktakeLines(ListQuery):
    """The lines of a stocktake in the columns of form C53-HD: what is found, missing, unexpected, undecided."""

    answer = Page[StocktakeLineRow]

    stocktake_id: StocktakeId
    state: LineState | None = None
    undecided: Annotated[
        bool | None, Field(description="Only lines whose difference is not decided, or only the others.")
    ] = None
    line: LineId | None = None
    unit_id: UnitId | None = None
    site_id: SiteId | None = None
    division_id: UnitId | None = None
    class_code: ClassCode | None = None
    counted_by: Name | None = None
    resolution: Resolution | None = None
    text: _Words = None
    descending: bool = False
    sort: Literal["number", "tag"] = "number"


class GetStocktakeReport(Query):
    """The minutes of a stocktake (form C53-HD), of all of it or of one unit or site."""

    answer = StocktakeReport

    stocktake_id: StocktakeId
    unit_id: UnitId | None = None
    site_id: SiteId | None = None


class ListLastCounts(ListQuery):
    """The assets held now by the day they were last seen in a stocktake: those longest unseen come first."""

    answer = Page[LastCountRow]

    seen_before: Annotated[Day | None, Field(description="Only those not seen on this day or since.")] = None
    unit_id: UnitId | None = None
    class_code: ClassCode | None = None
    counted: Annotated[bool | None, Field(description="Only those seen in a stocktake, or only those never seen.")] = (
        None
    )
    descending: bool = False
    sort: Literal["seen_on"] = "seen_on"


STOCKTAKE_COMMANDS: tuple[type[Command], ...] = (
    OpenStocktake,
    NameCommittee,
    ExpectAssets,
    StartCounting,
    RecordCounts,
    DecideDifference,
    CloseStocktake,
    CancelStocktake,
)
STOCKTAKE_EVENTS: tuple[type[Event], ...] = (
    StocktakeNumbered,
    StocktakeOpened,
    CommitteeNamed,
    AssetsListed,
    AssetExpected,
    CountingStarted,
    CountsRecorded,
    AssetCounted,
    CountRepeated,
    ThingFound,
    DifferenceDecided,
    StocktakeTallied,
    StocktakeClosed,
    StocktakeCancelled,
)
STOCKTAKE_QUERIES: tuple[type[Query], ...] = (
    ListStocktakes,
    GetStocktake,
    ListStocktakeLines,
    GetStocktakeReport,
    ListLastCounts,
)
