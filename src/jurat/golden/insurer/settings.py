"""What a golden company's folder says of itself: its policies, and last year's closing."""

from jurat.golden.insurer.answers import Line
from jurat.golden.insurer.markets import LAST
from jurat.money import round_half_away

COMPANY = f"""\
# A synthetic insurer, made by `jurat golden`: docs/reference/golden.md
year = {LAST}

[cover]
company_name = "Golden Life Insurance Company"
naic_company_code = "99998"
organized_under = "Ohio"
domicile = "Ohio"
country = "United States of America"
insulated = "Yes"
non_insulated = "No"
state = "Ohio"
county = "Franklin"
a = "Yes"

[policies]
rounding = "each"
imr_method = "grouped"
tax_rate = "35 %"
relief = "fifo"            # of a sale that names no lot
"""

_OPENING = {
    "assets": ("3",),
    "schedule_a": ("",),
    "schedule_b": ("",),
    "schedule_ba": ("",),
    "schedule_d": ("",),
    "schedule_da": ("1", "2"),
    "schedule_db_a": ("",),
    "schedule_e": ("1", "2"),
}
"""The pages whose closing next year begins from, with their columns."""


def facts(cells: dict[Line, int]) -> str:
    """Last year's closing as a table of facts, in whole dollars, which is all that a fact can hold.

    The cents stand in `answers/2011/totals.csv`.
    """
    rows = [
        "page,line,column,inset,row,kind,value",
        f"cover,year_ended,,,,code,{LAST - 1}",
        "cover,company_name,,,,text,Golden Life Insurance Company",
    ]
    for (year, page, line, column), amount in sorted(cells.items()):
        if year == LAST - 1 and column in _OPENING.get(page, ()):
            rows.append(f"{page},{line},{column},,,money,{round_half_away(amount, 100)}")
    return "\n".join(rows) + "\n"
