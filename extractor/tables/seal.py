"""A digest of its own bytes in every file that the program writes, checked whenever the file is read.

The seal stands in the Parquet metadata, so any other tool reads the file as ever. One flipped bit anywhere breaks it.
A file without a seal, as other tools and version 0.1.0 write them, cannot be checked and is taken as it is.
"""

from __future__ import annotations

import hashlib

OWN_NAME = "file"  # where in the metadata a file says which it is
KEY = "seal"  # put last into the metadata, so that the last mark in the file is the seal
_MARK = b"peel-seal:"
_DIGITS = 32
BLANK = (_MARK + b"0" * _DIGITS).decode()  # what stands there while the digest is worked out


def sealed(data: bytes) -> bytes:
    """Return the bytes of a file that holds `BLANK` with the digest in its place."""
    at = data.rindex(_MARK) + len(_MARK)
    return data[:at] + _digest(data, at) + data[at + _DIGITS :]


def seal_of(data: bytes) -> str | None:
    """Return the digest that a file carries, None when it has none."""
    at = data.rfind(_MARK)
    return data[at + len(_MARK) : at + len(_MARK) + _DIGITS].decode("ascii", "replace") if at >= 0 else None


def is_whole(data: bytes) -> bool:
    """Tell whether the bytes are those that were written; true where there is no seal."""
    at = data.rfind(_MARK)
    if at < 0:
        return True
    at += len(_MARK)
    return data[at : at + _DIGITS] == _digest(data, at)


def _digest(data: bytes, at: int) -> bytes:
    digest = hashlib.blake2b(digest_size=_DIGITS // 2)
    view = memoryview(data)
    digest.update(view[:at])
    digest.update(b"0" * _DIGITS)
    digest.update(view[at + _DIGITS :])
    return digest.hexdigest().encode()
