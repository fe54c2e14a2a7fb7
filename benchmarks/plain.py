"""The same score in plain Python, as an office would write it: no source, no date, no explanation kept apart."""

from fractions import Fraction

from benchmarks.bodies import ANNUAL_DUE, PARTIAL_DUE, Body

A_DAY = Fraction(1, 5)


def score(body: Body) -> Fraction:
    """Give the body its points, from 0 to 10."""
    partial = 1 - min(1, A_DAY * max(0, (body.partial_on - PARTIAL_DUE).days))
    total = partial + Fraction(3 * body.partial_content, 100) + Fraction(body.partial_talk, 100)
    if body.annual_on is not None:
        total += 1 - min(1, A_DAY * max(0, (body.annual_on - ANNUAL_DUE).days))
        total += Fraction(3 * body.annual_content, 100)
    return total + Fraction(body.annual_talk, 100)


def told(body: Body) -> list[str]:
    """Do the same, with a line of text per step."""
    lines = []
    late = max(0, (body.partial_on - PARTIAL_DUE).days)
    loss = min(1, A_DAY * late)
    lines.append(f"Perda por atraso do relatório parcial: min(1; 0,20 × {late}) = {loss} (art. 13)")
    lines.append(f"Tempestividade do relatório parcial: 1 − {loss} = {1 - loss} (art. 13; Anexo II)")
    content = Fraction(3 * body.partial_content, 100)
    lines.append(f"Conteúdo do relatório parcial: 3 × {body.partial_content} ÷ 100 = {content} (Anexo II)")
    talk = Fraction(body.partial_talk, 100)
    lines.append(f"Apresentação de janeiro a junho: 1 × {body.partial_talk} ÷ 100 = {talk} (Anexo II)")
    year = Fraction(0)
    if body.annual_on is not None:
        late = max(0, (body.annual_on - ANNUAL_DUE).days)
        lost = min(1, A_DAY * late)
        lines.append(f"Perda por atraso do relatório anual: min(1; 0,20 × {late}) = {lost} (art. 13)")
        lines.append(f"Tempestividade do relatório anual: 1 − {lost} = {1 - lost} (art. 13; Anexo II)")
        whole = Fraction(3 * body.annual_content, 100)
        lines.append(f"Conteúdo do relatório anual: 3 × {body.annual_content} ÷ 100 = {whole} (Anexo II)")
        year = 1 - lost + whole
    lines.append(f"Apresentação do ano: 1 × {body.annual_talk} ÷ 100 (Anexo II)")
    lines.append(f"Nota: {1 - loss + content + talk + year + Fraction(body.annual_talk, 100)}")
    return lines
