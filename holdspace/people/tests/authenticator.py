"""A passkey device in software: makes a key pair and answers challenges as a browser would."""

import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as text

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    def __init__(self, origin, *, verifies=True):
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(32)
        self.flags = PRESENT | (VERIFIED if verifies else 0)

    def _client(self, kind, challenge, origin=None):
        said = {"type": kind, "challenge": challenge, "origin": origin or self.origin}
        return json.dumps(said).encode()

    def _public(self):
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )

    def _wrap(self, response):
        return json.dumps(
            {
                "id": text(self.credential),
                "rawId": text(self.credential),
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )

    def make(self, options):
        client = self._client("webauthn.create", options["challenge"])
        site = hashlib.sha256(options["rp"]["id"].encode()).digest()
        attested = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential
        told = site + bytes([self.flags | ATTESTED]) + bytes(4) + attested + self._public()
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        return self._wrap({"clientDataJSON": text(client), "attestationObject": text(made)})

    def show(self, options, origin=None):
        client = self._client("webauthn.get", options["challenge"], origin)
        told = hashlib.sha256(options["rpId"].encode()).digest() + bytes([self.flags]) + bytes(4)
        signed = self.key.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._wrap(
            {
                "clientDataJSON": text(client),
                "authenticatorData": text(told),
                "signature": text(signed),
            }
        )
