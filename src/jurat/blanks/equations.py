"""What must hold between cells: the rules, ties and cross-checks of a blank as signed sums."""

from dataclasses import dataclass

from jurat.words import Address, Severity, Tolerance


@dataclass(frozen=True, slots=True)
class RowSum:
    """The sum of one column over all rows of a group, however many there are."""

    page: str
    group: str
    column: str

    def __str__(self) -> str:
        """The rows in words."""
        return f"{self.page}:rows {self.group}:{self.column}"


@dataclass(frozen=True, slots=True)
class PriorCell:
    """A cell of last year's statement."""

    address: Address

    def __str__(self) -> str:
        """The cell in words."""
        return f"prior {self.address}"


Place = Address | RowSum | PriorCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One sum that must hold: left = the signed right-hand terms, over `scale`.

    Units   whole units of the cells; a product with a printed factor has scale 10,000.
    """

    id: str
    words: str
    left: Address
    right: tuple[tuple[Place, int], ...]
    scale: int = 1
    constant: int = 0
    tolerance: Tolerance = Tolerance.EXACT
    severity: Severity = Severity.ERROR
    why: str = ""
    premise: str = ""
    known: str = ""
    fills: bool = False
    is_printed: bool = True
    left_rest: tuple[tuple[Place, int], ...] = ()
    """Further terms that stand on the left of the equals sign."""
    where: str = ""

    @property
    def rule(self) -> str:
        """What its left cell is, in words: of a law that no page prints, the right side."""
        return self.words.partition(" = ")[2] or self.words if not self.is_printed else self.words

    @property
    def places(self) -> tuple[Place, ...]:
        """Every cell of the equation, the left one first."""
        return (self.left, *(p for p, _ in self.left_rest), *(p for p, _ in self.right))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A cell that a named function finds; words cannot say it."""

    id: str
    name: str
    left: Address
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLaw:
    """A column's rule on every row of a group."""

    id: str
    words: str
    page: str
    group: str
    column: str
    right: tuple[tuple[str, int], ...]
    tolerance: Tolerance
    why: str
