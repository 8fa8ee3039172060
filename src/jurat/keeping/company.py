"""`company.toml`: who files, for which year, on which blank, and by which policies."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jurat.keeping.faults import Faults
from jurat.statement.rounding import Rounding
from jurat.words import nearest

NAME = "company.toml"

_NETTED = ("X54.1", "X54.2")
"""The laws whose premise is that derivatives are not netted by counterparty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What a company elects: how cents become dollars, how gains are released, what its books follow."""

    rounding: Rounding = Rounding.EACH
    imr_method: str = "given"
    """`grouped`: released by the year's table from gains by band; `given`: the columns are inputs."""
    imr_rate: float | None = None
    """The rate of the year's table, where it is not one we know."""
    tax_rate: int | None = None
    """On gains that go to the reserve, in tenths of a percent; nothing: the tax is an input."""
    netting_of_derivatives: bool = False
    fills: tuple[str, ...] = ()
    """Laws that are usual, not the form's, and that this company's books follow."""
    not_held: Mapping[str, str] = field(default_factory=dict)
    """Usual laws whose premise does not hold for this company, each with why."""

    @property
    def dropped(self) -> dict[str, str]:
        """The laws that do not bind this company, each with why."""
        netted = dict.fromkeys(_NETTED, "Derivatives are netted by counterparty.")
        return {**(netted if self.netting_of_derivatives else {}), **self.not_held}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company of a folder."""

    kind: str
    year: int
    cover: Mapping[str, str]
    """What page 1 says, by line."""
    policies: Policies


_TOP = {"kind": str, "year": int, "cover": dict, "policies": dict}
_POLICIES = {
    "rounding": str,
    "imr_method": str,
    "imr_rate": (float, str),
    "tax_rate": (int, float, str),
    "netting_of_derivatives": bool,
    "fills": list,
    "not_held": dict,
}


def read_company(folder: Path, faults: Faults) -> Company | None:
    """The company of a folder; nothing where `company.toml` cannot be used."""
    try:
        table = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.add(NAME, "is not there.", f"Begin with: jurat init {folder}")
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        faults.add(NAME, f"is not TOML: {fault}.")
        return None
    before = len(faults.told)
    _known(table, _TOP, "", faults)
    if not isinstance(table.get("year"), int):
        faults.add(NAME, "lacks the year of the statement.", "Write: year = 2012")
    policies = _policies(table.get("policies", {}), faults)
    if len(faults.told) > before:
        return None
    return Company(
        kind=table.get("kind", "separate_accounts"),
        year=table["year"],
        cover={line: _text(value) for line, value in table.get("cover", {}).items()},
        policies=policies,
    )


def _known(table: Mapping[str, Any], known: Mapping[str, Any], path: str, faults: Faults) -> None:
    for key, value in table.items():
        if key not in known:
            meant = nearest(key, known, 1)
            faults.add(
                NAME,
                f"there is no setting {path}{key}.",
                f"Did you mean {meant[0]}?" if meant else "",
            )
        elif not isinstance(value, known[key]):
            faults.add(NAME, f"{path}{key} = {value!r} is of the wrong kind.")


def _text(value: object) -> str:
    """A value as the cover prints it: a date in month, day, year; true and false as Yes and No."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value.strftime("%m/%d/%Y") if isinstance(value, date) else str(value)


def _policies(table: Mapping[str, Any], faults: Faults) -> Policies:
    _known(table, _POLICIES, "policies.", faults)
    rounding, method = table.get("rounding", "each"), table.get("imr_method", "given")
    if rounding not in {*Rounding}:
        faults.add(NAME, f"policies.rounding = {rounding!r}.", f"One of: {', '.join(Rounding)}.")
        rounding = Rounding.EACH
    if method not in ("given", "grouped"):
        faults.add(NAME, f"policies.imr_method = {method!r}.", "One of: given, grouped.")
    return Policies(
        rounding=Rounding(rounding),
        imr_method=method,
        imr_rate=_share(table, "imr_rate", faults),
        tax_rate=_tenths(_share(table, "tax_rate", faults)),
        netting_of_derivatives=table.get("netting_of_derivatives", False) is True,
        fills=tuple(str(law) for law in table.get("fills", [])),
        not_held={str(law): str(why) for law, why in table.get("not_held", {}).items()},
    )


def _share(table: Mapping[str, Any], key: str, faults: Faults) -> float | None:
    """A rate, written as 0.35 or as "35 %"."""
    value = table.get(key)
    if value is None:
        return None
    try:
        text = str(value).strip()
        share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        faults.add(NAME, f"policies.{key} = {value!r} is no rate.", 'Write 0.35 or "35 %".')
        return None
    return share


def _tenths(share: float | None) -> int | None:
    return None if share is None else round(share * 1000)
