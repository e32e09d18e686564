"""Secrets in links: only their digest is kept."""

import hashlib


def digest(token: str) -> bytes:
    """SHA-256 of a token of 256 random bits, 32 bytes: enough, since nothing can be guessed."""
    return hashlib.sha256(token.encode()).digest()
