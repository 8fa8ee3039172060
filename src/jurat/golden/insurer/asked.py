"""Questions of the statement, answered: products, guarantees, measurement, lending."""

from random import Random

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.exhibits import FUNDS
from jurat.golden.insurer.markets import ACCOUNTS, Market

GI = "general_interrogatories"

_BACK = 5
"""Years of guarantees that are told."""


def told(answers: Answers, market: Market, year: int) -> None:
    """The amounts of the interrogatories."""
    cells = answers.cells
    for back in range(_BACK):
        random = Random(f"{market.seed}:guarantees:{year - back}")
        answers.add(year, GI, f"2.40{back + 1}", "2", 100 * random.randint(100_000, 900_000))
    cost = cells[year, "assets", "1", "1"] + cells[year, "assets", "3", "1"]
    fair, whole = cells[year, GI, "5.51", "2"], cells[year, "assets", "17", "3"]
    answers.add(year, GI, "2.2", "", cells[year, "liabilities", "1", "1"] // 5_000 * 100)
    answers.fill(year, GI, {"5.41": whole - cost, "5.42": cost, "5.51": cost}, "1")
    answers.add(year, GI, "5.51", "3", fair - cost)
    lent = cells.get((year, GI, "6.72", ""), 0)
    lines = {"6.611": lent, "6.621": lent, "6.622": lent, "6.6311": lent, "6.6316": lent}
    invested, owed = (
        cells.get((year, GI, "6.71", ""), 0),
        cells.get((year, "liabilities", "14", "3"), 0),
    )
    answers.fill(year, GI, {**lines, "6.632": invested, "6.73": owed})


def products(answers: Answers, year: int) -> list[tuple[str, int, bool]]:
    """Each account's product, its assets, and whether it is guaranteed."""
    return [
        (each.product, answers.cells.get((year, FUNDS, each.name, "assets"), 0), not each.is_fair)
        for each in ACCOUNTS
    ]


BOXES = {
    "exhibit3_interrogatories": {
        "1.1": "No",
        "2.1": "No",
        "2.2": "Non-participating",
        "3.1": "No",
        "3.2": "N/A",
    },
    GI: {
        "2.1": "Yes",
        "2.3": "Yes",
        "2.5": "No",
        "3.1": "No",
        "3.2": "N/A",
        "4.1": "No",
        "4.3": "N/A",
        "4.4": "N/A",
        "4.5": "N/A",
        "5.1": "No",
        "5.21": "Yes",
        "5.22": "No",
        "6.1": "Yes",
        "6.2": "Yes",
        "6.3": "Yes",
        "6.4": "No",
        "6.5": "Bonds are lent as the general account lends them.",
        "6.633": "Collateral received is invested in commercial paper.",
        "7.1": "No",
        "8.1": "No",
        "8.2": "No",
    },
}
"""Boxes and texts by page and line."""


def interrogatories(answers: Answers, year: int) -> str:
    """The answers as a folder keeps them, for `interrogatories.toml`."""
    parts: list[str] = []
    for page, lines in BOXES.items():
        parts.append(f"[{page}]")
        parts += [f'"{line}" = "{text}"' for line, text in lines.items()]
        parts.append("")
    for name, assets, is_guaranteed in products(answers, year):
        parts += [f'[[{GI}."1"]]', f'product = "{name}"', f'assets = "{_dollars(assets)}"']
        parts += [f'guaranteed = "{_yes(flag=is_guaranteed)}"', ""]
    for name, _, _ in products(answers, year):
        parts += [f'[[{GI}."8.3"]]', f'gaap_product = "{name}"']
        parts += ['gaap_condition = "Same as GAAP"', ""]
    return "\n".join(parts)


def _yes(*, flag: bool) -> str:
    return "Yes" if flag else "No"


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
