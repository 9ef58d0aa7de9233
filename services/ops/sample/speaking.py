"""How the sample is loaded: by the same commands as everybody's, so that loading it again adds nothing."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from nats.aio.client import Client
from pydantic_core import to_json

from contracts.base import Actor, Meta
from services.ops.office import operator_actor

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Speaker:
    """Gives commands to an office's services; `count` is how many were accepted."""

    def __init__(self, client: Client) -> None:
        """Speak through this connection."""
        self.count = 0
        self._client = client

    async def say(self, service: str, name: str, key: str, words: dict[str, Any], by: Actor | None = None) -> str:
        """Give a command and return the id of what it is about; raise RuntimeError with the reply if it is refused.

        Whoever is at the terminal gives it, or `by` where several people have to.
        """
        command_id = uuid5(NAMESPACE_URL, f"motmoi:sample:{key}")
        meta = Meta(command_id=command_id, actor=by or operator_actor(), correlation_id="sample")
        body = to_json({"meta": meta, "data": words})
        reply = json.loads((await self._client.request(f"command.{service}.{name}", body, timeout=10)).data)
        if reply["outcome"] != "accepted":
            raise RuntimeError(json.dumps(reply, ensure_ascii=False))
        self.count += 1
        return str(reply["recorded"][0]["subject"].split("/")[-1])
