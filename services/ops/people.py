"""People by their pseudonyms: in which services they have a key, and destroying it everywhere."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from nats.aio.client import Client
from pydantic_core import to_json

from contracts.audit import ErasePerson
from contracts.base import Meta, wire_name
from services.ops.office import Office, operator_actor
from services.ops.registry import SERVICES
from services.runtime.answering import derived_id
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import open_pool
from services.runtime.vault import Erased, Standing, Vault

_ANSWER_LIMIT_S = 10


class NotRecorded(Exception):
    """The erasure stands but the log does not say so yet; the words say why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


async def standings(office: Office, person: str) -> dict[str, Standing]:
    """Return what each service that knows of a person's key knows of it, by the service's name."""
    found = {}
    for service in SERVICES:
        async with _vault(office, service) as vault:
            standing = await vault.standing(person)
        if standing:
            found[service] = standing
    return found


async def erase(office: Office, person: str, reason: str) -> dict[str, Erased]:
    """Destroy a person's key in every service, so that none of them ever makes one again; return what stands.

    Idempotent: the first erasure's time, operator and reason stay.
    """
    found = {}
    for service in SERVICES:
        async with _vault(office, service) as vault:
            found[service] = await vault.erase(person, reason, operator_actor().id)
    return found


def first_reason(erased: Mapping[str, Erased], reason: str) -> str:
    """Return why a person was erased first, which is what the log is to say however often this is run."""
    moments = {one.standing.erased_at: one.standing.reason for one in erased.values() if one.standing.erased_at}
    return (moments[min(moments)] if moments else None) or reason


async def record(client: Client, person: str, reason: str) -> int:
    """Have audit record that the key is destroyed and return where; a repeat is answered as before.

    Raises NotRecorded when audit does not answer or does not accept it.
    """
    meta = Meta(
        command_id=derived_id(f"erase-person:{person}"),
        actor=operator_actor(),
        correlation_id=f"erase-person:{person}"[:128],
    )
    body = to_json({"meta": meta, "data": ErasePerson(person=person, reason=reason)}, exclude_none=True)
    try:
        answer = await client.request(f"command.audit.{wire_name(ErasePerson)}", body, timeout=_ANSWER_LIMIT_S)
    except BROKER_UNREACHABLE as error:
        why = str(error) or type(error).__name__
        raise NotRecorded(
            f"Dịch vụ audit không trả lời ({why}).", f"The service audit does not answer ({why})."
        ) from error
    reply = json.loads(answer.data)
    if reply["outcome"] != "accepted":
        said = reply.get("fields") or [reply]
        vi, en = ("; ".join(one[language] for one in said) for language in ("vi", "en"))
        raise NotRecorded(vi, en)
    return int(reply["position"])


@asynccontextmanager
async def _vault(office: Office, service: str) -> AsyncIterator[Vault]:
    pool = await open_pool(office.database_url(service), size=2)
    try:
        yield Vault(pool, service)
    finally:
        await pool.close()
