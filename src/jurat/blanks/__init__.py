"""What is asked: the forms of each kind and year, as text pages beside this file.

Owns: `.page` and `.checks` files, their expansion into lines and cells, the equations they state.
Must not know: any filer's figures.
"""

from jurat.blanks.difference import BlankDiff, Changed, What, blank_diff
from jurat.blanks.equations import Equation, Measured, PriorCell, RowLaw, RowSum
from jurat.blanks.form import Form, FormLine, Role, RowGroup, Slot
from jurat.blanks.load import (
    Blank,
    blank_for,
    blanks_known,
    electing,
    load_blank,
    load_folder,
    with_laws,
    without,
)

__all__ = [
    "Blank",
    "BlankDiff",
    "Changed",
    "Equation",
    "Form",
    "FormLine",
    "Measured",
    "PriorCell",
    "Role",
    "RowGroup",
    "RowLaw",
    "RowSum",
    "Slot",
    "What",
    "blank_diff",
    "blank_for",
    "blanks_known",
    "electing",
    "load_blank",
    "load_folder",
    "with_laws",
    "without",
]
