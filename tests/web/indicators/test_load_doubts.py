"""Strange results of a load: listed as doubts, justified once for all, computed from the file and the ledger.

IND-1 is the share closed in time, plausible from 0 to 100 %; it may vary 50 % from one period to the next.
"""

from collections.abc import Iterator
from fractions import Fraction
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from addresses import add_more
from apura_web.audit.verification import verify
from apura_web.foundation import jobs
from apura_web.indicators.models import Indicator, Load, Measurement
from apura_web.indicators.periods import Period
from apura_web.indicators.services import load_comparing, load_posting, load_reading, load_runs
from cast import Cast, House
from ledgers import share
from measuring import FIRST, SECOND, THIRD, approved, measured_by
from visits import work_off

HEADER = "indicador;unidade;início;fim;variável;valor;motivo\n"
WHY = "Mutirão de conclusão, conferido no protocolo."
Lines = list[tuple[str, Period, str, int]]


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    found = approved(cast.house, "IND-1", variation_limit=Fraction(50))
    measured_by(cast.house, found, "SAU", "EDU", "ATE")
    jobs.beat("vivo", timezone.now())
    return cast.house


@pytest.fixture
def indicator(house: House) -> Indicator:
    return Indicator.objects.get()


@pytest.fixture
def sara(client: Client, house: House) -> Client:
    return enter(client, house, "Sara")


@pytest.fixture
def by_small_pieces() -> Iterator[None]:
    with (
        patch.multiple(load_runs, FEW_BYTES=-1, FEW_ROWS=-1, BREATH=0),
        patch.object(load_reading, "PIECE", 2),
        patch.object(load_comparing, "STRIDE", 1),
        patch.object(load_posting, "CHUNK", 2),
    ):
        yield


def send(client: Client, lines: Lines, reason: str = "") -> str:
    content = HEADER + "".join(
        f"IND-1;{unit};{each.start:%d/%m/%Y};{each.end:%d/%m/%Y};{variable};{number};{reason}\n"
        for unit, each, variable, number in lines
    )
    fields = {"reason": "Sistema antigo", "under": "", "decimals": "virgula"}
    file = SimpleUploadedFile("serie.csv", content.encode())
    return str(client.post("/cargas/lote/", {**fields, "file": file})["Location"])


def pair(unit: str, period: Period, numbers: tuple[int, int]) -> Lines:
    return [(unit, period, "no_prazo", numbers[0]), (unit, period, "concluidos", numbers[1])]


def reasons() -> dict[tuple[str, int], str]:
    rows = Measurement.objects.exclude(batch__channel="correcao").select_related("unit")
    return {(row.unit.acronym, int(row.value or 0)): row.reason for row in rows}


def test_a_result_outside_the_limits_is_a_doubt_and_one_justification_goes_with_its_values(
    sara: Client, house: House
) -> None:
    # 48 ÷ 40 = 120 %, more than the greatest plausible; 30 ÷ 50 = 60 %, inside.
    url = send(sara, [*pair("SAU", FIRST, (48, 40)), *pair("EDU", FIRST, (30, 50))])
    page = text_of(sara.get(url))
    assert "A justificar: 1 resultado fora do esperado" in page
    assert "serie.csv: linha 3 – IND-1, SAU, 1º quadrimestre de 2025: 120,00 % está acima" in page
    assert "120,00 % está acima do maior valor plausível da ficha, 100,00 %." in page
    assert "60,00 %" not in page
    refused = sara.post(url, {"justification": "  "})
    assert "Preencha este campo." in text_of(refused)
    assert Measurement.objects.count() == 0
    sara.post(url, {"justification": WHY})
    assert reasons() == {("SAU", 48): WHY, ("SAU", 40): WHY, ("EDU", 30): "", ("EDU", 50): ""}
    assert verify(house.institution).is_whole


def test_the_whole_list_of_doubts_is_taken_away(sara: Client) -> None:
    url = send(sara, [*pair("SAU", FIRST, (48, 40)), *pair("EDU", FIRST, (90, 50))])
    listed = b"".join(sara.get(f"{url}resultados-a-justificar/")).decode()
    assert [line.split(";")[:2] for line in listed.splitlines()[1:]] == [
        ["serie.csv", "3"],
        ["serie.csv", "5"],
    ]
    assert "180,00 % está acima" in listed
    assert "erros" not in sara.get(f"{url}resultados-a-justificar/")["Content-Disposition"]


def test_what_is_in_the_ledger_completes_what_the_file_brings(
    sara: Client, house: House, indicator: Indicator
) -> None:
    share(house, indicator, ("SAU", FIRST), (30, 40))
    page = text_of(sara.get(send(sara, [("SAU", FIRST, "no_prazo", 44)])))
    assert "110,00 % está acima" in page  # 44 ÷ 40
    alone = text_of(sara.get(send(sara, [("EDU", FIRST, "no_prazo", 44)])))
    assert "A justificar" not in alone  # there is nothing to divide by


def test_a_jump_from_the_period_before_is_a_doubt_whether_that_is_in_the_file_or_in_the_ledger(
    sara: Client, house: House, indicator: Indicator
) -> None:
    share(house, indicator, ("SAU", FIRST), (20, 50))
    # SAU: from 40 % in the ledger to 90 %; EDU: from 40 % in the file to 90 %; ATE: from 80 % to 90 %.
    lines = [
        *pair("SAU", SECOND, (45, 50)),
        *pair("EDU", FIRST, (20, 50)),
        *pair("EDU", SECOND, (45, 50)),
        *pair("ATE", FIRST, (40, 50)),
        *pair("ATE", SECOND, (45, 50)),
    ]
    page = text_of(sara.get(send(sara, lines)))
    assert "A justificar: 2 resultados fora do esperado" in page
    assert page.count("90,00 % varia mais de 50 % em relação ao período anterior (40,00 %).") == 2


def test_piece_by_piece_the_doubts_are_the_same_and_none_is_doubled(
    sara: Client, house: House, by_small_pieces: None
) -> None:
    lines = [
        *pair("EDU", FIRST, (20, 50)),
        *pair("EDU", SECOND, (45, 50)),  # from 40 % to 90 %
        *pair("EDU", THIRD, (60, 50)),  # 120 %, from 90 %: a third more
        *pair("SAU", THIRD, (10, 50)),
    ]
    url = send(sara, lines)
    work_off()
    load = Load.objects.get()
    assert (load.doubt_count, load.problems.count(), load.rows.filter(is_doubtful=True).count()) == (2, 2, 4)
    with patch.object(load_comparing, "_finish", side_effect=RuntimeError("caiu")):
        load_comparing.compare_again(load)
        with pytest.raises(RuntimeError):
            load_comparing.compare_some(Load.objects.get(), float("inf"))
    load_comparing.compare_some(Load.objects.get(), float("inf"))
    again = Load.objects.get()
    assert (again.doubt_count, again.problems.count(), again.phase) == (2, 2, "conferencia")
    sara.post(url, {"justification": WHY})
    work_off()
    assert {key for key, why in reasons().items() if why == WHY} == {("EDU", 45), ("EDU", 50), ("EDU", 60)}
    assert Measurement.objects.filter(reason=WHY).count() == 4
    assert verify(house.institution).is_whole


def test_a_row_with_its_own_reason_needs_no_other_and_a_file_sent_again_changes_nothing(
    sara: Client, house: House
) -> None:
    lines = pair("SAU", FIRST, (48, 40))
    own = text_of(sara.get(send(sara, lines, reason="Mutirão")))
    assert "A justificar" not in own
    url = send(sara, lines)
    sara.post(url, {"justification": WHY})
    same = text_of(sara.get(send(sara, lines)))
    assert "Nada a gravar" in same
    assert "A justificar" not in same


def test_a_result_without_memory_is_asked_about_too(sara: Client, house: House) -> None:
    content = "indicador;unidade;período;variável;valor\nIND-1;SAU;1º quadrimestre de 2025;;130\n"
    fields = {"reason": "Planilha antiga", "under": ""}
    file = SimpleUploadedFile("anos.csv", content.encode())
    url = sara.post("/cargas/anos-anteriores/", {**fields, "file": file})["Location"]
    assert "130,00 % está acima" in text_of(sara.get(url))
    sara.post(url, {"justification": WHY})
    assert Measurement.objects.get().reason == WHY
