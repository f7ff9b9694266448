"""Licences of releases by their SPDX identifiers, which data packages and citation files name them by."""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_IDENTIFIER = re.compile(r"(?!LicenseRef-)[A-Za-z0-9.+-]+")


class UnknownLicenceError(ValueError):
    """SPDX lists no such licence."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no licence of the SPDX list, as CC-BY-4.0 is; state other terms beside the release"
        )
        self.name = name


def spdx_identifier(name: str) -> str:
    """The identifier as SPDX writes it.

    >>> spdx_identifier("cc-by-4.0")
    'CC-BY-4.0'

    Raises:
        UnknownLicenceError: there is none, or several licences are named.
    """
    try:
        found = str(canonicalize_license_expression(name))
    except InvalidLicenseExpression as refused:
        raise UnknownLicenceError(name) from refused
    if not _IDENTIFIER.fullmatch(found):
        raise UnknownLicenceError(name)
    return found
