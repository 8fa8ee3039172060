"""What a golden company's folder says of itself: page 1, and its policies."""

from jurat.golden.insurer.markets import LAST

COVER = {
    "company_name": "Golden Life Insurance Company",
    "naic_company_code": "99998",
    "organized_under": "Ohio",
    "domicile": "Ohio",
    "country": "United States of America",
    "insulated": "Yes",
    "non_insulated": "No",
    "state": "Ohio",
    "county": "Franklin",
    "a": "Yes",
}
"""The lines of page 1."""

FILLS = (
    *("X15.1", "X15.2", "X15.3", "X23.1", "X23.2", "X23.3"),
    *("X25.1", "X25.2", "X36.2", "X38.2"),
)
"""Usual laws that fill their left cell."""

_MIXED = "Bonds and loans stand on both bases; the reserve is measured on the general account's."
_HEDGES = "Effective hedges are carried at amortized cost."

NOT_HELD = {
    **{f"S-AVR{number}": _MIXED for number in (*range(1, 7), *range(35, 51))},
    "S-13": "Interest on mortgage loans is due too.",
    "X53.2": _HEDGES,
}
"""Usual laws whose premise does not hold, and why."""


def company() -> str:
    """`company.toml`."""
    lines = [
        "# A synthetic insurer, made by `jurat golden`: docs/reference/golden.md",
        f"year = {LAST}",
        "",
        "[cover]",
        *(f'{line} = "{text}"' for line, text in COVER.items()),
        "",
        "[policies]",
        'rounding = "each"',
        'imr_method = "grouped"',
        'tax_rate = "35 %"',
        'relief = "fifo"            # of a sale that names no lot',
        "fills = [",
        *(f'    "{law}",' for law in FILLS),
        "]",
        "",
        "[policies.not_held]",
        *(f'"{law}" = "{why}"' for law, why in NOT_HELD.items()),
    ]
    return "\n".join(lines) + "\n"
