"""What an office owns besides its log: access tokens, and rules of its own; taken along and put back."""

import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

import asyncpg

from deploy.files import sync_folder
from services.console import tokens
from services.ops.backups.container import file_errors
from services.ops.backups.refusing import BackupRefused


async def read_tokens(database_url: str) -> bytes:
    """Return the console's access tokens as JSON, by their hashes; an empty list where there are none."""
    connection = await asyncpg.connect(database_url)
    try:
        await tokens.prepare(connection)
        rows: list[Any] = await connection.fetch("SELECT to_jsonb(t) FROM console.api_tokens t ORDER BY token_id")
    finally:
        await connection.close()
    return json.dumps([json.loads(row[0]) for row in rows], ensure_ascii=False, indent=1).encode() + b"\n"


async def write_tokens(database_url: str, written: bytes) -> int:
    """Put access tokens back where they are missing; return how many there are in the backup."""
    rows = json.loads(written)
    connection = await asyncpg.connect(database_url)
    try:
        await tokens.prepare(connection)
        await connection.execute(
            "INSERT INTO console.api_tokens SELECT * FROM jsonb_populate_recordset(NULL::console.api_tokens, $1) "
            "ON CONFLICT DO NOTHING",
            json.dumps(rows),
        )
    finally:
        await connection.close()
    return len(rows)


def read_rules(folder: Path) -> bytes:
    """Return a folder's files as a tar: names and contents alone, so that the same files give the same bytes."""
    packed = io.BytesIO()
    with file_errors(folder), tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(folder).as_posix())
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def write_rules(packed: bytes, folder: Path) -> int:
    """Put a folder's files back and return how many; raise BackupRefused for a name that leads out of the folder."""
    count = 0
    with file_errors(folder), tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            target = (folder / member.name).resolve()
            source = archive.extractfile(member)
            if source is None or folder.resolve() not in target.parents:
                raise BackupRefused.damaged(f"office/rules.tar: {member.name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                stream.write(source.read())
                stream.flush()
                os.fsync(stream.fileno())
            sync_folder(target.parent)
            count += 1
    return count
