"""The proof: every output read back, by what one sees in it, and held against the model cell by cell.

Owns: what each output is asked, the certificate.
Must not know: a company folder. It is given the outputs alone.
"""

from jurat.prove.certificate import CERTIFICATE, Certificate, Compared, Unequal, leave
from jurat.prove.proof import PROVED, compare_output, prove

__all__ = [
    "CERTIFICATE",
    "PROVED",
    "Certificate",
    "Compared",
    "Unequal",
    "compare_output",
    "leave",
    "prove",
]
