"""What a repair takes out of a copy is kept: a file in the data folder, on disk before anything is changed."""

import base64
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from deploy.files import sync_folder
from services.runtime.follow import Message

FOLDER_NAME = "salvage"


class Salvage:
    """One file of messages, a JSON object a line: copy, sequence, subject, and payload or its base64."""

    def __init__(self, folder: Path) -> None:
        """Write to the data folder, when there is anything to write."""
        self._folder = folder / FOLDER_NAME
        self._name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.jsonl"
        self.count = 0

    @property
    def path(self) -> Path | None:
        """The file; None when there was nothing to keep."""
        return self._folder / self._name if self.count else None

    def keep(self, copy: str, messages: Iterable[Message]) -> None:
        """Append messages of a copy of the log; they are on disk when this returns."""
        lines = [json.dumps(_line(copy, message), ensure_ascii=False) + "\n" for message in messages]
        if not lines:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder / self._name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(self._folder)
        sync_folder(self._folder.parent)
        self.count += len(lines)


def _line(copy: str, message: Message) -> dict[str, object]:
    kept: dict[str, object] = {"copy": copy, "sequence": message.sequence, "subject": message.subject}
    try:
        return {**kept, "payload": message.payload.decode()}
    except UnicodeDecodeError:
        return {**kept, "payload_base64": base64.b64encode(message.payload).decode()}
