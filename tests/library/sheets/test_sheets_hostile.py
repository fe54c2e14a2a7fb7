"""Files that are broken, protected or made to harm: one sentence with what to do, and nothing of ours falls."""

import contextlib
import io
import os
import random
import zipfile
from pathlib import Path

import pytest
import xlwt
from workbook_files import (
    HEAD,
    ITEMS_HEAD,
    MAIN,
    ROW,
    WIDE,
    Book,
    Sheet,
    entregas,
    ods,
    ods_row,
    ods_table,
    xlsx,
)

from apura.norms import BadInput
from apura.sheets import confined, limits, packaged, read_facts


def refusal(path: Path) -> str:
    """The one sentence a file that cannot be read gets."""
    with pytest.raises(BadInput) as refused:
        read_facts(path, WIDE)
    (problem,) = refused.value.problems
    assert problem.sheet == path.name
    return problem.message


def outcome(path: Path) -> str:
    """What is said of a file that may be read or not: nothing when it is read, one sentence when it is not."""
    try:
        read_facts(path, WIDE)
    except BadInput as refused:
        return ", ".join(problem.message for problem in refused.problems)
    return ""


def good(tmp_path: Path) -> bytes:
    """The bytes of a workbook that is right."""
    return xlsx(tmp_path / "certo.xlsx", entregas(ROW)).read_bytes()


def broken(tmp_path: Path, data: bytes, *, name: str = "f.xlsx") -> Path:
    """A file with these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def packed(tmp_path: Path, parts: dict[str, str | bytes], *, name: str = "f.xlsx") -> Path:
    """A compressed folder with these parts."""
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "pasta.xlsx").mkdir()
    (tmp_path / "vazio.ods").touch()

    assert refusal(tmp_path / "não há.xlsx") == "o arquivo não existe; confira o nome e a pasta"
    assert refusal(tmp_path / "pasta.xlsx") == "não é um arquivo: indique a planilha, e não uma pasta"
    assert refusal(tmp_path / "vazio.ods") == "o arquivo está vazio; salve-o de novo no editor de planilhas"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cano.xlsx")

    assert "não é um arquivo" in refusal(tmp_path / "cano.xlsx")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW))

    def forbidden(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "não tem permissão para ler" in refusal(path)


def test_a_link_that_turns_on_itself_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "a.xlsx")

    assert "não" in refusal(tmp_path / "a.xlsx")


def test_a_kind_that_is_not_read_names_those_that_are(tmp_path: Path) -> None:
    assert refusal(tmp_path / "f.pdf") == "o tipo “.pdf” não é lido; use xlsx, xls, ods ou csv"
    assert refusal(tmp_path / "f") == "o tipo “sem extensão” não é lido; use xlsx, xls, ods ou csv"


@pytest.mark.parametrize("name", ["com espaço e ação.xlsx", "-o.xlsx", "日本.XLSX", "a'b\"c;d.xlsx"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    source = read_facts(broken(tmp_path, good(tmp_path), name=name), WIDE).raw.source

    assert source is not None
    assert source.file == name


def test_a_name_in_another_encoding_is_shown_as_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd3rg\xe3os.xlsx"))
    path.write_bytes(good(tmp_path))
    source = read_facts(path, WIDE).raw.source

    assert source is not None
    assert source.file == "\ufffdrg\ufffdos.xlsx"


def test_the_content_counts_and_not_the_end_of_the_name(tmp_path: Path) -> None:
    assert read_facts(broken(tmp_path, good(tmp_path), name="f.xls"), WIDE).problems == ()
    assert read_facts(broken(tmp_path, good(tmp_path), name="f.ods"), WIDE).problems == ()
    assert "se for texto (csv), o nome deve terminar em .csv" in refusal(
        broken(tmp_path, b"Sigla;Nome\nE1;x\n")
    )


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"qualquer.txt": "x"}, "não é uma planilha xlsx ou ods, ou está incompleto"),
        ({"xl/workbook.bin": "x"}, "é uma planilha xlsb; salve uma cópia como xlsx"),
        ({"xl/workbook.xml": "<workbook/>"}, "está corrompido ou incompleto"),
        (
            {"content.xml": "<a>"},
            "está corrompido ou incompleto; abra-o no editor de planilhas e salve de novo",
        ),
        (
            {"content.xml": b"\x8a\x1c", "META-INF/manifest.xml": "<m:encryption-data/>"},
            "está protegido por senha; salve uma cópia sem senha",
        ),
    ],
)
def test_a_compressed_file_that_is_no_workbook_says_what_it_is(
    tmp_path: Path, parts: dict[str, str | bytes], message: str
) -> None:
    assert message in refusal(packed(tmp_path, parts))


def test_a_password_is_named_in_every_format(tmp_path: Path) -> None:
    outside = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    package = outside + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    book = xlwt.Workbook()
    book.add_sheet("Entregas")
    book.protect, book.wnd_protect, book.obj_protect = True, True, True
    kept = io.BytesIO()
    book.save(kept)
    encrypted = kept.getvalue().replace(b"\x09\x08\x10\x00", b"\x09\x08\x10\x00", 1)

    assert refusal(broken(tmp_path, package)) == "está protegido por senha; salve uma cópia sem senha"
    assert refusal(broken(tmp_path, with_filepass(encrypted), name="f.xls")) == (
        "está protegido por senha; salve uma cópia sem senha"
    )
    assert "está corrompido" in refusal(broken(tmp_path, outside, name="f.xls"))


def with_filepass(data: bytes) -> bytes:
    """An xls with the record that says it is encrypted put right after the first one."""
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = start + 4 + 16
    record = b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)
    return data[:after] + record + data[after + len(record) :]


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    whole = good(tmp_path)

    for length in (3, 10, len(whole) // 2, len(whole) - 1):
        assert "corrompido" in refusal(broken(tmp_path, whole[:length])) or length < 4


def bomb(tmp_path: Path, part: str, *, megabytes: int) -> Path:
    """A good workbook with a part made of a great many spaces."""
    filler = f'<x xmlns="{MAIN}">' + " " * (megabytes * 2**20) + "</x>"
    return xlsx(tmp_path / "f.xlsx", Book(entregas(ROW), others={part: filler}))


def test_a_bomb_that_declares_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/bomb.xml", "w") as part:
            for _ in range(620):
                part.write(bytes(2**20))

    assert refusal(path).startswith("descompactado, o arquivo teria 620 MB; o máximo é 600 MB")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, part: str) -> None:
    path = bomb(tmp_path, part, megabytes=30)
    data = bytearray(path.read_bytes())
    real = (30 * 2**20 + len(f'<x xmlns="{MAIN}"></x>')).to_bytes(4, "little")
    assert data.count(real) >= 1
    path.write_bytes(bytes(data).replace(real, (100).to_bytes(4, "little")))

    with pytest.raises(BadInput, match=r"corrompido|derrubou o leitor"):
        read_facts(path, WIDE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_document_type_declarations_are_refused_in_any_encoding(
    tmp_path: Path, encoding: str, part: str
) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e29;</x>'
    )
    path = xlsx(tmp_path / "f.xlsx", Book(entregas(ROW), others={part: text.encode(encoding)}))  # type: ignore[dict-item]

    assert "declarações que uma planilha não tem" in refusal(path)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "há conteúdo na linha 1048576, coluna 16384",
        ),
        ('<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "há conteúdo na linha 9999999"),
        (
            '<row r="200000"><c r="SF200000"><v>1</v></c></row>',
            "o conteúdo se espalha por 200000 linhas e 500 colunas",
        ),
        ('<row r="9"><c r="??"><v>1</v></c></row>', "há uma célula sem endereço"),
    ],
)
def test_a_cell_at_the_end_of_the_sheet_is_refused_with_its_place(
    tmp_path: Path, extra: str, message: str
) -> None:
    path = xlsx(tmp_path / "f.xlsx", {"Entregas": Sheet((HEAD, ROW), extra=extra), "Itens": (ITEMS_HEAD,)})

    assert message in refusal(path)


def test_the_far_blank_corner_that_editors_leave_is_nothing(tmp_path: Path) -> None:
    extra = '<row r="1048576" hidden="1"><c r="XFD1048576" s="1"/></row>'
    path = xlsx(tmp_path / "f.xlsx", {"Entregas": Sheet((HEAD, ROW), extra=extra), "Itens": (ITEMS_HEAD,)})

    assert read_facts(path, WIDE).problems == ()


def test_cells_without_an_address_follow_one_another(tmp_path: Path) -> None:
    extra = (
        '<row><c t="inlineStr"><is><t>E2</t></is></c><c/><c t="inlineStr"><is><t>cancelada</t></is></c></row>'
    )
    path = xlsx(tmp_path / "f.xlsx", {"Entregas": Sheet((HEAD, ROW), extra=extra), "Itens": (ITEMS_HEAD,)})

    assert [row.values["chave"] for row in read_facts(path, WIDE).raw.subjects["entrega"]] == ["E1", "E2"]


@pytest.mark.parametrize(
    ("repeat", "message"),
    [
        ('table:number-rows-repeated="1000000"', "há conteúdo na linha 1000001"),
        ('table:number-rows-repeated="99999999999999999999"', "há conteúdo na linha"),
        ('table:number-rows-repeated="muitas"', "está corrompido"),
    ],
)
def test_rows_repeated_without_end_are_refused(tmp_path: Path, repeat: str, message: str) -> None:
    table = ods_table("Entregas", [ods_row(*HEAD), ods_row("E1", attributes=repeat)])

    assert message in refusal(ods(tmp_path / "f.ods", table))


def test_columns_repeated_without_end_are_refused(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="99999"/>'
    )
    many = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="500"/>'
    )

    assert "coluna 99999" in refusal(ods(tmp_path / "a.ods", ods_table("Entregas", [ods_row(cell)])))
    rows = ods_row(many, attributes='table:number-rows-repeated="50000"')
    assert "mais de 1500000 células" in refusal(ods(tmp_path / "b.ods", ods_table("Entregas", [rows])))


def test_thousands_of_sheets_are_refused(tmp_path: Path) -> None:
    many = {f"P{number}": ((1,),) for number in range(301)}

    assert "o arquivo tem 301 planilhas; o máximo é 300" in refusal(xlsx(tmp_path / "f.xlsx", many))
    parts: dict[str, str | bytes] = {f"xl/p{n}.xml": "" for n in range(2001)}
    assert "o arquivo tem 2001 partes internas" in refusal(packed(tmp_path, parts))
    tables = "".join(ods_table(f"P{number}", []) for number in range(301))
    assert "301 planilhas" in refusal(ods(tmp_path / "f.ods", tables))


def test_a_count_of_shared_texts_that_lies_does_no_harm(tmp_path: Path) -> None:
    shared = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    path = xlsx(tmp_path / "f.xlsx", Book(entregas(ROW), others={"xl/sharedStrings.xml": shared}))

    assert outcome(path) == "" or "derrubou o leitor" in outcome(path)


def test_the_same_long_text_in_a_great_many_cells_is_refused(tmp_path: Path) -> None:
    cells = '<c r="A{0}" t="s"><v>0</v></c>'
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 4001))
    text = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="r2" Type="http://x/worksheet" Target="worksheets/sheet2.xml"/>'
        '<Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    )
    others = {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": text,
        "xl/_rels/workbook.xml.rels": related,
    }
    path = xlsx(tmp_path / "f.xlsx", Book(entregas(ROW), others=others))

    assert "mais de 100000000 caracteres" in refusal(path)


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with path.open("wb") as large:
        large.truncate(limits.MAX_FILE + 1)

    assert refusal(path).startswith("o arquivo tem 50 MB; o máximo é 50 MB")


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0)

    assert "demorou demais e foi interrompida" in refusal(xlsx(tmp_path / "f.xlsx", entregas(ROW)))


def test_a_reader_that_dies_is_told_and_its_last_words_are_kept() -> None:
    with pytest.raises(BadInput, match=r"f\.xlsx: o arquivo derrubou o leitor") as refused:
        confined.ask("apura.sheets.nothing", b"", file="f.xlsx")

    assert "No module named" in str(refused.value.__cause__)


def test_modules_of_the_folder_where_one_stands_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW))
    (tmp_path / "json.py").write_text("raise SystemExit('não devia rodar')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert read_facts(path, WIDE).problems == ()


@pytest.mark.parametrize("seed", range(12))
def test_noise_gets_a_sentence(tmp_path: Path, seed: int) -> None:
    start = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"")[seed % 3]
    noise = random.Random(seed).randbytes(2_000)  # noqa: S311 - noise, not a secret

    assert refusal(broken(tmp_path, start + noise, name="f" + (".xlsx", ".xls", ".ods")[seed % 3]))


def mutated(data: bytes, seed: int) -> bytes:
    """The same bytes with a few changed, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - mutations, not secrets
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("seed", range(24))
def test_a_workbook_with_bytes_changed_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    kinds = (
        good(tmp_path),
        example_xls(),
        ods(tmp_path / "c.ods", ods_table("Entregas", [ods_row(*HEAD)])).read_bytes(),
    )
    path = broken(tmp_path, mutated(kinds[seed % 3], seed), name="f" + (".xlsx", ".xls", ".ods")[seed % 3])

    said = outcome(path)

    assert not said or said.endswith(("de novo", "sem senha", "como xlsx", "tabela"))


def example_xls() -> bytes:
    """The bytes of a small xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Entregas")
    for at, title in enumerate(HEAD):
        sheet.write(0, at, title)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_parts_with_characters_changed_are_read_or_refused_by_name(tmp_path: Path) -> None:
    for seed in range(400):
        path = xlsx(tmp_path / "f.xlsx", entregas(ROW))
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        touched = sorted(parts)[seed % len(parts)]
        parts[touched] = mutated(parts[touched], seed)
        data = packed(tmp_path, dict(parts)).read_bytes()
        with contextlib.suppress(packaged.Unreadable, limits.TooMuch):
            packaged.read_packaged(data)
