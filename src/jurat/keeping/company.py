"""`company.toml`: who files, for which year, on which blank, and by which policies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jurat.keeping.faults import Faults
from jurat.keeping.settings import Settings, read_settings, text_of
from jurat.money import parse_amount
from jurat.statement.rounding import Rounding
from jurat.valuation.relief import Relief
from jurat.words import nearest

NAME = "company.toml"

_NETTED = ("X54.1", "X54.2")
"""The laws whose premise is that derivatives are not netted by counterparty."""
YEARS = range(1900, 2201)
"""The years a statement may be of."""
_METHODS = ("given", "grouped", "seriatim")
_RATE = re.compile(r"(?P<number>[0-9]{0,3}(?:\.[0-9]{1,8})?)\s*(?P<percent>%)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What a company elects: how cents become dollars, how gains are released, what its books follow."""

    rounding: Rounding = Rounding.EACH
    imr_method: str = "given"
    """`grouped`: released by the year's table from gains by band; `seriatim`: lot by lot from the
    records; `given`: the columns are inputs."""
    imr_rate: float | None = None
    """The rate of the year's table, where it is not one we know."""
    tax_rate: int | None = None
    """On gains that go to the reserve, in tenths of a percent; nothing: the tax is an input."""
    relief: Relief = Relief.FIFO
    """Which lot a sale takes from that names none."""
    general_account_imr: int | None = None
    """The reserve of the general account statement, which covers a negative one; in millionths of a
    dollar. Nothing: not known."""
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
    written: Settings
    """The file as written, for the place of each fault."""


_TOP: dict[str, type] = {"kind": str, "year": int, "cover": dict, "policies": dict}
_POLICIES: dict[str, type | tuple[type, ...]] = {
    "rounding": str,
    "imr_method": str,
    "imr_rate": (float, str),
    "tax_rate": (float, str),
    "relief": str,
    "general_account_imr": (int, float, str),
    "netting_of_derivatives": bool,
    "fills": list,
    "not_held": dict,
}
_CALLED: dict[type | tuple[type, ...], str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    (float, str): 'a rate: 0.35 or "35 %"',
    (int, float, str): 'an amount: 1234.56 or "(1,234.56)"',
}


def read_company(folder: Path, faults: Faults) -> Company | None:
    """The company of a folder; nothing where `company.toml` cannot be used."""
    try:
        written = read_settings(folder, NAME, faults)
    except FileNotFoundError:
        faults.add(NAME, "is not there.", f"Begin with: jurat init {folder}")
        return None
    if written is None:
        return None
    return _Reading(written, faults).company()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One `company.toml` being read; what is of the wrong kind is told once, and then left out."""

    written: Settings
    faults: Faults

    def company(self) -> Company | None:
        before = len(self.faults.told)
        top = self._known(self.written.table, _TOP, ())
        year = top.get("year")
        if "year" not in self.written.table:
            self.faults.add(NAME, "lacks the year of the statement.", "Write: year = 2012")
        elif year is not None and year not in YEARS:
            self._wrong(
                ("year",), f"year = {year} is no year of a statement.", "Write: year = 2012"
            )
        cover = {line: self._text(line, value) for line, value in top.get("cover", {}).items()}
        policies = self._policies(self._known(top.get("policies", {}), _POLICIES, ("policies",)))
        if len(self.faults.told) > before or year is None:
            return None
        kind = top.get("kind", "separate_accounts")
        return Company(kind=kind, year=year, cover=cover, policies=policies, written=self.written)

    def _wrong(self, path: tuple[str, ...], what: str, advice: str = "") -> None:
        self.faults.add(self.written.at(*path), what, advice)

    def _known(
        self,
        table: Mapping[str, object],
        known: Mapping[str, type | tuple[type, ...]],
        above: tuple[str, ...],
    ) -> dict[str, Any]:
        """The settings that are known and of their kind."""
        kept: dict[str, Any] = {}
        for key, value in table.items():
            path = (*above, key)
            told = ".".join(path)[:80]
            if key not in known:
                meant = nearest(key, known, 1)
                advice = f"Did you mean {meant[0]}?" if meant else f"Settings: {', '.join(known)}."
                self._wrong(path, f"there is no setting {told}.", advice)
            elif _is_of(value, known[key]):
                kept[key] = value
            else:
                self._wrong(path, f"{told} is of the wrong kind.", f"It is {_CALLED[known[key]]}.")
        return kept

    def _text(self, line: str, value: object) -> str:
        if line == "year_ended":
            self._wrong(("cover", line), "the year stands above, as year = ...", "Take this out.")
            return ""
        try:
            return text_of(value)
        except ValueError as fault:
            self._wrong(("cover", line), f"{line[:40]}: {fault}.")
            return ""

    def _policies(self, table: Mapping[str, Any]) -> Policies:
        fills, not_held = self._laws(table)
        return Policies(
            rounding=Rounding(self._one_of(table, "rounding", [str(one) for one in Rounding])),
            imr_method=self._one_of(table, "imr_method", _METHODS),
            imr_rate=self._imr_rate(table),
            tax_rate=self._tax_rate(table),
            relief=Relief(self._one_of(table, "relief", [str(one) for one in Relief])),
            general_account_imr=self._amount(table, "general_account_imr"),
            netting_of_derivatives=table.get("netting_of_derivatives", False),
            fills=fills,
            not_held=not_held,
        )

    def _one_of(self, table: Mapping[str, Any], key: str, choices: Sequence[str]) -> str:
        chosen: str = table.get(key, choices[0])
        if chosen in choices:
            return chosen
        self._wrong(
            ("policies", key),
            f"policies.{key} = {chosen[:40]!r} is no choice.",
            f"One of: {', '.join(choices)}.",
        )
        return choices[0]

    def _laws(self, table: Mapping[str, Any]) -> tuple[tuple[str, ...], dict[str, str]]:
        """The laws elected and those not held; a law is named by a text, and once."""
        fills, not_held = table.get("fills", []), table.get("not_held", {})
        at = ("policies", "fills")
        for law in fills:
            if not isinstance(law, str):
                self._wrong(at, f"{str(law)[:40]} is no law.", 'Write: fills = ["X15.1"]')
        named = [law for law in fills if isinstance(law, str)]
        for law in sorted({law for law in named if named.count(law) > 1}):
            self._wrong(at, f"policies.fills names {law[:40]} twice.", "Take one out.")
        for law in sorted({*named} & {*not_held}):
            self._wrong(at, f"{law[:40]} is elected, and stands in policies.not_held too.")
        for law, why in not_held.items():
            if not (isinstance(why, str) and why.strip()):
                self._wrong(
                    ("policies", "not_held", law),
                    f"policies.not_held.{law[:40]} needs a reason.",
                    f'Write: "{law[:40]}" = "why it does not hold"',
                )
        return tuple(named), {law: str(why) for law, why in not_held.items()}

    def _amount(self, table: Mapping[str, Any], key: str) -> int | None:
        """An amount of dollars and cents, as a number or as it is printed."""
        if key not in table:
            return None
        try:
            return parse_amount(str(table[key]))
        except ValueError as fault:
            self._wrong(
                ("policies", key),
                f"policies.{key}: {fault}.",
                'Write 1234.56, or "(1,234.56)" for less than nought.',
            )
        return None

    # -- rates ------------------------------------------------------------------------------------

    def _imr_rate(self, table: Mapping[str, Any]) -> float | None:
        rate = self._share(table, "imr_rate")
        if rate is not None and not rate:
            self._wrong(("policies", "imr_rate"), "policies.imr_rate is zero.", 'Write "4.5 %".')
        return float(rate) if rate else None

    def _tax_rate(self, table: Mapping[str, Any]) -> int | None:
        rate = self._share(table, "tax_rate")
        if rate is None:
            return None
        tenths = rate * 1000
        if tenths != tenths.to_integral_value():
            self._wrong(
                ("policies", "tax_rate"),
                f"policies.tax_rate = {table['tax_rate']!r} is finer than a tenth of a percent.",
                'Write "35 %" or "21.5 %".',
            )
        return int(tenths)

    def _share(self, table: Mapping[str, Any], key: str) -> Decimal | None:
        """A rate, written as 0.35 or as "35 %"."""
        if key not in table:
            return None
        text = str(table[key]).strip()
        match = _RATE.fullmatch(text)
        if match and match["number"]:
            rate = Decimal(match["number"]) / (100 if match["percent"] else 1)
            if rate < 1:
                return rate
        self._wrong(
            ("policies", key),
            f"policies.{key} = {text[:40]!r} is no rate.",
            'Write 0.35 or "35 %".',
        )
        return None


def _is_of(value: object, kind: type | tuple[type, ...]) -> bool:
    """Whether a value is of a kind; true and false are no numbers."""
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
