"""The same rules in Polars written by hand, streaming: ``python -m benchmarks.bulk_polars FOLDER``.

It checks nothing and explains nothing; integers at the places that ``PLACES`` of ``bulk_check`` says.
"""

import sys
from pathlib import Path

import polars as pl

from benchmarks.bulk_facts import TAKEN, emptied, read_told


def main(folder: Path) -> None:
    """Compute and write."""
    told = read_told(folder)
    taken, target = folder / TAKEN, emptied(folder, "polars")
    points(taken, told).sink_parquet(target / "pontos_produtividade.parquet", compression="zstd")
    scores(taken, told).sink_parquet(target / "nota_final.parquet", compression="zstd")


def points(taken: Path, told: dict) -> pl.LazyFrame:
    """Give the points of each person."""
    value = told["values"]
    annex = pl.LazyFrame(
        told["points"], schema={"c1": pl.Int32, "c2": pl.Int32, "points": pl.Int64}, orient="row"
    )
    summed = (
        pl.scan_parquet(taken / "pontos_produtividade.entregas.parquet")
        .select("sid", "c1", "c2", "c3")
        .join(annex, on=["c1", "c2"])
        .group_by("sid")
        .agg((pl.col("c3") * pl.col("points")).sum().alias("products"))
    )
    teaching = (
        value["produtividade_por_hora_aula"]
        + value["elaboracao_por_hora_aula"]
        + value["preparacao_por_hora_aula"]
    )
    return (
        pl.scan_parquet(taken / "pontos_produtividade.parquet")
        .join(summed, on="sid", how="left")
        .sort("sid")
        .select(
            "chave",
            products=pl.col("products").fill_null(0),
            substitution=pl.col("n1") * value["pontos_por_dia_de_substituicao"],
            teaching=pl.col("n2") * teaching,
            training=pl.col("n2") * value["capacitacao_por_hora_aula"],
        )
        .select(
            "chave",
            pl.col("products").alias("pontos_produtividade.produtos"),
            pl.col("substitution").alias("pontos_produtividade.substituicao"),
            pl.col("teaching").alias("pontos_produtividade.instrutoria"),
            (pl.col("products") + pl.col("substitution") * 10_000 + pl.col("teaching") * 100).alias(
                "pontos_produtividade.total"
            ),
            pl.col("training").alias("pontos_capacitacao.instrutoria"),
        )
    )


def scores(taken: Path, told: dict) -> pl.LazyFrame:
    """Give the score and the level of each person."""
    value, (first, second, third) = told["values"], told["floors"]
    weighted = (
        pl.col("n1") * value["peso_da_produtividade"]
        + pl.col("n2") * value["peso_da_qualidade"]
        + pl.col("n3") * value["peso_da_capacitacao"]
    )
    score = pl.col("nota_final.nota")
    level = (
        pl.when(score >= first)
        .then(pl.lit("S"))
        .when(score >= second)
        .then(pl.lit("A"))
        .when(score >= third)
        .then(pl.lit("P"))
        .otherwise(pl.lit("N"))
    )
    return (
        pl.scan_parquet(taken / "nota_final.parquet")
        .sort("sid")
        .select("chave", ((2 * weighted + 1_000_000) // 2_000_000).alias("nota_final.nota"))
        .with_columns(level.alias("nivel.nivel"))
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
