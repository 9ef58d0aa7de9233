"""The keys file: what must stay secret of an office, apart from its backup and for its owner's eyes alone."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from deploy.files import sync_folder, write_durably
from deploy.keys import FOLDER_NAME, PRIVATE_NAME, PUBLIC_NAME
from services.audit.archive.notes import NotProven, Signer, Verifier, key_id
from services.ops.backups.container import file_errors
from services.ops.backups.refusing import BackupRefused
from services.runtime.database import open_pool
from services.runtime.vault import KeyRow, KeysDiffer, Vault

SUFFIX = ".keys"


class Keys(BaseModel):
    """The secrets of an office: its signing key in PEM, and by service everybody's personal key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["motmoi-keys/1"] = "motmoi-keys/1"
    origin: str
    made_at: AwareDatetime
    last: Annotated[int, Field(ge=0, description="The log's last sequence in the backup made with it.")]
    signing_key: str
    personal: Mapping[str, tuple[KeyRow, ...]]


def beside(backup: Path) -> Path:
    """Return where the keys of a backup are written unless somebody says otherwise."""
    return backup.with_name(backup.name + SUFFIX)


async def gather(databases: Mapping[str, str]) -> dict[str, tuple[KeyRow, ...]]:
    """Return the personal keys of each service, given its database's address."""
    found = {}
    for service, url in databases.items():
        async with _vault(service, url) as vault:
            found[service] = tuple(await vault.export_keys())
    return found


def write(path: Path, keys: Keys, signer: Signer) -> None:
    """Write a keys file with mode 0600, signed so that damage shows, and put it on disk."""
    with file_errors(path):
        write_durably(path, signer.sign(f"{keys.model_dump_json()}\n", keys.origin), mode=0o600)


def read(path: Path, verifier: Verifier) -> Keys:
    """Read a keys file; raise BackupRefused when it is damaged or of another office than the one with this key."""
    with file_errors(path):
        note = path.read_text(encoding="utf-8", errors="replace")
    try:
        keys = Keys.model_validate_json(verifier.open(note))
        if Signer.from_pem(keys.signing_key.encode()).verifier.public_pem == verifier.public_pem:
            return keys
    except (NotProven, ValidationError):
        pass
    raise BackupRefused(
        vi=f"Tệp khóa {path} bị hỏng hoặc của văn phòng khác; chưa có gì thay đổi. Dùng đúng tệp khóa.",
        en=f"The keys file {path} is damaged or of another office; nothing was changed. Use this office's keys file.",
        part=path.name,
    )


def install(folder: Path, verifier: Verifier, keys: Keys | None) -> None:
    """Give a data folder its signing key back, setting any other aside under its key's number.

    Without keys the office will sign with a new key; the old public one stays beside it, to check what it signed.
    """
    place = folder / FOLDER_NAME
    with file_errors(place):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        public = verifier.public_pem.decode()
        if keys is None:
            write_durably(place / f"audit-{_number(verifier)}.pub", public, mode=0o644)
            return
        old = place / PRIVATE_NAME
        if old.exists() and old.read_text(encoding="ascii") != keys.signing_key:
            number = _number(Signer.from_pem(old.read_bytes()).verifier)
            (place / PUBLIC_NAME).replace(place / f"audit-{number}.pub")
            old.replace(place / f"audit-{number}.key")
        write_durably(place / PUBLIC_NAME, public, mode=0o644)
        write_durably(old, keys.signing_key)
        sync_folder(place)
        os.chmod(place, 0o700)


async def put_back(databases: Mapping[str, str], keys: Keys | None, erased: Sequence[KeyRow]) -> int:
    """Give every service its personal keys, but nobody's who is erased: not even when the file still has them.

    `erased` are the people the log names as erased, as rows without a key. Returns how many people have a key.
    """
    for service, url in databases.items():
        rows = {row["person"]: row for row in (keys.personal.get(service, ()) if keys else ())}
        # A row that lost its key before the file was made says more than the log does.
        gone = {person for person, row in rows.items() if row["key"] is None}
        rows |= {row["person"]: row for row in erased if row["person"] not in gone}
        if not rows:
            continue
        async with _vault(service, url) as vault:
            try:
                await vault.import_keys(list(rows.values()))
            except KeysDiffer as error:
                raise BackupRefused(
                    vi=f"Thư mục này đã có khóa khác cho: {error}. Khôi phục vào một thư mục trống.",
                    en=f"This folder already has another key for: {error}. Restore into an empty folder.",
                ) from None
    living = {row["person"] for rows in (keys.personal.values() if keys else ()) for row in rows if row["key"]}
    return len(living - {row["person"] for row in erased})


def _number(verifier: Verifier) -> str:
    return key_id("audit", verifier.key.public_bytes_raw()).hex()


@asynccontextmanager
async def _vault(service: str, url: str) -> AsyncIterator[Vault]:
    pool = await open_pool(url, size=1)
    try:
        yield Vault(pool, service)
    finally:
        await pool.close()
