"""A statement with everything found on it, as one page that opens in any browser, offline."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template

from jurat.checks import Outcome, Suspect
from jurat.publishing.report_data import Coverage, Doubt, PanelData, lights_of
from jurat.publishing.report_markup import as_data, tag
from jurat.publishing.report_pages import PagesHtml
from jurat.publishing.report_parts import ReportParts
from jurat.statement import Statement


def write_report(  # noqa: PLR0913  what a reading holds comes as plain values
    statement: Statement,
    outcome: Outcome,
    path: Path | str,
    *,
    suspects: Sequence[Suspect] | None = None,
    doubts: Sequence[Doubt] = (),
    coverage: Coverage | None = None,
    source: str = "",
) -> None:
    """Write the report of one statement to a file: findings first, then every page it has.

    The page holds all it needs and asks nothing of the network. The same statement gives the same
    bytes. `suspects` is None where they were not looked for; `doubts` and `coverage` are those of a
    reading; `source` is the document's name.
    """
    parts = ReportParts(
        statement=statement,
        outcome=outcome,
        suspects=suspects,
        doubts=doubts,
        coverage=coverage,
        source=Path(source).name,
    )
    Path(path).write_text(_Report(parts=parts).html(), encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class _Report:
    parts: ReportParts

    def html(self) -> str:
        """The whole page."""
        parts = self.parts
        style, script = _asset("report.css"), _asset("report.js")
        pages = PagesHtml(parts.statement, lights_of(parts.outcome.findings), parts.doubtful)
        data = PanelData(parts.statement, parts.outcome, parts.doubts).all()
        title = f"{parts.company} {parts.statement.year}: checked by Jurat"
        return Template(_asset("report.html")).substitute(
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
            title=tag("title", title),
            style=style,
            script=script,
            header=parts.header(),
            summary=parts.summary(),
            index=pages.index(),
            findings=parts.findings(),
            legend=parts.legend(),
            pages=pages.pages(),
            data=as_data({"source": parts.source, **data}),
        )


def _asset(name: str) -> str:
    return files("jurat.publishing").joinpath("report_assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What lets a browser run this text and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
