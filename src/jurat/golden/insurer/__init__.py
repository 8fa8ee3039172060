"""A synthetic insurer: lots, trades and controls drawn, every figure of its schedules known.

Owns: drawing investments with real-world terms; what each is worth, in closed form and in Decimal,
lot by lot; the folder that a company of this kind would keep, and the answers beside it.
Must not know: `jurat.valuation`, `jurat.schedules`, or anything else that the answers are to test.
"""

from jurat.golden.insurer.company import Made, golden_company

__all__ = ["Made", "golden_company"]
