"""Why organisation refuses."""

from contracts.base import (
    Refusal,
)

DECISION_IN_FUTURE = Refusal(
    "decision-in-future",
    "Ngày ký quyết định {issued_on} ở tương lai (hôm nay là {today}); đề nghị kiểm tra lại ngày ký.",
    "The decision's date {issued_on} is in the future (today is {today}); check the date it was signed.",
)
ENDS_BEFORE_BEGINNING = Refusal(
    "ends-before-beginning",
    "Ngày cuối {until} trước ngày đầu {since}; đề nghị kiểm tra lại hai ngày này.",
    "The last day {until} is before the first day {since}; check both.",
)
CODE_UNREADABLE = Refusal(
    "code-unreadable",
    "Mã {code} không có chữ hoặc số nào; đề nghị đặt mã khác.",
    "The code {code} has no letter and no digit; choose another.",
)
SITE_CODE_TAKEN = Refusal(
    "site-code-taken",
    "Mã trụ sở {code} đã thuộc về {name}; đề nghị đặt mã khác.",
    "The site code {code} already belongs to {name}; choose another.",
)
SITE_UNKNOWN = Refusal(
    "site-unknown",
    "Không có trụ sở {site_id}; đề nghị xem danh sách trụ sở.",
    "There is no site {site_id}; see the list of sites.",
)
SITE_NOT_OPEN = Refusal(
    "site-not-open",
    "Trụ sở {name} không được sử dụng từ ngày {day}; đề nghị chọn trụ sở khác hoặc ngày khác.",
    "The site {name} is not in use from {day} on; choose another site or another day.",
)
SITE_IN_USE = Refusal(
    "site-in-use",
    "Từ ngày {day} còn đơn vị làm việc tại {name}: {units}; đề nghị chuyển các đơn vị này trước.",
    "From {day} on there are units working at {name}: {units}; move them first.",
)
TIER_NOT_IN_FORCE = Refusal(
    "tier-not-in-force",
    "Không có cấp {tier} vào ngày {day}; đề nghị chọn cấp tỉnh hoặc cấp xã.",
    "There is no tier {tier} on {day}; choose the province or the commune.",
    "Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
)
UNIT_CODE_TAKEN = Refusal(
    "unit-code-taken",
    "Ký hiệu {code} đã thuộc về {name} và không dùng lại, kể cả khi đơn vị đó đã kết thúc; đề nghị đặt ký hiệu khác.",
    "The code {code} belongs to {name} and is not used again, even after that unit ended; choose another.",
)
UNIT_UNKNOWN = Refusal(
    "unit-unknown",
    "Không có đơn vị {unit_id}; đề nghị xem danh sách đơn vị.",
    "There is no unit {unit_id}; see the list of units.",
)
UNIT_NOT_YET = Refusal(
    "unit-not-yet",
    "{name} thành lập từ ngày {established_on}, chưa có vào ngày {day}; đề nghị kiểm tra lại ngày hiệu lực.",
    "{name} was established on {established_on} and is not there on {day}; check the effective day.",
)
UNIT_ENDED = Refusal(
    "unit-ended",
    "{name} kết thúc hoạt động, ngày cuối là {last_day}; không ghi nhận được thay đổi từ ngày {day}, "
    "đề nghị chọn đơn vị kế tiếp hoặc ngày khác.",
    "{name} ended, its last day is {last_day}; a change from {day} on cannot be recorded: "
    "choose its successor or another day.",
)
UNIT_CHANGED_LATER = Refusal(
    "unit-changed-later",
    "{name} đã có thay đổi từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} has a change from {changed_on}; a new one must take effect on that day or later.",
)
PARENT_NOT_THERE = Refusal(
    "parent-not-there",
    "{name} không có trong cơ cấu tổ chức vào ngày {day}; đề nghị chọn đơn vị cấp trên khác hoặc ngày khác.",
    "{name} is not in the chart on {day}; choose another parent or another day.",
)
PARENT_ENDS = Refusal(
    "parent-ends",
    "{name} đã có quyết định kết thúc, ngày cuối là {last_day}; đề nghị chọn đơn vị cấp trên khác.",
    "{name} is to end, its last day is {last_day}; choose another parent.",
)
UNIT_UNDER_ITSELF = Refusal(
    "unit-under-itself",
    "Đơn vị không thể trực thuộc {name} vì {name} là chính nó hoặc trực thuộc nó; đề nghị chọn đơn vị khác.",
    "The unit cannot be under {name}, because {name} is the unit itself or under it; choose another.",
)
UNIT_NAMED_TWICE = Refusal(
    "unit-named-twice",
    "Đơn vị {unit_id} được ghi hai lần; đề nghị ghi mỗi đơn vị một lần.",
    "The unit {unit_id} is named twice; name each unit once.",
)
UNIT_HAS_UNITS = Refusal(
    "unit-has-units",
    "Từ ngày {day} còn đơn vị trực thuộc {name}: {units}; đề nghị chuyển hoặc kết thúc các đơn vị này trước.",
    "From {day} on there are units under {name}: {units}; move or end them first.",
)
UNIT_HAS_POSTS = Refusal(
    "unit-has-posts",
    "{name} còn vị trí việc làm từ ngày {day}: {posts}; "
    "đề nghị điều động người giữ vị trí và kết thúc các vị trí này trước.",
    "{name} has posts from {day} on: {posts}; transfer their holders and close these posts first.",
)
POST_CODE_TAKEN = Refusal(
    "post-code-taken",
    "Mã vị trí {code} của đơn vị đã thuộc về vị trí {title}; đề nghị đặt mã khác.",
    "The unit's post code {code} already belongs to {title}; choose another.",
)
POST_UNKNOWN = Refusal(
    "post-unknown",
    "Không có vị trí việc làm {post_id}; đề nghị xem danh mục vị trí việc làm.",
    "There is no post {post_id}; see the list of posts.",
)
POST_NOT_YET = Refusal(
    "post-not-yet",
    "Vị trí {title} có từ ngày {created_on}, chưa có vào ngày {day}; đề nghị kiểm tra lại ngày hiệu lực.",
    "The post {title} is there from {created_on}, not yet on {day}; check the effective day.",
)
POST_CLOSED = Refusal(
    "post-closed",
    "Vị trí {title} đã kết thúc, ngày cuối là {last_day}; đề nghị chọn vị trí khác hoặc ghi ngày kết thúc sớm hơn.",
    "The post {title} is closed, its last day is {last_day}; choose another or end earlier.",
)
POST_CHANGED_LATER = Refusal(
    "post-changed-later",
    "Vị trí {title} đã có thay đổi từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "The post {title} has a change from {changed_on}; a new one must take effect on that day or later.",
)
POST_NUMBERS = Refusal(
    "post-numbers",
    "Số tối thiểu {minimum}, định mức {norm}, tối đa {maximum} không hợp lệ; "
    "cần tối thiểu không quá định mức, định mức không quá tối đa, tối đa ít nhất là 1.",
    "The numbers minimum {minimum}, norm {norm}, maximum {maximum} do not follow each other; "
    "the minimum may not be above the norm, nor the norm above the maximum, which is at least 1.",
)
LEADER_GROUP = Refusal(
    "leader-group",
    "Cấp trưởng, cấp phó thuộc nhóm lãnh đạo, quản lý; đề nghị chọn nhóm này hoặc bỏ cấp bậc.",
    "Heads and deputies are of the leadership group; choose that group, or the rank of staff.",
)
HEAD_IS_ONE = Refusal(
    "head-is-one",
    "Vị trí cấp trưởng {title} chỉ có một người; đề nghị ghi tối đa là 1.",
    "The post of head, {title}, is for one person; give a maximum of 1.",
)
HEAD_IS_THERE = Refusal(
    "head-is-there",
    "{name} đã có vị trí cấp trưởng là {title}; đề nghị kết thúc vị trí đó trước hoặc chọn cấp phó.",
    "{name} already has a head, {title}; close that post first or choose deputy.",
)
POST_HELD_BY_MORE = Refusal(
    "post-held-by-more",
    "Vị trí {title} có {held} người vào ngày {day}, nhiều hơn số tối đa mới; đề nghị bố trí lại người trước.",
    "The post {title} has {held} holders on {day}, more than the new maximum; move people first.",
)
POST_NAMED_TWICE = Refusal(
    "post-named-twice",
    "Vị trí {post_id} được ghi hai lần; đề nghị ghi mỗi vị trí một lần.",
    "The post {post_id} is named twice; name each post once.",
)
POST_OF_ANOTHER_UNIT = Refusal(
    "post-of-another-unit",
    "Vị trí {post_id} không thuộc đơn vị {unit_id}; đề nghị kết thúc vị trí theo từng đơn vị.",
    "The post {post_id} is not one of unit {unit_id}; close posts unit by unit.",
)
POST_HELD = Refusal(
    "post-held",
    "Vị trí {title} có người giữ từ ngày {day} trở đi; đề nghị điều động hoặc thôi giữ vị trí trước.",
    "Somebody holds the post {title} on {day} or later; transfer or release them first.",
)
POST_FULL = Refusal(
    "post-full",
    "Vị trí {title} đã có {held} người vào ngày {day}, tối đa là {maximum}; "
    "đề nghị chọn vị trí khác, ngày khác hoặc điều chỉnh số tối đa.",
    "The post {title} has {held} holders on {day}, the most is {maximum}; "
    "choose another post or day, or change the maximum.",
)
PERSON_UNKNOWN = Refusal(
    "person-unknown",
    "Không có người với mã {person_id}; đề nghị kiểm tra lại trong danh sách cán bộ.",
    "There is no person {person_id}; check the list of people.",
)
PERSON_AWAY = Refusal(
    "person-away",
    "{name} không công tác tại cơ quan từ {since} đến {until}; đề nghị chọn thời gian khác hoặc ghi nhận việc trở lại.",
    "{name} does not work here from {since} to {until}; choose other days or record the return.",
)
ACCOUNT_TAKEN = Refusal(
    "account-taken",
    "Tài khoản {account} đã thuộc về người khác và không chuyển cho ai; đề nghị dùng tài khoản khác.",
    "The account {account} belongs to somebody else and is never passed on; use another.",
)
COUNTED_LATER = Refusal(
    "counted-later",
    "{name} đã có thay đổi loại biên chế từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} is counted in another way from {changed_on}; a new change must take effect on that day or later.",
)
NOT_AWAY = Refusal(
    "not-away",
    "{name} không phải người đã thôi công tác trước ngày {day}; đề nghị kiểm tra lại ngày trở lại.",
    "{name} had not left before {day}; check the day of return.",
)
POST_HELD_ALREADY = Refusal(
    "post-held-already",
    "{name} đã giữ vị trí {title} ({unit}) từ {since} đến {until}; đề nghị kiểm tra lại thời gian.",
    "{name} already holds the post {title} ({unit}) from {since} to {until}; check the days.",
)
MAIN_POST_HELD = Refusal(
    "main-post-held",
    "{name} đang giữ vị trí chính là {title} ({unit}) từ {since} đến {until}; "
    "đề nghị thôi giữ vị trí đó trước, lập đợt điều động, hoặc chọn kiêm nhiệm.",
    "{name} has the main post {title} ({unit}) from {since} to {until}; "
    "end it first, prepare a transfer, or appoint concurrently.",
)
MAIN_POST_NEEDED = Refusal(
    "main-post-needed",
    "{name} không có vị trí chính vào ngày {day} nên không thể kiêm nhiệm; đề nghị bổ nhiệm vị trí chính trước.",
    "{name} has no main post on {day} to have another beside; appoint to a main post first.",
)
POST_NOT_HELD = Refusal(
    "post-not-held",
    "{name} không giữ vị trí {post_id} vào ngày {day}; đề nghị xem quá trình công tác.",
    "{name} does not hold the post {post_id} on {day}; see the person's record.",
)
POSTS_TO_NAME = Refusal(
    "posts-to-name",
    "Từ ngày {day}, {name} giữ các vị trí: {posts}; đề nghị ghi đúng và đủ các vị trí này để kết thúc cùng lúc.",
    "From {day} on {name} holds: {posts}; name exactly these posts, so that all end together.",
)
TRANSFER_UNKNOWN = Refusal(
    "transfer-unknown",
    "Không có đợt điều động {transfer_id}; đề nghị xem danh sách các đợt điều động.",
    "There is no transfer {transfer_id}; see the list of transfers.",
)
TRANSFER_CANCELLED = Refusal(
    "transfer-cancelled",
    "Đợt điều động số {number}/{year} đã hủy; đề nghị lập đợt mới.",
    "Transfer {number}/{year} was cancelled; prepare another.",
)
TRANSFER_DONE = Refusal(
    "transfer-done",
    "Đợt điều động số {number}/{year} đã thực hiện từ ngày {day}; đề nghị lập đợt mới để thay đổi.",
    "Transfer {number}/{year} was carried out as of {day}; prepare another to change it.",
)
TRANSFER_GOES_NOWHERE = Refusal(
    "transfer-goes-nowhere",
    "{name} đang giữ vị trí {title}; đề nghị bỏ khỏi danh sách hoặc chọn vị trí khác.",
    "{name} already is in the post {title}; take them off the list or choose another post.",
)
TRANSFER_LIST_DIFFERS = Refusal(
    "transfer-list-differs",
    "Danh sách thực hiện khác danh sách đã thống nhất của đợt số {number}/{year}; "
    "đề nghị xem lại danh sách hoặc sửa đợt điều động.",
    "The list is not the one agreed for transfer {number}/{year}; read it again or amend the transfer.",
)
TRANSFER_OVERTAKEN = Refusal(
    "transfer-overtaken",
    "{name} không còn giữ vị trí ghi trong đợt số {number} mà giữ vị trí {title}; đề nghị sửa lại danh sách.",
    "{name} no longer holds the post written in transfer {number} but {title}; amend the list.",
)
PERSON_NAMED_TWICE = Refusal(
    "person-named-twice",
    "Người có mã {person_id} được ghi hai lần trong danh sách; đề nghị ghi mỗi người một lần.",
    "The person {person_id} is on the list twice; name each person once.",
)
SUBSTITUTE_IS_ANOTHER = Refusal(
    "substitute-is-another",
    "Người thay thế phải là người khác với đầu mối; đề nghị chọn người khác hoặc để trống.",
    "The substitute must be somebody else than the contact; choose another or leave it out.",
)
CONTACT_NAMED_LATER = Refusal(
    "contact-named-later",
    "Đã cử {name} làm đầu mối từ ngày {since}; việc cử mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} is named from {since} on; a new naming must take effect on that day or later.",
)
NO_CONTACT = Refusal(
    "no-contact",
    "{name} không có đầu mối cho lĩnh vực này vào ngày {day}; đề nghị xem danh bạ đầu mối.",
    "{name} has no contact for this line on {day}; see the address book.",
)
CONTACT_OF_ANOTHER_BOARD = Refusal(
    "contact-of-another-board",
    "Đầu mối của {name} do chính đơn vị này, lãnh đạo văn phòng hoặc quản trị viên cử; đề nghị chuyển yêu cầu.",
    "The contacts of {name} are named by that board, the office's leaders or an administrator; pass it on to them.",
)
ROLE_AND_UNIT = Refusal(
    "role-and-unit",
    "Vai trò của ban (board) cần ghi đơn vị, các vai trò khác không ghi đơn vị (đang ghi vai trò {role}).",
    "The board role needs its unit, and other roles have none (the role given is {role}).",
)
ROLE_HELD = Refusal(
    "role-held",
    "{name} đã có vai trò {role} (đơn vị: {unit}) từ {since} đến {until}; đề nghị thu hồi trước hoặc chọn ngày khác.",
    "{name} has the role {role} (unit: {unit}) from {since} to {until}; revoke it first or choose other days.",
)
ROLE_NOT_HELD = Refusal(
    "role-not-held",
    "{name} không được giao vai trò {role} vào ngày {day}; đề nghị xem bảng phân quyền.",
    "{name} was not granted the role {role} on {day}; see the table of authority.",
)
TO_ONESELF = Refusal(
    "delegated-to-oneself",
    "Không thể ủy quyền cho chính mình; đề nghị chọn người khác.",
    "Nobody delegates to themselves; choose another person.",
)
DELEGATED_ALREADY = Refusal(
    "delegated-already",
    "{name} đã được ủy quyền vai trò {role} từ {since} đến {until}; đề nghị kết thúc ủy quyền đó hoặc chọn ngày khác.",
    "{name} already has the role {role} by delegation from {since} to {until}; withdraw it or choose other days.",
)
NOT_YOURS_TO_DELEGATE = Refusal(
    "not-yours-to-delegate",
    "Chỉ {name} hoặc quản trị viên được ghi nhận ủy quyền này; đề nghị chuyển yêu cầu.",
    "Only {name} or an administrator may enter this delegation; pass it on to them.",
)
NOTHING_DELEGATED = Refusal(
    "nothing-delegated",
    "{name} không có ủy quyền nào cho người này vào ngày {day}; đề nghị xem bảng phân quyền.",
    "{name} delegated nothing to this person on {day}; see the table of authority.",
)
