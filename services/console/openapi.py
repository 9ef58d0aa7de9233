"""The OpenAPI 3.1 document of the API, built from the message classes."""

from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from contracts.base import Accepted, kebab
from services.console.api import PAGING
from services.console.examples import EXAMPLES
from services.console.exports import MEDIA_TYPES
from services.console.journals.collecting import AskJournal
from services.console.journals.writing import DIALECTS
from services.console.openapi_parts import (
    CORRELATION,
    KEY,
    LANGUAGE,
    REFERENCE,
    Document,
    fields,
    header,
    problems,
    refusals,
)
from services.console.papers.offers import PAPERS, PaperOffer
from services.console.papers.typesetting import MEDIA_TYPES as PAPER_TYPES
from services.console.replies import ProblemDocument
from services.console.surface import COMMANDS, EXPORTS, FORMATS, QUERIES, CommandOffer, Offer, QueryOffer
from services.console.wording import vietnamese


@cache
def document() -> Document:
    """Return the whole document; it is built once and must not be changed by the caller."""
    names, schemas = _schemas()
    paths: Document = {}
    for offer in COMMANDS:
        paths[offer.path] = {"post": _command(offer, names[offer.message, "validation"])}
    for query in QUERIES:
        paths[query.path] = {"get": _query(query, schemas, names)}
    for export in EXPORTS:
        for kind in FORMATS:
            paths[f"{export.path}.{kind}"] = {"get": _export(export, kind, schemas, names)}
    for paper in PAPERS:
        for kind in paper.kind.files:
            paths[f"{paper.path}.{kind}"] = {"get": _paper(paper, kind, schemas, names)}
    for format in DIALECTS:
        paths[f"/exports/journal.{format}"] = {"get": _journal(format)}
    for query in QUERIES:
        schemas.pop(names[query.message, "validation"], None)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Một Mối",
            "version": "1",
            "description": "Một đầu mối cho văn bản, lịch, tài sản và kinh phí của văn phòng phục vụ nhiều ban.\n\n"
            "One hub for the paper, calendars, assets and money of an office that serves many boards.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": service} for service in dict.fromkeys(offer.service for offer in (*COMMANDS, *QUERIES))],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "mm_…"}},
        },
    }


def _schemas() -> tuple[dict[tuple[type[BaseModel], str], str], Document]:
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((offer.message, "validation") for offer in (*COMMANDS, *QUERIES)),
        *((query.message.answer, "serialization") for query in QUERIES),
        (Accepted, "serialization"),
        (ProblemDocument, "serialization"),
    ]
    unique = list(dict.fromkeys(asked))
    references, definitions = models_json_schema(unique, ref_template=REFERENCE)
    names = {key: value["$ref"].rsplit("/", 1)[1] for key, value in references.items()}
    schemas: Document = definitions["$defs"]
    for answer in dict.fromkeys(query.message.answer for query in QUERIES):
        schema = schemas[names[answer, "serialization"]]
        position = {"type": "integer", "description": "How far the read model had followed the log."}
        schema["properties"] = {"position": position, **schema["properties"]}
        schema["required"] = ["position", *schema.get("required", ())]
    accepted = schemas[names[Accepted, "serialization"]]
    accepted["properties"].pop("outcome")
    accepted["required"] = [name for name in accepted["required"] if name != "outcome"]
    return dict(names), schemas


def _operation(offer: Offer, identifier: str, name: str) -> Document:
    return {
        "tags": [offer.service],
        "operationId": identifier,
        "summary": f"{name} / {kebab(offer.message.__name__).replace('-', ' ').capitalize()}",
        "description": offer.sentence,
    }


def _command(offer: CommandOffer, schema: str) -> Document:
    roles = ", ".join(sorted(offer.message.allowed))
    operation = _operation(offer, f"{offer.service}.{offer.name}", vietnamese(offer))
    operation["description"] += f"\n\nVai trò / Roles: {roles}."
    content: Document = {"schema": {"$ref": REFERENCE.format(model=schema)}}
    if offer.message in EXAMPLES:
        content["examples"] = {"example": {"summary": vietnamese(offer), "value": EXAMPLES[offer.message]}}
    headers = {
        "Motmoi-Command-Id": header("Mã lệnh. / The command's id.", "string"),
        "Motmoi-Position": header(
            "Vị trí trong nhật ký, dùng cho `after`. / The log's position, for `after`.", "integer"
        ),
    }
    accepted = {"application/json": {"schema": {"$ref": REFERENCE.format(model="Accepted")}}}
    return {
        **operation,
        "parameters": [KEY, CORRELATION, LANGUAGE],
        "requestBody": {"required": True, "content": {"application/json": content}},
        "responses": {
            "200": {"description": "Đã ghi nhận. / Recorded.", "headers": headers, "content": accepted},
            **refusals(),
        },
    }


def _query(offer: QueryOffer, schemas: Document, names: dict[tuple[type[BaseModel], str], str]) -> Document:
    answer = {"$ref": REFERENCE.format(model=names[offer.message.answer, "serialization"])}
    return {
        **_operation(offer, f"{offer.service}.{offer.name}", vietnamese(offer)),
        "parameters": [*fields(schemas[names[offer.message, "validation"]]), CORRELATION, LANGUAGE],
        "responses": {
            "200": {"description": "Kết quả. / The answer.", "content": {"application/json": {"schema": answer}}},
            **refusals(),
        },
    }


def _export(offer: QueryOffer, kind: str, schemas: Document, names: dict[tuple[type[BaseModel], str], str]) -> Document:
    kept = [field for field in fields(schemas[names[offer.message, "validation"]]) if field["name"] not in PAGING]
    operation = _operation(offer, f"{offer.service}.{offer.name}.{kind}", f"{vietnamese(offer)} ({kind.upper()})")
    binary = {"type": "string"} if kind == "csv" else {"type": "string", "contentMediaType": MEDIA_TYPES[kind]}
    content = {MEDIA_TYPES[kind]: {"schema": binary}}
    return {
        **operation,
        "parameters": [*kept, CORRELATION, LANGUAGE],
        "responses": {"200": {"description": "Tệp đầy đủ. / The whole file.", "content": content}, **refusals()},
    }


def _journal(format: str) -> Document:
    content = {"text/plain": {"schema": {"type": "string"}}}
    return {
        "tags": ["finance"],
        "operationId": f"exports.journal.{format}",
        "summary": f"Nhật ký chung của một năm cho {format} / A year's journal for {format}",
        "description": AskJournal.__doc__ or "",
        "parameters": [*fields(AskJournal.model_json_schema()), CORRELATION, LANGUAGE],
        "responses": {"200": {"description": "Tệp đầy đủ. / The whole file.", "content": content}, **refusals()},
    }


def _paper(offer: PaperOffer, kind: str, schemas: Document, names: dict[tuple[type[BaseModel], str], str]) -> Document:
    query = schemas[names[offer.query.message, "validation"]]
    asked = [*fields(query), *fields(offer.kind.options.model_json_schema())]
    content = {PAPER_TYPES[kind]: {"schema": {"type": "string", "contentMediaType": PAPER_TYPES[kind]}}}
    return {
        "tags": [offer.query.service],
        "operationId": f"papers.{offer.query.service}.{offer.kind.name}.{kind}",
        "summary": f"{offer.kind.vi} ({kind.upper()}) / {offer.kind.name.replace('-', ' ').capitalize()}",
        "description": offer.kind.en,
        "parameters": [*(field for field in asked if field["name"] not in PAGING), CORRELATION, LANGUAGE],
        "responses": {"200": {"description": "Tệp đầy đủ. / The whole file.", "content": content}, **refusals()},
    }
