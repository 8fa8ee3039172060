"""A statement's cells as one Parquet table."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from jurat.publishing.data import in_print_order
from jurat.statement import Statement


def write_parquet(statement: Statement) -> bytes:
    """The cells as a table of cell, kind, state, figure and text.

    Units   `figure` in whole dollars, ten-thousandths of a factor, tenths of a percent.
    """
    cells = in_print_order(statement)
    table = pa.table(
        {
            "cell": pa.array([str(cell.address) for cell in cells], pa.string()),
            "kind": pa.array([str(cell.kind) for cell in cells], pa.string()),
            "state": pa.array([str(cell.state) for cell in cells], pa.string()),
            "figure": pa.array(
                [cell.value if isinstance(cell.value, int) else None for cell in cells], pa.int64()
            ),
            "text": pa.array(
                [cell.value if isinstance(cell.value, str) else None for cell in cells], pa.string()
            ),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
