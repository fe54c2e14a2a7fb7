"""Write the result as a workbook: scores per rule, every step with its formula and article, what is pending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from apura.formula import parse_exact
from apura.sheets.writing import Formats, new_workbook

_STEP_HEADERS = (
    ("Regra", 26), ("Sigla", 14), ("Passo", 44), ("Valor", 12), ("Valor exato", 14), ("Unidade", 12),
    ("Fórmula", 60), ("Com valores", 44), ("Parâmetros", 50), ("Fundamento", 32), ("Redação", 40),
    ("Interpretações", 60),
)  # fmt: skip


def write_results(made: Mapping[str, Any], path: Path) -> None:
    """Write the result document ``made`` as a workbook at ``path``; replaced if it exists."""
    book = new_workbook(path)
    writer = _Writer(book, Formats.of(book), made)
    for rule in made["regras"]:
        writer.scores(rule)
    writer.steps()
    writer.pending()
    writer.about()
    book.close()


@dataclass(frozen=True, slots=True)
class _Writer:
    book: xlsxwriter.Workbook
    formats: Formats
    made: Mapping[str, Any]

    def _sheet(self, title: str, headers: Sequence[tuple[str, int]]) -> tuple[Any, int]:
        sheet = self.book.add_worksheet(title)
        first = 0
        for warning in self._warnings():
            sheet.write_string(first, 0, warning, self.formats.heading)
            first += 1
        sheet.set_row(first, 34)
        for column, (header, width) in enumerate(headers):
            sheet.write_string(first, column, header, self.formats.header)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(first + 1, min(2, len(headers)))
        sheet.repeat_rows(first)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet, first + 1

    def _warnings(self) -> list[str]:
        warnings = []
        if self.made["simulacao"]:
            warnings.append("SIMULAÇÃO SEM VALOR OFICIAL: " + "; ".join(self.made["simulacao"]["motivos"]))
        if self.made["ficticio"]:
            warnings.append("VALORES FICTÍCIOS")
        return warnings

    def scores(self, rule: Mapping[str, Any]) -> None:
        """Write a sheet with one row per subject of ``rule`` and one column per step, the result first."""
        outcomes = [outcome for outcome in self.made["resultados"] if outcome["regra"] == rule["regra"]]
        steps: dict[str, Mapping[str, Any]] = {}
        for outcome in outcomes:
            steps |= {step["nome"]: step for step in outcome["passos"]}
        result = steps.pop(rule["resultado"])
        ordered = [result, *steps.values()]
        headers = [("Sigla", 16), ("Nome", 48), *((step["rotulo"], 18) for step in ordered)]
        sheet, first = self._sheet(rule["rotulo"][:31], headers)
        for row, outcome in enumerate(outcomes, start=first):
            self.formats.put(sheet, (row, 0), outcome["chave"], self.formats.total)
            self.formats.put(sheet, (row, 1), outcome["nome"])
            values = {step["nome"]: step for step in outcome["passos"]}
            for column, step in enumerate(ordered, start=2):
                if step["nome"] in values:
                    self._value(sheet, (row, column), values[step["nome"]])
        sheet.autofilter(first - 1, 0, first + len(outcomes) - 1, len(headers) - 1)

    def _value(self, sheet: Any, place: tuple[int, int], step: Mapping[str, Any]) -> None:
        value = _number(step["valor"]) if step["unidade"] else step["valor"]
        self.formats.put(sheet, place, value, self.formats.number(step["casas"]) if step["unidade"] else None)

    def steps(self) -> None:
        """Write a sheet with one row per step of every subject: formula, values, parameters, article, readings."""
        sheet, row = self._sheet("Memória de cálculo", _STEP_HEADERS)
        labels = {rule["regra"]: rule["rotulo"] for rule in self.made["regras"]}
        for outcome in self.made["resultados"]:
            for step in outcome["passos"]:
                self.formats.put(sheet, (row, 0), labels[outcome["regra"]])
                self.formats.put(sheet, (row, 1), outcome["chave"])
                self.formats.put(sheet, (row, 2), step["rotulo"])
                self._value(sheet, (row, 3), step)
                texts = (
                    step["exato"].replace(".", ","),
                    step["unidade"] or "",
                    step["formula"],
                    step["com_valores"],
                    "; ".join(map(_parameter, step["parametros"])),
                    step["fundamento"],
                    _wording(step["redacao"]),
                    "; ".join(
                        f"{reading['texto']} Adotada: {reading['adotada']}."
                        for reading in step["interpretacoes"]
                    ),
                )
                for column, text in enumerate(texts, start=4):
                    self.formats.put(sheet, (row, column), text)
                row += 1

    def pending(self) -> None:
        """Write a sheet with what the norm refused, why, and what to do."""
        if not self.made["pendencias"]:
            return
        headers = (("Regra", 26), ("Sigla", 16), ("Motivo", 80), ("Fundamento", 30), ("O que fazer", 70))
        sheet, first = self._sheet("Pendências", headers)
        for row, pending in enumerate(self.made["pendencias"], start=first):
            for column, key in enumerate(("regra", "chave", "motivo", "fundamento", "o_que_fazer")):
                self.formats.put(sheet, (row, column), pending[key] or "todos", self.formats.wrapped)

    def about(self) -> None:
        """Write a sheet that identifies the calculation: norm, edition, digest, date, engine, source file."""
        source = self.made["origem"]
        lines = {
            "Norma": self.made["titulo"],
            "Edição": f"{self.made['edicao']} ({self.made['digest']})",
            "Data de aplicação": f"{date.fromisoformat(self.made['em']):%d/%m/%Y}",
            "Calculado por": self.made["motor"],
            "Arquivo de origem": f"{source['arquivo']} (SHA-256 {source['sha256']})"
            if source
            else "chamada em Python",
            "Como conferir": "apura conferir resultado.json",
        }
        sheet, first = self._sheet("Sobre este cálculo", (("Item", 24), ("Conteúdo", 110)))
        for row, (term, text) in enumerate(lines.items(), start=first):
            self.formats.put(sheet, (row, 0), term, self.formats.term)
            self.formats.put(sheet, (row, 1), text, self.formats.wrapped)


def _number(text: str) -> Fraction:
    return parse_exact(text)


def _parameter(parameter: Mapping[str, Any]) -> str:
    since = f"{date.fromisoformat(parameter['desde']):%d/%m/%Y}"
    return f"{parameter['rotulo']} = {parameter['valor'].replace('.', ',')} desde {since} ({parameter['fundamento']})"


def _wording(wording: Mapping[str, Any]) -> str:
    return f"{wording['situacao']}: {wording['ato']}" if wording["ato"] else wording["situacao"]
