"""Why a backup is not made, not believed or not restored."""

from deploy.messages import DeployError


class BackupRefused(DeployError):
    """A backup or a restore cannot go on; `vi` and `en` each say why and what to do, `part` which part is to blame."""

    def __init__(self, *, vi: str, en: str, part: str | None = None) -> None:
        super().__init__(vi=vi, en=en)
        self.part = part

    @classmethod
    def damaged(cls, part: str) -> "BackupRefused":
        """Return the refusal of a file one of whose parts is not what was signed."""
        return cls(
            vi=f"Tệp sao lưu bị hỏng ở phần {part}; chưa có gì thay đổi. Dùng một bản sao khác của tệp này.",
            en=f"The backup is damaged in its part {part}; nothing was changed. Use another copy of this file.",
            part=part,
        )
