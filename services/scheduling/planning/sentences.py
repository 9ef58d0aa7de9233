"""One Vietnamese and one English sentence for every reason for which a request has no run in a plan."""

from collections.abc import Mapping

from contracts.scheduling.planning import UnplacedCode

SENTENCES: Mapping[UnplacedCode, tuple[str, str]] = {
    "not-approved": (
        "Đề nghị chưa được duyệt; đề nghị trình lãnh đạo duyệt rồi lập lại phương án.",
        "The request is not approved; have a leader approve it and plan again.",
    ),
    "time-passed": (
        "Thời gian của đề nghị đã qua; đề nghị chọn giờ khác hoặc không duyệt.",
        "The time of the request has passed; choose another time or decline it.",
    ),
    "run-too-long": (
        "Một lệnh điều xe không quá {most} ngày; đề nghị tách thành nhiều chuyến.",
        "A run is ordered for {most} days at most; order it in parts.",
    ),
    "more-than-planned-at-once": (
        "Quá nhiều đề nghị cho một lần lập phương án; đề nghị lập phương án theo từng nhóm đề nghị.",
        "There are too many requests to be planned at once; plan them in several parts.",
    ),
    "no-car-of-kind": (
        "Không có xe loại được đề nghị ({wanted}); đề nghị chọn loại xe khác hoặc thuê xe ngoài.",
        "There is no car of the kind asked for ({wanted}); choose another kind or hire one.",
    ),
    "no-car-with-seats": (
        "Không có xe đủ {passengers} chỗ: xe lớn nhất chở {most} người; đề nghị chia thành nhiều chuyến hoặc thuê xe "
        "ngoài.",
        "No car has seats for {passengers}: the largest takes {most}; divide it among several runs or hire a car.",
    ),
    "car-papers-end": (
        "Trong {count} xe phù hợp không có xe nào được dùng: hết hạn giấy tờ hoặc tạm ngừng.",
        "Of {count} fit cars none may be used: papers end, or the car is out of service.",
    ),
    "cars-not-open": (
        "Trong {count} xe phù hợp không có xe nào nhận đặt vào thời gian này.",
        "Of {count} fit cars none can be had at that time.",
    ),
    "cars-taken": (
        "Trong {count} xe phù hợp không còn xe trống trong {time}: {held}. Đề nghị chọn giờ khác, ghép chuyến hoặc "
        "thuê xe ngoài.",
        "Of {count} fit cars none is free in {time}: {held}. Choose another time, share a run or hire a car.",
    ),
    "no-licence": (
        "Không có lái xe nào có giấy phép lái xe {seats} chỗ đến hết chuyến.",
        "No driver has a licence for a car of {seats} seats until the end of the run.",
    ),
    "drivers-not-open": (
        "Không lái xe nào nhận chuyến được trong {time}.",
        "No driver can be had in {time}.",
    ),
    "drivers-taken": (
        "Còn xe nhưng trong {count} lái xe không còn ai rảnh trong {time}: {held}. Đề nghị chọn giờ khác hoặc ghép "
        "chuyến.",
        "There is a car, but of {count} drivers none is free in {time}: {held}. Choose another time or share a run.",
    ),
    "driver-hours": (
        "Còn xe nhưng trong {count} lái xe đang rảnh không ai còn đủ giờ lái hoặc giờ nghỉ.",
        "There is a car, but of {count} free drivers none has the hours left, or the rest.",
    ),
    "gave-way": (
        "Nhường xe cho đề nghị ở mức ưu tiên cao hơn: {named}. Đề nghị chọn giờ khác, ghép chuyến hoặc thuê xe ngoài.",
        "It gave way to requests of a higher class: {named}. Choose another time, share a run or hire a car.",
    ),
}
