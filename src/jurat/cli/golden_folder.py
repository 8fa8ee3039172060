"""The verb golden: a synthetic insurer with its answers, to test any system of investments on."""

from pathlib import Path

import click


@click.command("golden")
@click.option("--lots", type=int, default=200, show_default=True, help="About how many purchases.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same bytes."
)
@click.option(
    "--folder", type=click.Path(path_type=Path), required=True, help="A new folder to make it in."
)
@click.option(
    "--years", type=int, default=3, show_default=True, help="Years with answers, to 2012."
)
@click.option("--parquet", is_flag=True, help="Records as Parquet instead of CSV.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def golden_verb(
    lots: int, seed: int, folder: Path, years: int, parquet: bool, as_json: bool
) -> None:
    """Make a synthetic insurer: records of all investments, and what its schedules must say."""
    from jurat.cli.show import dump
    from jurat.golden.insurer import golden_company

    made = golden_company(folder, lots=lots, seed=seed, years=years, parquet=parquet)
    if as_json:
        dump(
            {"folder": str(folder), "years": made.years, "rows": made.rows, "answers": made.answers}
        )
        return
    for table, count in made.rows.items():
        click.echo(f"{count:>10,}  {table}")
    click.echo(f"{made.answers:>10,}  rows of schedules, {made.years[0]} to {made.years[-1]}")
    click.echo(f"Records in {folder / 'records'}, answers in {folder / 'answers'}.")
