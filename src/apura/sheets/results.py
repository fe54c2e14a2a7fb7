"""Write the result as a workbook: scores per rule, every step with its formula and article, what is pending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from apura.formula import parse_exact
from apura.sheets.writing import Formats, close, fit_height, new_workbook, print_on_pages, sheet_titles

STEPS, TOLD, PENDING, ABOUT = "Memória de cálculo", "Datas e avisos", "Pendências", "Sobre este cálculo"
_STEP_HEADERS = (
    ("Regra", 22), ("Sigla", 14), ("Passo", 30), ("Valor", 11), ("Valor exato, se outro", 13), ("Unidade", 10),
    ("Fórmula", 42), ("Com valores", 34), ("Parâmetros", 40), ("Fundamento", 24), ("Redação", 24),
    ("Interpretações", 60),
)  # fmt: skip
_PENDING_HEADERS = (
    ("Regra", 26),
    ("Sigla", 16),
    ("Motivo", 60),
    ("Fundamento", 28),
    ("O que fazer", 60),
)
_A3 = 8
_WIDEST_KEY = 40


def write_results(made: Mapping[str, Any], path: Path) -> None:
    """Write the result document ``made`` as a workbook at ``path``; replaced if it exists."""
    book = new_workbook(path)
    writer = _Writer(book, Formats.of(book), made)
    titles = sheet_titles((rule["rotulo"] for rule in made["regras"]), taken=(STEPS, TOLD, PENDING, ABOUT))
    for title, rule in zip(titles, made["regras"], strict=True):
        writer.scores(title, rule)
    if made["resultados"]:
        writer.steps()
    if any(outcome["datas"] or outcome["avisos"] for outcome in made["resultados"]):
        writer.told()
    if made["pendencias"]:
        writer.pending()
    writer.about()
    close(book)


@dataclass(frozen=True, slots=True)
class _Writer:
    book: xlsxwriter.Workbook
    formats: Formats
    made: Mapping[str, Any]

    def _sheet(
        self, title: str, headers: Sequence[tuple[str, int]], *, frozen: int = 2, paper: int = 9
    ) -> tuple[Any, int]:
        sheet = self.book.add_worksheet(title)
        first = 0
        for warning in self._warnings():
            for column in range(len(headers)):
                sheet.write_blank(first, column, None, self.formats.banner)
            self.formats.put(sheet, (first, 0), warning, self.formats.banner)
            sheet.set_row(first, 22)
            first += 1
        for column, (header, width) in enumerate(headers):
            self.formats.put(sheet, (first, column), header, self.formats.header)
            sheet.set_column(column, column, width)
        fit_height(sheet, first, headers)
        sheet.freeze_panes(first + 1, min(frozen, len(headers)))
        print_on_pages(sheet, header_row=first, paper=paper)
        return sheet, first + 1

    def _warnings(self) -> list[str]:
        warnings = []
        if self.made["simulacao"]:
            reasons = "; ".join(self.made["simulacao"]["motivos"])
            warnings.append(f"SIMULAÇÃO SEM VALOR OFICIAL{': ' if reasons else ''}{reasons}")
        if self.made["ficticio"]:
            warnings.append("VALORES FICTÍCIOS: exemplo ou ensaio, sem valor oficial")
        return warnings

    def _texts(self, sheet: Any, row: int, texts: Sequence[str], headers: Sequence[tuple[str, int]]) -> None:
        """Write a row of wrapped texts, as tall as it needs."""
        for column, text in enumerate(texts):
            self.formats.put(sheet, (row, column), text, self.formats.wrapped)
        fit_height(sheet, row, zip(texts, (width for _header, width in headers), strict=True))

    def scores(self, title: str, rule: Mapping[str, Any]) -> None:
        """Write a sheet with one row per subject of ``rule`` and one column per step, the result first."""
        outcomes = [outcome for outcome in self.made["resultados"] if outcome["regra"] == rule["regra"]]
        steps: dict[str, Mapping[str, Any]] = {}
        for outcome in outcomes:
            steps |= {step["nome"]: step for step in outcome["passos"]}
        result = steps.pop(rule["resultado"], None)
        ordered = [*([result] if result else []), *steps.values()]
        endless = any(_is_endless(step) for outcome in outcomes for step in outcome["passos"][-1:])
        widest = max((len(outcome["chave"]) for outcome in outcomes), default=0)
        headers = [
            ("Sigla", max(12, min(widest + 4, _WIDEST_KEY))),
            ("Nome", 48),
            *((_with_unit(step), 18) for step in ordered),
            *([("Resultado exato", 18)] if endless else []),
        ]
        sheet, first = self._sheet(title, headers)
        for row, outcome in enumerate(outcomes, start=first):
            self.formats.put(sheet, (row, 0), outcome["chave"], self.formats.total)
            self.formats.put(sheet, (row, 1), outcome["nome"], self.formats.wrapped)
            values = {step["nome"]: step for step in outcome["passos"]}
            for column, step in enumerate(ordered, start=2):
                if step["nome"] in values:
                    self._value(sheet, (row, column), values[step["nome"]])
            if _is_endless(outcome["passos"][-1]):
                self._exact(sheet, (row, len(headers) - 1), outcome["passos"][-1])
        if outcomes:
            sheet.autofilter(first - 1, 0, first + len(outcomes) - 1, len(headers) - 1)

    def told(self) -> None:
        """Write a sheet with the dates that follow from results, and what looks wrong."""
        headers = (("Regra", 34), ("Sigla", 16), ("O que há", 80), ("Data", 14), ("Fundamento", 34))
        sheet, row = self._sheet(TOLD, headers)
        labels = {rule["regra"]: rule["rotulo"] for rule in self.made["regras"]}
        for outcome in self.made["resultados"]:
            told = [(made["rotulo"], made["data"], made["fundamento"]) for made in outcome["datas"]]
            told += [(f"Atenção: {one['mensagem']}", "", one["fundamento"]) for one in outcome["avisos"]]
            for what, day, basis in told:
                shown = f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
                texts = (labels[outcome["regra"]], outcome["chave"], what, shown, basis)
                self._texts(sheet, row, texts, headers)
                row += 1

    def _value(self, sheet: Any, place: tuple[int, int], step: Mapping[str, Any]) -> None:
        if step["unidade"]:
            self.formats.put(sheet, place, parse_exact(step["valor"]), self.formats.number(step["casas"]))
        else:
            self.formats.put(sheet, place, step["valor"], self.formats.wrapped)

    def _exact(self, sheet: Any, place: tuple[int, int], step: Mapping[str, Any]) -> None:
        self.formats.put(sheet, place, step["exato"].replace(".", ","), self.formats.fraction)

    def steps(self) -> None:
        """Write a sheet with one row per step of every subject: formula, values, parameters, article, readings."""
        sheet, row = self._sheet(STEPS, _STEP_HEADERS, frozen=3, paper=_A3)
        labels = {rule["regra"]: rule["rotulo"] for rule in self.made["regras"]}
        first = row
        for outcome in self.made["resultados"]:
            for step in outcome["passos"]:
                texts = (labels[outcome["regra"]], outcome["chave"], *_step_texts(step))
                self._texts(sheet, row, texts, _STEP_HEADERS)
                self._value(sheet, (row, 3), step)
                if _is_endless(step):
                    self._exact(sheet, (row, 4), step)
                row += 1
        sheet.autofilter(first - 1, 0, row - 1, len(_STEP_HEADERS) - 1)

    def pending(self) -> None:
        """Write a sheet with what the norm refused, why, and what to do."""
        sheet, first = self._sheet(PENDING, _PENDING_HEADERS)
        for row, pending in enumerate(self.made["pendencias"], start=first):
            texts = (
                pending["rotulo"],
                pending["chave"] or "todos",
                pending["motivo"],
                pending["fundamento"] or "",
                pending["o_que_fazer"] or "",
            )
            self._texts(sheet, row, texts, _PENDING_HEADERS)

    def about(self) -> None:
        """Write a sheet that identifies the calculation: norm, edition, digest, date, engine, source, decisions."""
        headers = (("Item", 30), ("Conteúdo", 110))
        sheet, first = self._sheet(ABOUT, headers, frozen=0)
        for row, (term, text) in enumerate(_identification(self.made), start=first):
            self._texts(sheet, row, (term, text), headers)
            self.formats.put(sheet, (row, 0), term, self.formats.term)


def _identification(made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    source, institution = made["origem"], made["instituicao"]
    yield "Norma", made["titulo"]
    yield "Edição", f"{made['edicao']} ({made['digest']})"
    yield "Data de aplicação", _day(made["em"])
    yield "Calculado por", made["motor"]
    yield (
        "Arquivo de origem",
        f"{source['arquivo']} (SHA-256 {source['sha256']})" if source else "chamada em Python",
    )
    if institution:
        yield "Instituição", institution["nome"]
        for choice in institution["escolhas"]:
            act = f"; {choice['ato']}" if choice["ato"] else ""
            act += f", de {_day(choice['data_do_ato'])}" if choice["data_do_ato"] else ""
            yield f"Decisão: {choice['rotulo']}", f"{choice['valor']}, desde {_day(choice['desde'])}{act}"
    yield "Como conferir", "apura conferir resultado.json"


def _step_texts(step: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        step["rotulo"],
        "",
        "",
        step["unidade"] or "",
        step["formula"],
        step["com_valores"],
        "\n".join(map(_parameter, step["parametros"])),
        step["fundamento"],
        _wording(step["redacao"]),
        "\n".join(f"{reading['texto']} Adotada: {reading['adotada']}." for reading in step["interpretacoes"]),
    )


def _with_unit(step: Mapping[str, Any]) -> str:
    shown = step["unidade"] not in (None, "", "adimensional")
    return f"{step['rotulo']} ({step['unidade']})" if shown else str(step["rotulo"])


def _is_endless(step: Mapping[str, Any]) -> bool:
    """Whether the value shown was rounded for display only."""
    return bool(step["unidade"]) and parse_exact(step["valor"]) != parse_exact(step["exato"])


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _parameter(parameter: Mapping[str, Any]) -> str:
    value = parameter["valor"].replace(".", ",")
    return f"{parameter['rotulo']} = {value} desde {_day(parameter['desde'])} ({parameter['fundamento']})"


def _wording(wording: Mapping[str, Any]) -> str:
    return f"{wording['situacao']}: {wording['ato']}" if wording["ato"] else str(wording["situacao"])
