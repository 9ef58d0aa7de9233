"""The office's signing key: Ed25519, made once; the public half is for anybody who checks what the office signed."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from deploy.files import write_durably

FOLDER_NAME = "keys"
PRIVATE_NAME = "audit.key"
PUBLIC_NAME = "audit.pub"


def audit_key(folder: Path) -> Path:
    """Return the path of the data folder's signing key, made where it is missing; `audit.pub` lies beside it.

    The private key is PKCS #8 in PEM, mode 0600; the public one SubjectPublicKeyInfo in PEM (RFC 8410).
    """
    keys = folder / FOLDER_NAME
    private, public = keys / PRIVATE_NAME, keys / PUBLIC_NAME
    if not private.exists():
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        secret = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        shown = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        write_durably(public, shown, mode=0o644)
        write_durably(private, secret)
    return private
