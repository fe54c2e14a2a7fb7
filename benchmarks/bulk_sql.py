"""The same rules in SQL written by hand for DuckDB: ``python -m benchmarks.bulk_sql FOLDER``.

It checks nothing and explains nothing; integers at known places, the same digits.
"""

import sys
from pathlib import Path

import duckdb

from benchmarks.bulk_facts import TAKEN, emptied, read_told

POINTS = """
COPY (
  WITH summed AS (
    SELECT r.sid, sum(r.c3 * a.points) AS products
    FROM '{taken}/pontos_produtividade.entregas.parquet' r JOIN annex a ON a.product = r.c1 AND a.level = r.c2
    GROUP BY r.sid
  ), counted AS (
    SELECT
      s.sid, s.chave,
      coalesce(products, 0)::BIGINT AS products,
      s.n1 * {per_day} AS substitution,
      s.n2 * ({teaching} + {writing} + {studying}) AS teaching,
      s.n2 * {training} AS training
    FROM '{taken}/pontos_produtividade.parquet' s LEFT JOIN summed USING (sid)
  )
  SELECT
    chave,
    products::DECIMAL(18,0) * 0.00001 AS "pontos_produtividade.produtos",
    substitution::DECIMAL(18,0) * 0.1 AS "pontos_produtividade.substituicao",
    teaching::DECIMAL(18,0) * 0.001 AS "pontos_produtividade.instrutoria",
    (products + substitution * 10000 + teaching * 100)::DECIMAL(18,0) * 0.00001 AS "pontos_produtividade.total",
    training::DECIMAL(18,0) * 0.001 AS "pontos_capacitacao.instrutoria"
  FROM counted ORDER BY sid
) TO '{target}/pontos_produtividade.parquet' (FORMAT parquet, COMPRESSION zstd)
"""
SCORES = """
COPY (
  WITH scored AS (
    SELECT sid, chave, (2 * (n1 * {w1} + n2 * {w2} + n3 * {w3}) + 1000000) // 2000000 AS score
    FROM '{taken}/nota_final.parquet'
  )
  SELECT
    chave, score::DECIMAL(18,0) * 0.01 AS "nota_final.nota",
    CASE WHEN score >= {f1} THEN 'S' WHEN score >= {f2} THEN 'A' WHEN score >= {f3} THEN 'P' ELSE 'N' END
      AS "nivel.nivel"
  FROM scored ORDER BY sid
) TO '{target}/nota_final.parquet' (FORMAT parquet, COMPRESSION zstd)
"""


def main(folder: Path) -> None:
    """Compute and write."""
    told = read_told(folder)
    value, (first, second, third) = told["values"], told["floors"]
    places = {"taken": str(folder / TAKEN), "target": str(emptied(folder, "sql"))}
    engine = duckdb.connect()
    engine.execute("CREATE TABLE annex (product INTEGER, level INTEGER, points BIGINT)")
    engine.executemany("INSERT INTO annex VALUES (?, ?, ?)", told["points"])
    engine.execute(
        POINTS.format(
            per_day=value["pontos_por_dia_de_substituicao"],
            teaching=value["produtividade_por_hora_aula"],
            writing=value["elaboracao_por_hora_aula"],
            studying=value["preparacao_por_hora_aula"],
            training=value["capacitacao_por_hora_aula"],
            **places,
        )
    )
    engine.execute(
        SCORES.format(
            w1=value["peso_da_produtividade"],
            w2=value["peso_da_qualidade"],
            w3=value["peso_da_capacitacao"],
            f1=first,
            f2=second,
            f3=third,
            **places,
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
