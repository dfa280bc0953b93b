#!/usr/bin/env python3
"""Makes the tokens of examples/tokens, and the keys to check them with.

Needs `pip install cryptography`. The private keys are made anew each time and are kept nowhere.
"""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

DIRECTORY = Path(__file__).parent.parent / "examples" / "tokens"
TENANT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
API = "6e74172b-be56-4843-9ff4-e66a39bb12e3"
ISSUED = 1795411800  # 2026-11-23T05:30:00Z
HOUR = 3600

USER = {
    "aud": API,
    "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0",
    "iat": ISSUED,
    "nbf": ISSUED,
    "exp": ISSUED + HOUR,
    "acrs": ["c1"],
    "azp": "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44",
    "azpacr": "1",
    "idtyp": "user",
    "name": "Ada Lovelace",
    "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
    "preferred_username": "ada@contoso.com",
    "scp": "Orders.Read",
    "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
    "tid": TENANT,
    "uti": "fqiBqXLPj0eQa82S-IYFAA",
    "ver": "2.0",
    "xms_cc": ["cp1"],
}


def changed(**claims):
    """The user's claims with others in their place; None takes one away."""
    return {name: value for name, value in (USER | claims).items() if value is not None}


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(key, claims) -> str:
    header = {"alg": "RS256", "kid": "example", "typ": "JWT"}
    message = ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    signature = key.sign(message.encode(), padding.PKCS1v15(), SHA256())
    return f"{message}.{encode(signature)}\n"


def number(value: int) -> str:
    return encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def main():
    issuer, forger = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    daemon = changed(
        acrs=None, idtyp="app", name=None, preferred_username=None, scp=None, xms_cc=None,
        azpacr="2", roles=["Orders.Read.All"], sub=USER["oid"], uti="b7cVQm1PZkOQk2aN9pYWAA",
    )
    tokens = {
        "user": sign(issuer, USER),
        "without-context": sign(issuer, changed(acrs=None, uti="1kQn0Q2tPEe8m5vZ6rUXAA")),
        "without-context-or-capability": sign(issuer, changed(acrs=None, xms_cc=None, uti="Wm3rT5yHqUqk7fX2cVbYAA")),
        "expired": sign(issuer, changed(iat=ISSUED - HOUR, nbf=ISSUED - HOUR, exp=ISSUED, uti="xJ8dK4fLr0mB1nS6tGhZAA")),
        "daemon": sign(issuer, daemon),
        "forged": sign(forger, changed(name="Eve", uti="p9oI8uY7t06R5eW4qAsaAA")),
    }
    DIRECTORY.mkdir(exist_ok=True)
    for name, token in tokens.items():
        (DIRECTORY / f"{name}.jwt").write_text(token)
    (DIRECTORY / "claims.json").write_text(json.dumps(USER, indent=2) + "\n")
    public = issuer.public_key().public_numbers()
    key = {
        "kty": "RSA", "use": "sig", "kid": "example", "n": number(public.n), "e": number(public.e),
        "issuer": "https://login.microsoftonline.com/{tenantid}/v2.0",
    }
    (DIRECTORY / "keys.json").write_text(json.dumps({"keys": [key]}, indent=2) + "\n")


main()
