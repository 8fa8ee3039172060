"""The same kind of work as XBRL: a taxonomy of sums and an instance that reports their figures.

Two shapes with equally many facts and sums, for a reader may be faster with one than the other:
`wide`, every sum a calculation link of its own, reported once; `tall`, the sums of one form,
reported by many filers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

PARTS = 10
"""Parts of each sum; with its total a sum has one fact more."""

_SPACES = (
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
    'xmlns:b="http://bench.invalid/taxonomy"'
)
_SUM = "http://www.xbrl.org/2003/arcrole/summation-item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How many sums the taxonomy has, and how many filers report them."""

    name: str
    sums: int
    filers: int

    @property
    def facts(self) -> int:
        """Every figure of the instance."""
        return self.sums * self.filers * (PARTS + 1)


WIDE = Shape(name="wide", sums=9_200, filers=1)
TALL = Shape(name="tall", sums=92, filers=100)


def write_xbrl(folder: Path, shape: Shape, *, broken: int) -> Path:
    """Write schema, calculation links and instance; `broken` sums are seven dollars out.

    Returns the path of the instance.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.xsd").write_text("\n".join(_schema(shape)), encoding="utf-8")
    (folder / "bench-cal.xml").write_text("\n".join(_links(shape)), encoding="utf-8")
    instance = folder / "bench.xbrl"
    instance.write_text("\n".join(_instance(shape, broken)), encoding="utf-8")
    return instance


def _schema(shape: Shape) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        f'{_SPACES} targetNamespace="http://bench.invalid/taxonomy" elementFormDefault="qualified">'
    )
    yield "<xsd:annotation><xsd:appinfo>"
    yield (
        '<link:linkbaseRef xlink:type="simple" xlink:href="bench-cal.xml" '
        'xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )
    yield "</xsd:appinfo></xsd:annotation>"
    yield (
        '<xsd:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
    )
    for number in range(shape.sums):
        for part in range(PARTS + 1):
            name = _concept(number, part)
            yield (
                f'<xsd:element name="{name}" id="{name}" type="xbrli:monetaryItemType" '
                'substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="instant"/>'
            )
    yield "</xsd:schema>"


def _links(shape: Shape) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<link:linkbase {_SPACES}>"
    yield (
        '<link:calculationLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link">'
    )
    for number in range(shape.sums):
        for part in range(PARTS + 1):
            name = _concept(number, part)
            yield (
                f'<link:loc xlink:type="locator" xlink:href="bench.xsd#{name}" xlink:label="{name}"/>'
            )
        for part in range(1, PARTS + 1):
            yield (
                f'<link:calculationArc xlink:type="arc" xlink:arcrole="{_SUM}" '
                f'xlink:from="{_concept(number, 0)}" xlink:to="{_concept(number, part)}" '
                f'order="{part}" weight="1"/>'
            )
    yield "</link:calculationLink>"
    yield "</link:linkbase>"


def _instance(shape: Shape, broken: int) -> Iterator[str]:
    random = Random(2012)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<xbrli:xbrl {_SPACES}>"
    yield '<link:schemaRef xlink:type="simple" xlink:href="bench.xsd"/>'
    yield '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
    for filer in range(shape.filers):
        yield (
            f'<xbrli:context id="c{filer}"><xbrli:entity>'
            f'<xbrli:identifier scheme="http://bench.invalid/filer">{filer}</xbrli:identifier>'
            "</xbrli:entity><xbrli:period><xbrli:instant>2012-12-31</xbrli:instant></xbrli:period>"
            "</xbrli:context>"
        )
    for filer in range(shape.filers):
        for number in range(shape.sums):
            parts = [random.randrange(1, 10**9) for _ in range(PARTS)]
            error = 7 if filer * shape.sums + number < broken else 0
            for part, figure in enumerate([sum(parts) + error, *parts]):
                name = _concept(number, part)
                yield (
                    f'<b:{name} contextRef="c{filer}" unitRef="usd" decimals="0">{figure}</b:{name}>'
                )
    yield "</xbrli:xbrl>"


def _concept(number: int, part: int) -> str:
    return f"s{number}p{part}"
