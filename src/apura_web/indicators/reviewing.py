"""The checklist of the annual analysis of quality.

The guide (NGER, III.4) asks for the analysis and lists no criteria: these are the platform's working list, after the
properties that Brazilian manuals of indicators usually ask for, and each institution may set its own later.
"""

from __future__ import annotations

CRITERIA: dict[str, tuple[str, str]] = {
    "validade": ("Validade", "Mede o que a ficha diz que mede, e não outra coisa."),
    "utilidade": ("Utilidade", "Serve a uma decisão que alguém toma."),
    "confiabilidade": (
        "Confiabilidade",
        "Quem repetir a coleta pelo procedimento da ficha chega ao mesmo número.",
    ),
    "compreensao": ("Compreensão", "Quem não é da área entende o nome, a fórmula e a unidade."),
    "sensibilidade": ("Sensibilidade", "Muda quando a realidade muda."),
    "tempestividade": ("Tempestividade da fonte", "A fonte divulga a tempo de decidir."),
    "comparabilidade": ("Comparabilidade", "Pode ser comparado ao longo do tempo e entre unidades."),
    "desagregacao": ("Desagregação", "Abre-se pelas partes que importam."),
    "custo": ("Custo", "Medir custa menos do que vale saber."),
    "meta": ("Meta", "A meta é desafiadora e possível, e se sabe de onde veio."),
}
ANSWERS = {
    "atende": "Atende",
    "parcial": "Atende em parte",
    "nao_atende": "Não atende",
    "nao_avaliado": "Não avaliado",
}
