"""`motmoi token`: access tokens of the HTTP interface, made, listed and revoked."""

import json
from typing import Annotated, cast

import asyncpg
import typer
from pydantic import ValidationError
from rich.table import Table

from contracts.base import Role
from services.console import tokens
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out
from services.ops.language import in_language
from services.ops.office import ROLES, Office, operator_actor

app = typer.Typer(
    no_args_is_help=True,
    help=in_language(
        vi="Mã truy cập của giao diện HTTP: mỗi người một mã, mang vai trò của người đó.",
        en="Access tokens of the HTTP interface: one a person, carrying that person's roles.",
    ),
)


_ACTOR = typer.Option(help=in_language(vi="Mã người dùng, ví dụ user:lan.", en="The person's id, such as user:lan."))
_NAME = typer.Option(help=in_language(vi="Họ và tên.", en="The person's name."))
_ROLE = typer.Option(
    help=in_language(
        vi="Vai trò; bỏ trống thì theo phân quyền của tổ chức từng ngày. ",
        en="Roles; left out, those that the organisation grants, day by day. ",
    )
    + ", ".join(ROLES)
)
_BOARD = typer.Option(
    help=in_language(vi="Ban của người đó, với vai trò board.", en="Their board, for the role board.")
)
_TOKEN_ID = typer.Argument(
    help=in_language(vi="Mã trong motmoi token list.", en="The id that motmoi token list shows.")
)
_DAYS = typer.Option(help=in_language(vi="Số ngày có hiệu lực.", en="Days it is valid."))


@app.command("create", help=in_language(vi="Tạo một mã; mã chỉ hiện một lần.", en="Make a token; it is shown once."))
def create(
    actor: Annotated[str, _ACTOR],
    name: Annotated[str, _NAME],
    role: Annotated[list[str] | None, _ROLE] = None,
    board: Annotated[str | None, _BOARD] = None,
    days: Annotated[int, _DAYS] = 365,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Print the token alone, so that a shell can take it into a variable."""
    unknown = ", ".join(one for one in role or () if one not in ROLES)
    if unknown:
        known = ", ".join(ROLES)
        vi, en = f"Không có vai trò {unknown}; các vai trò: {known}.", f"There is no role {unknown}; there are {known}."
        raise fail(in_language(vi=vi, en=en), 2)

    async def work() -> str:
        connection = await asyncpg.connect(Office.find(data).database_url("console"))
        try:
            await tokens.prepare(connection)
            roles = cast(list[Role], role or [])
            return await tokens.create(connection, actor, name, roles, board, days, operator_actor().id)
        except tokens.TokenRefused as refused:
            raise fail(in_language(vi=refused.vi, en=refused.en)) from None
        except ValidationError as error:
            raise fail(_wrong(error)) from None
        finally:
            await connection.close()

    token = finish(work)
    out.print(json.dumps({"token": token}) if json_output else token, markup=False)


def _wrong(error: ValidationError) -> str:
    fields = ", ".join(".".join(str(step) for step in detail["loc"]) for detail in error.errors())
    return in_language(
        vi=f"Sai giá trị: {fields}. Mã người dùng có dạng user:ten; ban là ký hiệu như BTCTU.",
        en=f"Wrong value: {fields}. A person's id looks like user:name, a board like BTCTU.",
    )


@app.command("list", help=in_language(vi="Liệt kê các mã đã tạo.", en="List the tokens made so far."))
def list_tokens(data: DataOption = None, json_output: JsonOption = False) -> None:
    """Print whose each token is and until when; never the token itself."""

    async def work() -> tuple[tokens.Token, ...]:
        connection = await asyncpg.connect(Office.find(data).database_url("console"))
        try:
            return await tokens.list_all(connection)
        finally:
            await connection.close()

    found = finish(work)
    if json_output:
        rows = [
            {
                "token_id": token.token_id,
                "actor": token.actor.model_dump(mode="json"),
                "expires_at": token.expires_at.isoformat(),
                "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
            }
            for token in found
        ]
        out.print(json.dumps(rows, ensure_ascii=False), markup=False)
        return
    titles = in_language(vi="Mã|Người|Vai trò|Ban|Hết hạn|Thu hồi", en="Id|Person|Roles|Board|Expires|Revoked")
    table = Table(*titles.split("|"))
    for token in found:
        revoked = f"{token.revoked_at:%d/%m/%Y}" if token.revoked_at else ""
        roles = ", ".join(token.actor.roles) or in_language(vi="theo phân quyền", en="as granted")
        person = f"{token.actor.name} ({token.actor.id})"
        table.add_row(token.token_id, person, roles, token.actor.board or "", f"{token.expires_at:%d/%m/%Y}", revoked)
    out.print(table)


@app.command("revoke", help=in_language(vi="Thu hồi một mã ngay lập tức.", en="Revoke a token at once."))
def revoke(token_id: Annotated[str, _TOKEN_ID], data: DataOption = None, json_output: JsonOption = False) -> None:
    """End a token; exit 1 when there is no living one of this id."""

    async def work() -> bool:
        connection = await asyncpg.connect(Office.find(data).database_url("console"))
        try:
            return await tokens.revoke(connection, token_id)
        finally:
            await connection.close()

    if not finish(work):
        raise fail(in_language(vi=f"Không có mã {token_id} còn hiệu lực.", en=f"There is no living token {token_id}."))
    out.print(
        json.dumps({"token_id": token_id, "revoked": True})
        if json_output
        else in_language(vi="Đã thu hồi.", en="Revoked.")
    )
