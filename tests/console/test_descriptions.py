"""OpenAPI, AsyncAPI and the pages: true, complete, and fetched from nowhere else."""

import json
import re
from typing import Any

import httpx
import pytest
from faststream.nats import NatsBroker
from faststream.specification import AsyncAPI
from openapi_spec_validator import validate

from contracts.assets import MoveAsset
from contracts.audit import ErasePerson
from contracts.base import Command, CommandRequest, wire_name
from contracts.documents import RegisterIncoming
from contracts.finance import ClosePeriod
from contracts.organisation import OpenSite
from contracts.scheduling import CheckIn
from services.console import openapi, openapi_older
from services.console.asyncapi import merged, resolve
from services.console.examples import EXAMPLES
from services.console.papers.offers import PAPERS
from services.console.surface import COMMANDS, EXPORTS, QUERIES
from services.console.wording import NAMES


def test_the_api_description_is_valid_and_names_every_route() -> None:
    described = openapi.document()
    validate(described)
    expected = {offer.path for offer in (*COMMANDS, *QUERIES)}
    expected |= {f"{offer.path}.{kind}" for offer in EXPORTS for kind in ("xlsx", "csv")}
    expected |= {f"{offer.path}.{kind}" for offer in PAPERS for kind in offer.kind.files}
    expected |= {f"/exports/journal.{format}" for format in ("hledger", "beancount")}
    assert set(described["paths"]) == expected
    assert described["openapi"] == "3.1.0"


def test_the_older_description_is_valid_too() -> None:
    validate(openapi_older.document())


@pytest.mark.parametrize("offer", COMMANDS, ids=lambda offer: offer.name)
def test_every_command_has_a_vietnamese_name_and_an_example_that_decodes(offer: Any) -> None:
    assert (offer.service, offer.name) in NAMES
    offer.message.model_validate_json(json.dumps(EXAMPLES[offer.message]), strict=True)


async def test_the_descriptions_are_served(http: httpx.AsyncClient) -> None:
    assert (await http.get("/openapi.json")).json() == openapi.document()
    assert (await http.get("/docs/openapi.json")).json()["openapi"] == "3.0.3"


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_a_page_needs_no_token_and_nothing_from_elsewhere(http: httpx.AsyncClient, path: str) -> None:
    page = await http.get(path, headers={"Authorization": ""})
    assert page.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sources
    for source in sources:
        assert source.startswith("/")
        if "/assets/" in source:
            assert (await http.get(source)).status_code == 200


@pytest.mark.parametrize("name", ["index.html", "swagger-initializer.js", "..%2f__init__.py"])
async def test_only_the_named_assets_are_served(http: httpx.AsyncClient, name: str) -> None:
    assert (await http.get(f"/docs/assets/{name}")).status_code == 404


async def test_a_problem_code_has_a_page_in_both_languages(http: httpx.AsyncClient) -> None:
    page = await http.get("/problems/secret-content")
    assert "State secrets" in page.text
    assert "văn bản mật" in page.text
    assert (await http.get("/problems/no-such-code")).status_code == 404
    assert (await http.get("/problems/invalid")).status_code == 200


OTHERS: dict[str, type[Command]] = {
    "audit": ErasePerson,
    "organisation": OpenSite,
    "assets": MoveAsset,
    "scheduling": CheckIn,
    "finance": ClosePeriod,
}


def described(title: str, service: str, command: type[Command]) -> str:
    broker = NatsBroker("nats://127.0.0.1:4222", apply_types=False, logger=None)

    async def handle(message: Any) -> None:
        """Take a command."""

    handle.__annotations__["message"] = CommandRequest[command]  # type: ignore[valid-type]
    subject = f"command.{service}.{wire_name(command)}"
    broker.subscriber(subject, no_reply=True, title=title, description="<b>Sổ</b>")(handle)
    return str(AsyncAPI(broker, title=title, version="1").to_specification().to_json())


async def test_the_messages_page_shows_every_channel_and_field(
    http: httpx.AsyncClient, desk: Any, other_desks: Any
) -> None:
    for name, other in other_desks.items():
        saying = described(name, name, OTHERS[name]).encode()
        await other.answer(f"ops.{name}.asyncapi.answer", lambda _, saying=saying: saying)
    missing = await http.get("/asyncapi")
    assert (missing.status_code, missing.json()["code"]) == (503, "service-unavailable")
    registering = described("RegisterIncoming", "documents", RegisterIncoming)
    await desk.answer("ops.documents.asyncapi.answer", lambda _: registering.encode())
    page = await http.get("/asyncapi")
    assert page.headers["content-type"].startswith("text/html")
    for word in (
        "command.documents.register-incoming",
        "command.audit.erase-person",
        "meta.command_id",
        "data.number_notation",
        "data.files[].sha256",
    ):
        assert word in page.text
    assert "<b>Sổ</b>" not in page.text
    assert "http" not in re.sub(r"<[^>]+>", "", page.text)
    document = (await http.get("/asyncapi.json")).json()
    assert document["asyncapi"] == "3.0.0"
    assert "RegisterIncoming" in document["components"]["schemas"]


def test_two_services_may_use_one_name_for_two_things() -> None:
    def one(kind: str) -> dict[str, Any]:
        return {
            "components": {
                "schemas": {"A[B]": {"type": kind}, "Same": {"type": "null"}},
                "messages": {f"{kind}:M": {"payload": {"$ref": "#/components/schemas/A%5BB%5D"}}},
            }
        }

    document = merged({"documents": one("string"), "finance": one("integer")})
    messages = document["components"]["messages"]
    assert resolve(document, messages["string:M"]["payload"]) == {"type": "string"}
    assert resolve(document, messages["integer:M"]["payload"]) == {"type": "integer"}
    assert list(document["components"]["schemas"]) == ["A[B]", "Same", "finance.A[B]"]
