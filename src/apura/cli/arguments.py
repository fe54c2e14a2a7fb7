"""The subcommands and what each takes. Light on purpose: the code that runs one is imported only when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from apura.calendars import known_calendars
from apura.cli.parser import day, memory, pair, whole, whole_large


def register(commands: Any) -> None:
    """Add every subcommand of the library."""
    for add in (
        _norms,
        _norm,
        _template,
        _calculate,
        _explain,
        _check,
        _simulate,
        _compare,
        _deadline,
        _formula,
        _prove,
        _bulk,
        _generate,
    ):
        add(commands)


def _command(commands: Any, name: str, run: str, *, about: str, after: str = "") -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=f"{about[0].upper()}{about[1:]}.", epilog=after or None
    )
    parser.set_defaults(run=f"apura.cli.{run}")
    return parser


def _norms(commands: Any) -> None:
    _command(commands, "normas", "norm_commands:list_norms", about="lista as normas que a Apura aplica")


def _norm(commands: Any) -> None:
    parser = _command(
        commands, "norma", "norm_commands:show_norm", about="mostra o que uma norma diz em uma data"
    )
    _norm_id(parser)
    dates = parser.add_mutually_exclusive_group()
    dates.add_argument("--em", metavar="DATA", type=day, help="data de aplicação; sem ela, a última em vigor")
    dates.add_argument("--entre", metavar="DATA", type=day, nargs=2, help="o que mudou entre duas datas")


def _template(commands: Any) -> None:
    parser = _command(
        commands, "modelo", "norm_commands:make_template", about="grava a planilha em branco de uma norma"
    )
    _norm_id(parser)
    parser.add_argument("-o", "--saida", metavar="F.xlsx", type=Path, required=True, help="arquivo a gravar")


def _prove(commands: Any) -> None:
    about = "prova as normas: casos resolvidos à mão e cobertura do texto"
    parser = _command(commands, "verificar", "norm_commands:prove", about=about)
    parser.add_argument("norma", metavar="ID", nargs="?", help="só esta norma")


def _calculate(commands: Any) -> None:
    about = "calcula as notas de uma planilha e grava resultado.xlsx, memoria.pdf e resultado.json"
    parser = _command(commands, "calcular", "calculation_commands:calculate_file", about=about)
    _facts(parser)
    parser.add_argument(
        "-o", "--saida", metavar="PASTA", type=Path, help="pasta dos resultados (dispensável com --json)"
    )
    parser.add_argument("--json", action="store_true", help="imprime só o JSON")
    parser.add_argument(
        "--simulacao", action="store_true", help="segue onde a norma recusaria; sem valor oficial"
    )
    parser.add_argument(
        "--sem-anexos", action="store_true", help="PDF sem o JSON dentro, para o SEI e tribunais de contas"
    )
    parser.add_argument(
        "--individuais", action="store_true", help="grava também uma memória por sujeito, em memorias/"
    )
    parser.add_argument(
        "--anotar", metavar="F.xlsx", type=Path, help="se houver erros, grava a planilha com eles marcados"
    )


def _explain(commands: Any) -> None:
    about = "abre o cálculo de um sujeito, passo a passo"
    parser = _command(
        commands,
        "explicar",
        "calculation_commands:explain_subject",
        about=about,
        after="De uma planilha: ARQUIVO e --em. De um lote já feito: --resultado PASTA, sem os dois.",
    )
    _facts(parser, is_optional=True)
    parser.add_argument("--resultado", metavar="PASTA", type=Path, help="pasta que apura lote gravou")
    parser.add_argument("--chave", metavar="C", required=True, help="sigla ou código de quem se quer ver")


def _check(commands: Any) -> None:
    about = "confere um resultado.json sem a planilha, refazendo as contas"
    parser = _command(commands, "conferir", "calculation_commands:check_document", about=about)
    parser.add_argument("arquivo", metavar="resultado.json", type=Path, help="o documento a conferir")


def _simulate(commands: Any) -> None:
    about = "mostra quem ganha e quem perde se a regra fosse lida, ou escrita, de outro modo"
    parser = _command(
        commands,
        "simular",
        "simulation_commands:simulate_file",
        about=about,
        after="exemplos:\n"
        '  apura simular almg-2554-2012 planilha.xlsx --em 31/12/2015 --leitura art-13-dia="dia útil" -o pasta\n'
        "  apura simular almg-2554-2012 planilha.xlsx --em 31/12/2015 --parametro perda_por_dia=0,10 -o pasta\n"
        "  apura simular cge-mt-81-2019 --resultado lote --parametro pontos_por_dia_de_substituicao=1,5 -o pasta",
    )
    _facts(parser, is_optional=True)
    parser.add_argument(
        "--resultado", metavar="PASTA", type=Path, help="um lote já feito, no lugar de ARQUIVO e --em"
    )
    parser.add_argument(
        "--memoria", metavar="512MB", type=memory, help="o mais que o motor do lote pode usar"
    )
    for option, name, about in (
        ("--leitura", "nome=leitura", "outra leitura de uma interpretação (repete-se)"),
        ("--parametro", "nome=valor", "outro valor de um parâmetro, mesmo fixado pela norma (repete-se)"),
    ):
        parser.add_argument(option, metavar=name, type=pair, action="append", default=[], help=about)
    parser.add_argument(
        "--redacao", metavar="DATA", type=day, help="a redação de outra data; prazos e fatos ficam na de --em"
    )
    parser.add_argument("--pacote", metavar="PASTA", type=Path, help="um pacote inteiro da norma, editado")
    parser.add_argument("-o", "--saida", metavar="PASTA", type=Path, help="pasta (dispensável com --json)")
    parser.add_argument("--json", action="store_true", help="imprime só o JSON")


def _compare(commands: Any) -> None:
    about = "compara dois resultado.json, ou duas pastas de lote: quem mudou, em quanto e em que passo"
    parser = _command(commands, "comparar", "simulation_commands:compare_documents", about=about)
    parser.add_argument(
        "antes", metavar="A", type=Path, help="o resultado de antes: A.json, ou a pasta de um lote"
    )
    parser.add_argument("depois", metavar="B", type=Path, help="o de depois")
    parser.add_argument("--json", action="store_true", help="imprime só o JSON")


def _deadline(commands: Any) -> None:
    parser = _command(
        commands,
        "prazo",
        "deadline_command:tell_deadline",
        about="diz quando vence um prazo, de uma norma ou contado de uma data, e por quê",
        after="exemplos:\n  apura prazo almg-2554-2012 relatorio_anual --ano 2014\n"
        "  apura prazo --inicio 31/08/2014 --dias 30 --calendario GO\n\n"
        f"calendários: {', '.join(known_calendars())}",
    )
    parser.add_argument("norma", metavar="ID", nargs="?", help="identificador da norma")
    parser.add_argument("prazo", metavar="PRAZO", nargs="?", help="nome do prazo, como relatorio_parcial")
    parser.add_argument("--ano", metavar="AAAA", type=whole, help="ano apurado")
    parser.add_argument("--inicio", metavar="DATA", type=day, help="data do fato de que o prazo corre")
    parser.add_argument("--dias", metavar="N", type=whole, help="quantos dias, sem norma")
    parser.add_argument("--uteis", action="store_true", help="dias úteis em vez de corridos")
    parser.add_argument("--calendario", metavar="C", help="calendário, como MG ou MG-BH; sem ele, o da norma")
    parser.add_argument(
        "--sem-expediente",
        metavar="DATA",
        type=day,
        action="append",
        default=[],
        help="dia sem expediente (repete-se)",
    )
    parser.add_argument("--instituicao", metavar="F.toml", type=Path, help="decisões da instituição")


def _formula(commands: Any) -> None:
    parser = _command(
        commands,
        "formula",
        "formula_command:explain_formula",
        about="lê uma fórmula, diz o que ela significa e a calcula",
        after='exemplos:\n  apura formula "arred(100 * entregues / total; 2)" entregues=7 total=9\n'
        '  apura formula "arred(soma(itens.peso * itens.nota) / soma(itens.peso); 2)" '
        '"itens.peso=3;2" "itens.nota=9,5;8"',
    )
    parser.add_argument("texto", metavar="TEXTO", help="a fórmula, entre aspas")
    parser.add_argument(
        "valores",
        metavar="nome=valor",
        nargs="*",
        help='números (8,5), códigos ("S") ou listas (itens.nota=8;9)',
    )


def _bulk(commands: Any) -> None:
    parser = _command(
        commands,
        "lote",
        "bulk_commands:run_bulk",
        about="calcula uma norma sobre milhões de registros",
        after="A pasta de dados tem, de cada regra, REGRA.parquet (ou .csv) com os sujeitos e "
        "REGRA.RELACAO.parquet com os registros. Interrompido, o comando repetido continua de onde parou.",
    )
    _norm_id(parser)
    parser.add_argument("--dados", metavar="PASTA", type=Path, required=True, help="pasta dos fatos")
    parser.add_argument("--em", metavar="DATA", type=day, required=True, help="último dia do período apurado")
    parser.add_argument("-o", "--saida", metavar="PASTA", type=Path, required=True, help="pasta a criar")
    parser.add_argument("--instituicao", metavar="F.toml", type=Path, help="decisões da instituição")
    parser.add_argument("--memoria", metavar="512MB", type=memory, help="o mais que o motor pode usar")
    parser.add_argument("--motor", choices=("duckdb", "spark"), default="duckdb", help="que motor calcula")
    parser.add_argument("--nucleos", metavar="N", type=whole, help="quantos núcleos usar; sem ele, todos")
    parser.add_argument("--simulacao", action="store_true", help="sem valor oficial; ver apura simular")
    parser.add_argument("--json", action="store_true", help="imprime o registro da execução em JSON")


def _generate(commands: Any) -> None:
    parser = _command(
        commands,
        "gerar-dados",
        "bulk_generating:generate_data",
        about="gera fatos fictícios de qualquer tamanho, para experimentar o lote",
    )
    _norm_id(parser)
    parser.add_argument("--pessoas", metavar="N", type=whole_large, required=True, help="quantos sujeitos")
    parser.add_argument("--registros", metavar="N", type=whole_large, required=True, help="quantos registros")
    parser.add_argument(
        "--semente", metavar="N", type=whole, default=1, help="a mesma semente, os mesmos fatos"
    )
    parser.add_argument("--em", metavar="DATA", type=day, required=True, help="último dia do período apurado")
    parser.add_argument("-o", "--saida", metavar="PASTA", type=Path, required=True, help="pasta a criar")
    parser.add_argument("--regra", metavar="R", action="append", help="só esta regra; pode repetir")


def _norm_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("norma", metavar="ID", help="identificador da norma, como almg-2554-2012")


def _facts(parser: argparse.ArgumentParser, *, is_optional: bool = False) -> None:
    _norm_id(parser)
    about = "planilha (xlsx, xls, ods) ou csv"
    parser.add_argument(
        "arquivo", metavar="ARQUIVO", type=Path, help=about, nargs="?" if is_optional else None
    )
    parser.add_argument(
        "--em",
        metavar="DATA",
        type=day,
        required=not is_optional,
        help="data de aplicação; na apuração anual, 31/12 do ano",
    )
    parser.add_argument("--regra", metavar="R", help="só esta regra e as que ela lê (obrigatória com csv)")
    parser.add_argument(
        "--instituicao", metavar="F.toml", type=Path, help="decisões da instituição: leituras e valores"
    )
