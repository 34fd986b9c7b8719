"""The rows as Parquet: every row holds its own images, as the hub's viewer reads them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from medq_tasks.construction.tables import COLUMNS, IMAGE_COLUMNS, Row
from medq_tasks.degrading.job import write_whole

GROUP_ROWS = 256


def write_parquet(path: Path, task: str, rows: Sequence[Row], out: Path) -> None:
    """One column a column of the TSV, null for an empty cell; images are structs of `bytes` and `path`."""
    import pyarrow
    from pyarrow import parquet

    image = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    fields = [(name, image if name in IMAGE_COLUMNS else pyarrow.string()) for name in COLUMNS[task]]
    schema = pyarrow.schema(fields)
    buffer = io.BytesIO()
    with parquet.ParquetWriter(buffer, schema, compression="zstd") as writer:
        for start in range(0, len(rows), GROUP_ROWS):
            entries = [_entry(row, task, out) for row in rows[start : start + GROUP_ROWS]]
            writer.write_table(pyarrow.Table.from_pylist(entries, schema=schema))
    write_whole(path, buffer.getvalue())


def _entry(row: Row, task: str, out: Path) -> dict[str, object]:
    images = {column: {"bytes": (out / file).read_bytes(), "path": file} for column, file in row.images.items()}
    cells: dict[str, object] = {name: row.cells.get(name) or None for name in COLUMNS[task]}
    return {**cells, **images}
