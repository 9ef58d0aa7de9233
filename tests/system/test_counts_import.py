"""Counts come from paper and from offline devices, as files: every row a verdict, and no row twice."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic_core import to_json

from contracts import assets as words
from contracts.base import Command, Meta, Query, wire_name
from services.ops.office import Office, operator_actor
from services.ops.supervisor import Supervisor

HEAD = "STT,Mã tài sản,Mô tả,Số lượng,Thời điểm kiểm đếm,Người kiểm đếm,Tình trạng,Phòng đặt\n"


async def said(office: Office, command: Command) -> dict[str, Any]:
    meta = Meta(command_id=uuid4(), actor=operator_actor(), correlation_id="counts")
    return await sent(office, f"command.assets.{wire_name(type(command))}", {"meta": meta, "data": command})


async def asked(office: Office, query: Query) -> dict[str, Any]:
    words_of = {"actor": operator_actor(), "correlation_id": "counts", "data": query}
    result: dict[str, Any] = (await sent(office, f"query.assets.{wire_name(type(query))}", words_of))["result"]
    return result


async def sent(office: Office, subject: str, body: Any) -> dict[str, Any]:
    client = await office.connect()
    reply = json.loads((await client.request(subject, to_json(body, exclude_none=True), timeout=20)).data)
    await client.close()
    assert reply["outcome"] in ("accepted", "answered"), reply
    return dict(reply)


async def imported(running: Supervisor, file: Path, stocktake: str, *more: str) -> tuple[int, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ops", "import", "counts", str(file), "--stocktake", stocktake),
        *("--json", "--data", str(running.stack.folder), *more),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MOTMOI_LANG": "en"},
        stdout=asyncio.subprocess.PIPE,
    )
    output = (await process.communicate())[0]
    assert process.returncode is not None
    return process.returncode, json.loads(output)


async def campaign(office: Office) -> tuple[str, list[str]]:
    """Open a stocktake over three things, with counting begun; return its id and their tags."""
    kept = []
    for name in ("Máy in", "Máy chiếu", "Máy quét"):
        thing = {"unit_id": "kiemke", "class_code": "5.3", "name": name, "cost_vnd": 15_000_000}
        asset = (await said(office, words.RegisterAsset(**thing, booked_on="2025-03-01")))["recorded"][0]
        kept.append((asset["subject"].split("/")[1], asset["data"]["tag"]))
    member = words.CommitteeMember(role="chair", name="Trần Văn Minh", title="Phó Chánh Văn phòng")
    opening = words.OpenStocktake(title="Kiểm kê cuối năm", snapshot_on="2026-01-01", committee=(member,))
    opened = (await said(office, opening))["recorded"][0]["subject"].split("/")[1]
    expected = tuple(words.ExpectedAsset(asset_id=id, tag=tag) for id, tag in kept)
    await said(office, words.ExpectAssets(stocktake_id=opened, assets=expected))
    await said(office, words.StartCounting(stocktake_id=opened))
    return opened, [tag for _, tag in kept]


async def test_a_list_is_entered_row_by_row_and_half_of_it_again_changes_nothing(
    running: Supervisor, tmp_path: Path
) -> None:
    office = Office.find(running.stack.folder)
    stocktake, tags = await campaign(office)
    rows = [
        f"1,{tags[0]},,,02/01/2026 08:15,Lê Văn Hùng,Tốt,P.305\n",
        f"2,{tags[1]},,,02/01/2026 08:16:30,Lê Văn Hùng,Hư hỏng,P.305\n",
        "3,,Quạt cây không tem,2,02/01/2026 08:20,Lê Văn Hùng,,P.306\n",
    ]
    wrong = [f"4,{tags[2]},,,sáng mồng 2,Lê Văn Hùng,,\n", "5,,,,02/01/2026 08:30,Lê Văn Hùng,,\n"]
    half, whole = tmp_path / "nua.csv", tmp_path / "ca.csv"
    half.write_text(HEAD + "".join(rows[:2]), encoding="utf-8")
    whole.write_text(HEAD + "".join([*rows, *wrong]), encoding="utf-8")

    tried = await imported(running, whole, stocktake, "--dry-run")
    before = await asked(office, words.GetStocktake(stocktake_id=stocktake))
    first = await imported(running, half, stocktake)
    second = await imported(running, whole, stocktake)
    after = await asked(office, words.GetStocktake(stocktake_id=stocktake))

    assert (tried[0], first[0], second[0]) == (1, 0, 1), str(first[1]["verdicts"])
    assert (before["stocktake"]["found"], before["stocktake"]["missing"]) == (0, 3)
    seen = after["stocktake"]["found"] + after["stocktake"]["differing"]
    assert (seen, after["stocktake"]["missing"], after["stocktake"]["untagged"]) == (2, 1, 1)
    outcomes = [row["outcome"] for row in second[1]["verdicts"]]
    assert [outcome in ("accepted", "already") for outcome in outcomes] == [True, True, True, False, False]
    lines = (await asked(office, words.ListStocktakeLines(stocktake_id=stocktake, limit=100)))["rows"]
    assert sorted(line["tag"] or "" for line in lines if line["counted_at"]) == ["", *sorted(tags[:2])]


@pytest.mark.parametrize("stocktake", ["0" * 32, "khong-co"])
async def test_a_stocktake_nobody_opened_takes_no_counts(running: Supervisor, tmp_path: Path, stocktake: str) -> None:
    file = tmp_path / "ca.csv"
    file.write_text(HEAD + "1,VPTU-1,,,02/01/2026 08:15,,,\n", encoding="utf-8")
    code, report = await imported(running, file, stocktake)
    assert code == 1
    assert report["verdicts"][0]["outcome"] in ("rejected", "invalid")
