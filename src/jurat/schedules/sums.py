"""A figure of the statement as a sum over rows of the records: its terms, and who is in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from jurat.records.table import Texts, Whole
from jurat.words import Address


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """Amounts of some rows, which are named when somebody asks.

    Units   cents.
    """

    what: str
    """What the amounts are: cost, accretion, interest received."""
    among: str
    """The table whose rows they are of: lots, mortgages, cash."""
    names: Texts
    """Every name of that table, or of a schedule's rows."""
    rows: Whole
    amounts: Whole

    @property
    def total(self) -> int:
        """What they add to."""
        return int(self.amounts.sum())

    def minus(self) -> "Term":
        """The same, taken away."""
        return Term(
            what=f"less {self.what}",
            among=self.among,
            names=self.names,
            rows=self.rows,
            amounts=-self.amounts,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Share:
    """What one lot, loan or contract has in a figure."""

    what: str
    among: str
    name: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sum:
    """A figure with its terms."""

    terms: tuple[Term, ...]

    @property
    def cents(self) -> int:
        """The figure, exact."""
        return sum(term.total for term in self.terms)

    def __add__(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(terms=self.terms + other.terms)

    def largest(self, count: int) -> list[Share]:
        """The largest shares, by size, then by name."""
        found: list[Share] = []
        for term in self.terms:
            near = np.argsort(-np.abs(term.amounts), kind="stable")[:count]
            names = term.names.take(term.rows[near]).to_pylist()
            found += [
                Share(what=term.what, among=term.among, name=name, cents=int(term.amounts[place]))
                for name, place in zip(names, near.tolist(), strict=True)
                if term.amounts[place]
            ]
        return sorted(found, key=lambda share: (-abs(share.cents), share.among, share.name))[:count]

    @property
    def count(self) -> int:
        """How many shares are not nought."""
        return sum(int(np.count_nonzero(term.amounts)) for term in self.terms)


Sums = Mapping[Address, Sum]
"""What the records say of cells."""


def by_class(names: list[str], place: Whole, term: Term) -> Iterator[tuple[str, Term]]:
    """A term parted by a class of its rows; classes without rows are left out.

    Shape   `place` says which of the names each row of the term belongs to; less than nought: none.
    """
    order = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[order], np.arange(len(names) + 1))
    for one, name in enumerate(names):
        own = order[bounds[one] : bounds[one + 1]]
        if len(own):
            yield (
                name,
                Term(
                    what=term.what,
                    among=term.among,
                    names=term.names,
                    rows=term.rows[own],
                    amounts=term.amounts[own],
                ),
            )


class Gathered:
    """Sums by address while they are being put together."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.terms: dict[Address, list[Term]] = {}

    def add(self, address: Address, term: Term) -> None:
        """Another term of a cell; one without amounts adds nothing."""
        if np.any(term.amounts):
            self.terms.setdefault(address, []).append(term)

    @property
    def sums(self) -> dict[Address, Sum]:
        """What was gathered."""
        return {address: Sum(terms=tuple(terms)) for address, terms in self.terms.items()}
