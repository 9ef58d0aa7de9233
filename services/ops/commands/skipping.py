"""`motmoi follower skip`: one message passed over by a stopped follower, by a decision that the log keeps."""

import json
from typing import Annotated

import typer

from services.ops import followers
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out
from services.ops.commands.standing import NAME, named, show_message, show_standing
from services.ops.followers import Before, NotSkipped, Standing
from services.ops.language import in_language
from services.ops.office import Office

HELP = in_language(
    vi="Cho một theo dõi đang dừng bỏ qua đúng một bản ghi mà nó không xử lý được. Quyết định được ghi vào nhật ký "
    "trước, kèm tên người chạy lệnh và lý do. Thử trước bằng --dry-run.",
    en="Let a stopped follower pass over exactly the one message it cannot apply. The decision is recorded in the log "
    "first, with who gave it and why. Try it first with --dry-run.",
)
_REASON = typer.Option(help=in_language(vi="Lý do, được ghi vào nhật ký.", en="The reason; it is recorded in the log."))
_YES = typer.Option("--yes", help=in_language(vi="Không hỏi lại.", en="Do not ask again."))
_DRY_RUN = typer.Option("--dry-run", help=in_language(vi="Chỉ thử, không ghi gì.", en="Only try; record nothing."))


def skip(
    follower: Annotated[str, NAME],
    reason: Annotated[str, _REASON],
    yes: Annotated[bool, _YES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show the message, ask, record the decision, and move the follower behind the message."""
    try:
        office, standing, before = finish(lambda: _look(Office.find(data), follower))
        if not json_output:
            show_standing(standing)
            show_message(before)
        if not (yes or dry_run or _agreed(standing, before)):
            raise fail(in_language(vi="Không bỏ qua gì.", en="Nothing was skipped."))
        decision = finish(lambda: _skip(office, standing, before, reason, dry_run=dry_run))
    except NotSkipped as refused:
        raise fail(in_language(vi=refused.vi, en=refused.en)) from None
    if json_output:
        found = {"follower": standing.full_name, "sequence": before.sequence, "reason": reason}
        out.print(json.dumps({**found, "decision": decision, "dry_run": dry_run}, ensure_ascii=False), markup=False)
        return
    what = f"{before.sequence:,}, {standing.full_name}"
    if decision is None:
        said = in_language(vi=f"Thử: sẽ bỏ qua bản ghi {what}.", en=f"Dry run: would skip message {what}.")
    else:
        said = in_language(
            vi=f"Đã bỏ qua bản ghi {what}. Quyết định: bản ghi {decision:,}.",
            en=f"Skipped message {what}. The decision is message {decision:,}.",
        )
    out.print(said, markup=False)


async def _look(office: Office, name: str) -> tuple[Office, Standing, Before]:
    standing = await named(office, name)
    client = await office.connect()
    try:
        return office, standing, await followers.skippable_message(client, standing)
    finally:
        await client.close()


async def _skip(office: Office, standing: Standing, before: Before, reason: str, *, dry_run: bool) -> int | None:
    """Return where the decision was recorded; None for a dry run."""
    client = await office.connect()
    try:
        decided_at = await followers.decide_to_skip(client, standing, reason, rehearsal=dry_run)
    finally:
        await client.close()
    if dry_run:
        return None
    await followers.pass_over(office, standing, before)
    return decided_at


def _agreed(standing: Standing, before: Before) -> bool:
    question = in_language(
        vi=f"Bỏ qua bản ghi {before.sequence:,} cho {standing.full_name}?",
        en=f"Skip message {before.sequence:,} for {standing.full_name}?",
    )
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False
