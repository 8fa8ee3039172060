"""The pages of a statement for a site: every cell has an address, filled or blank, and every row."""

from collections.abc import Iterable

from jurat.publishing.blocks import Boxes, Field, spelled
from jurat.publishing.report_markup import Html, tag
from jurat.publishing.report_pages import EMPTY, TICKED, PagesHtml
from jurat.statement import CellState
from jurat.words import Address


class SitePages(PagesHtml):
    """Prints pages whose cells are read back: what a cell shows is its text, and nothing else."""

    def figure(
        self, address: Address | None, text: str, boxes: Boxes, *, is_inset: bool = False
    ) -> Html:
        """A cell under its address: a link to its reason; what the form prints is none."""
        if address is None:
            return super().figure(address, text, boxes, is_inset=is_inset)
        place, light = str(address), self.lights.get(str(address), "")
        if text == "XXX" and not light:
            return tag("span", text, class_="xxx", data_a=place, id=self.anchor(place))
        printed = spelled(text, boxes, TICKED, EMPTY)
        if boxes is not Boxes.NONE and self.statement[address].state is CellState.UNREAD:
            printed = f"{printed} {text}".strip()
        if not text and light.endswith(" part"):
            light = ""  # a blank part of a sum says nothing
        kind = "fig inset" if is_inset else "fig"
        return tag(
            "a",
            printed,
            class_=kind if printed else f"{kind} nil",
            id=self.anchor(place),
            href=f"#{place}",
            data_a=place,
            data_g=light,
            data_r=self.reading_of(address),
            title=self.hint(address, light),
            tabindex="" if text or light else "-1",
            aria_label="" if printed else "blank",
        )

    def anchor(self, place: str) -> str:
        """The name of a place, once on its page."""
        known = "" if place in self.printed else place
        self.printed.add(place)
        return known

    def row_id(self, fields: Iterable[Field]) -> str:
        """The anchor of a row: its cells' address without the column."""
        address = next((field.address for field in fields if field.address), None)
        if address is None:
            return ""
        row = str(Address(address.page, address.line, row=address.row))
        return self.anchor(row.replace(":/", "/").rstrip(":"))
