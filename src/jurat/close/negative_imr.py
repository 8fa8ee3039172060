"""A negative interest maintenance reserve, told in a line; no figure is changed by it."""

from collections.abc import Iterator
from datetime import date

from jurat.keeping import Policies
from jurat.keeping.company import NAME as COMPANY
from jurat.money import Kind, format_figure, to_dollars
from jurat.statement import Statement
from jurat.valuation.imr_states import admittance_terms, imr_state
from jurat.words import Address

CLOSING = Address("imr", "6", "1")


def imr_notices(statement: Statement, policies: Policies) -> Iterator[str]:
    """What of a negative balance is allowed and what is not, or what must be known to tell.

    Units   dollars, as the statement shows them.
    """
    cell = statement.cells.get(CLOSING)
    separate = cell.figure if cell else 0
    if separate >= 0:
        return
    shown = f"The IMR of the separate accounts is {_told(separate)} (imr:6)"
    if policies.general_account_imr is None:
        yield (
            f"{shown}. It may stand as far as the general account's IMR covers it, which is not "
            f"known. Write under [policies] in {COMPANY}: general_account_imr = 1234.56"
        )
        return
    general = to_dollars(policies.general_account_imr)
    state = imr_state(general, separate)
    beside = f"{shown}, the general account's {_told(general)}"
    if not state.separate_disallowed:
        yield f"{beside}: all of it is allowed as a negative liability."
        return
    allowed = f"{_told(state.separate)} is allowed as a negative liability, "
    yield (
        f"{beside}: {allowed if state.separate else 'none of it is allowed, '}"
        f"{_told(state.separate_disallowed)} is disallowed and not admitted"
        f"{_may_be_admitted(statement.year)}. No figure was changed."
    )


def _may_be_admitted(year: int) -> str:
    terms = admittance_terms(date(year, 12, 31))
    if terms is None:
        return ""
    return (
        f", but for what INT 23-01 lets be admitted: up to {terms.share / 10:g} % of adjusted "
        f"capital and surplus, where risk-based capital is over {terms.least_rbc} %"
    )


def _told(dollars: int) -> str:
    return format_figure(dollars, Kind.MONEY)
