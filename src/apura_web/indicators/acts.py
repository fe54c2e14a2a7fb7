"""What may be done with indicators, targets, collections and the ledger."""

from apura_web.audit.actors import Role
from apura_web.audit.acts import Act, declare

CENTRAL = frozenset({Role.CENTRAL_ANALYST})
SETTERS = frozenset({Role.COORDINATOR, Role.CENTRAL_ANALYST})
AUTHORS = SETTERS | {Role.HEAD, Role.MANAGER, Role.PROCESS_AGENT}
SENDERS = frozenset({Role.MANAGER, Role.PROCESS_AGENT, Role.COORDINATOR, Role.HEAD})
TYPISTS = SENDERS | {Role.SERVANT}
"""Who may fill the grid of a unit: also whoever is posted there; sending is for who answers for it."""
SPEAKERS = AUTHORS | {Role.SERVANT, Role.COMMISSION_MEMBER}

declare(
    Act("indicators.indicator.register", "registrou o indicador", AUTHORS, "unit", "Criar indicador"),
    Act("indicators.card.propose", "iniciou a revisão da ficha", AUTHORS, "indicator", "Rever ficha"),
    Act("indicators.card.draft", "alterou a proposta de ficha", AUTHORS, "proposal", "Gravar proposta"),
    Act("indicators.card.send", "enviou a proposta de ficha", AUTHORS, "proposal", "Enviar para análise"),
    Act(
        "indicators.card.return",
        "devolveu a proposta de ficha para complementação",
        CENTRAL,
        "proposal",
        "Devolver para complementação",
    ),
    Act("indicators.card.examine", "manifestou-se sobre a ficha", CENTRAL, "proposal", "Emitir manifestação"),
    Act(
        "indicators.card.approve",
        "registrou a aprovação da ficha",
        CENTRAL,
        "proposal",
        "Registrar aprovação",
    ),
    Act("indicators.card.drop", "retirou a proposta de ficha", AUTHORS, "proposal", "Retirar proposta"),
    Act("indicators.assignment.make", "designou unidade que apura", SETTERS, "indicator", "Designar unidade"),
    Act(
        "indicators.assignment.end",
        "encerrou a apuração da unidade",
        SETTERS,
        "assignment",
        "Encerrar apuração",
    ),
    Act("indicators.baseline.set", "fixou a linha de base", SETTERS, "indicator", "Fixar linha de base"),
    Act("indicators.target.set", "fixou a meta", SETTERS, "indicator", "Fixar metas"),
    Act("indicators.round.open", "abriu a coleta", CENTRAL, "place", "Abrir coleta"),
    Act("indicators.round.change", "alterou os prazos da coleta", CENTRAL, "collection", "Alterar prazos"),
    Act("indicators.submission.send", "enviou as apurações", SENDERS, "submission", "Enviar apurações"),
    Act(
        "indicators.submission.return",
        "devolveu as apurações para complementação",
        SETTERS,
        "submission",
        "Devolver para complementação",
    ),
    Act("indicators.submission.accept", "aceitou as apurações", SETTERS, "submission", "Aceitar apurações"),
    Act("indicators.submission.unlock", "reabriu a coleta da unidade", CENTRAL, "submission", "Reabrir"),
    Act("indicators.submission.chase", "cobrou as apurações", SETTERS, "submission", "Cobrar"),
    Act("indicators.measurement.correct", "corrigiu a apuração", SETTERS, "unit", "Corrigir apuração"),
    Act(
        "indicators.measurement.verify", "verificou a apuração", CENTRAL, "unit", "Registrar valor verificado"
    ),
    Act("indicators.measurement.ratify", "registrou a homologação", CENTRAL, "unit", "Registrar homologação"),
    Act("indicators.ledger.load", "carregou apurações", SETTERS, "place", "Carregar apurações"),
    Act(
        "indicators.quality.review",
        "analisou a qualidade do indicador",
        AUTHORS,
        "indicator",
        "Analisar a qualidade",
    ),
    Act("indicators.evidence.attach", "anexou comprovação", TYPISTS, "unit", "Anexar comprovação"),
    Act("indicators.comment.add", "comentou o indicador", SPEAKERS, "indicator", "Comentar"),
)
