"""CUSIPs and legal entity identifiers that could be real, and are nobody's by intent.

Source  CUSIP: ANSI X9.6, modulus 10 double add double; private numbers hold `*`, `@` or `#`.
        LEI: ISO 17442, two check digits by ISO 7064 MOD 97-10.
"""

from random import Random

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#"
_BASE = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check_digit(stem: str) -> str:
    """The ninth character of a CUSIP.

    >>> check_digit("00206R10"), check_digit("03783310")
    ('2', '0')
    """
    total = 0
    for place, letter in enumerate(stem):
        value = _LETTERS.index(letter) * (1 + place % 2)
        total += value // 10 + value % 10
    return str(-total % 10)


def cusip(number: int, random: Random) -> str:
    """A CUSIP of its own for every number: plain, with leading zeros, like a power of ten, private.

    >>> cusip(7, Random(1)), cusip(8, Random(5))
    ('U00007A27', '00008E101')
    """
    look = random.choice(("plain", "plain", "plain", "zeros", "power", "private"))
    issue = random.choice("123456789A") + random.choice("0123456789ABCDEFGHJKL")
    if look == "zeros":
        own = _based(number, 5)  # an E before two digits is another look's, and another number's
        stem = "0" + own + ("A" + issue[1] if own.endswith("E") else issue)
    elif look == "power":  # a spreadsheet makes 1.2E+108 of 12345E107
        stem = f"{number % 100_000:05}E{10 + number // 100_000:02}"
    elif look == "private":
        stem = _based(number, 5) + random.choice("*@#") + issue
    else:
        stem = random.choice("QRSTUVWXYZ") + _based(number, 5) + issue
    return stem + check_digit(stem)


def lei(number: int) -> str:
    """A legal entity identifier of its own for every number.

    >>> len(lei(7))
    20
    """
    stem = "9845" + _based(number, 14)
    digits = int("".join(str(int(letter, 36)) for letter in stem + "00"))
    return f"{stem}{98 - digits % 97:02}"


def _based(number: int, width: int) -> str:
    letters = ""
    for _ in range(width):
        number, rest = divmod(number, len(_BASE))
        letters = _BASE[rest] + letters
    return letters
