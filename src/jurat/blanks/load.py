"""A blank from its folder: pages read, expanded, resolved and proved, once for each process."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jurat.blanks.equations import Equation, Measured, RowLaw
from jurat.blanks.expand import add_overflow, expand
from jurat.blanks.form import Form, FormLine, RowGroup, Slot
from jurat.blanks.proof import fill_order, filled_once, prove_counts
from jurat.blanks.resolve import Resolver
from jurat.blanks.year import CONTENTS, declared_in
from jurat.words import Address, UsageError, read_checks

HOME = Path(__file__).parent


@dataclass(frozen=True, eq=False, kw_only=True)
class Blank:
    """One year's form: its pages, and all that must hold between their cells."""

    kind: str
    year: int
    pages: dict[str, Form]
    equations: tuple[Equation, ...]
    measured: tuple[Measured, ...]
    row_laws: tuple[RowLaw, ...]
    fill_order: tuple[Address, ...]
    called: dict[str, str]

    def line(self, page: str, line: str) -> FormLine | None:
        """A line by its page and id."""
        form = self.pages.get(page)
        return form.by_id.get(line) if form else None

    def groups(self) -> list[RowGroup]:
        """Every group of rows, in page order."""
        return [group for form in self.pages.values() for group in form.groups]

    def group(self, page: str, group: str) -> RowGroup:
        """One group of rows.

        Raises  KeyError when the page has no such rows.
        """
        return next(g for g in self.pages[page].groups if g.id == group)

    def slots(self) -> list[Slot]:
        """Every fixed cell, in page order."""
        return [slot for form in self.pages.values() for slot in form.slots]


def blanks_known() -> list[tuple[str, int]]:
    """The kinds and years of the blanks that come with Jurat."""
    return sorted(
        (kind.parent.parent.name, int(kind.parent.name)) for kind in HOME.glob(f"*/*/{CONTENTS}")
    )


def load_blank(kind: str = "separate_accounts", year: int = 2012) -> Blank:
    """The blank of a kind and year, proved: every reference resolves, nothing is counted twice.

    Raises  UsageError for a year we do not have; BlankError for a page that cannot stand.

    >>> load_blank("separate_accounts", 2012).pages["liabilities"].title
    'LIABILITIES AND SURPLUS'
    """
    folder = HOME / kind / str(year)
    if not (folder / CONTENTS).exists():
        known = ", ".join(f"{kind} {year}" for kind, year in blanks_known())
        raise UsageError(f"There is no blank {kind} {year}.", next=f"Known: {known}.")
    return _loaded(kind, year)


def blank_for(year: int, kind: str = "separate_accounts") -> Blank:
    """The blank a statement of a year is read on: its own, else the nearest earlier, else the first.

    >>> blank_for(2014).year
    2012
    """
    years = [known for of_kind, known in blanks_known() if of_kind == kind]
    earlier = [known for known in years if known <= year]
    return load_blank(kind, max(earlier) if earlier else min(years))


@lru_cache(maxsize=8)
def _loaded(kind: str, year: int) -> Blank:
    """The one blank of a kind and year: statements of it share one matrix."""
    return load_folder(HOME / kind / str(year), kind, year)


def with_laws(blank: Blank, path: Path) -> Blank:
    """The blank with the laws of one filer added, from a `.checks` file of its own.

    Raises  UsageError when there is no such file; BlankError naming the line that is not in the
            notation.
    """
    if not path.is_file():
        raise UsageError(
            f"{path} does not exist.", next="Give a .checks file; docs/reference/check-notation.md."
        )
    resolver = Resolver(blank.pages.values())
    added = [equation for check in read_checks(path) for equation in resolver.law_equations(check)]
    return _with_equations(blank, [*blank.equations, *added])


def electing(blank: Blank, laws: Collection[str]) -> Blank:
    """The blank for a company whose books follow some laws: each fills its left cell too.

    Raises  UsageError naming every law that the blank does not have, or that fills no single cell;
            BlankError when cells would fill each other in a circle.
    """
    fit = {equation.id for equation in blank.equations if not equation.left_rest}
    if unfit := sorted(set(laws) - fit):
        raise UsageError(
            f"No law that could fill a cell: {', '.join(unfit)}.",
            next="Laws and their ids: docs/reference/checks.md, or jurat blank rules.",
        )
    chosen = [
        replace(equation, fills=True) if equation.id in laws else equation
        for equation in blank.equations
    ]
    return _with_equations(blank, chosen)


def without(blank: Blank, laws: Collection[str]) -> Blank:
    """The blank without some laws, for a company that their premise does not fit."""
    kept = [equation for equation in blank.equations if equation.id not in laws]
    return _with_equations(blank, kept)


def _with_equations(blank: Blank, equations: Sequence[Equation]) -> Blank:
    once = filled_once(equations)
    return replace(blank, equations=tuple(once), fill_order=tuple(fill_order(once)))


def load_folder(folder: Path, kind: str, year: int) -> Blank:
    """A blank from any folder of `.page` and `.checks` files; changes stand beside the year they change."""
    declared = declared_in(folder)
    forms = add_overflow([expand(page) for page in declared.pages])
    resolver = Resolver(forms)
    equations, measured, row_laws = resolver.page_equations()
    laws = [equation for check in declared.checks for equation in resolver.law_equations(check)]
    once = filled_once([*equations, *laws])
    order = fill_order(once)
    prove_counts([*equations, *(replace(law, fills=False) for law in laws)])
    return Blank(
        kind=kind,
        year=year,
        pages={form.name: form for form in forms},
        equations=tuple(once),
        measured=tuple(measured),
        row_laws=tuple(row_laws),
        fill_order=tuple(order),
        called=dict(resolver.references.called),
    )
