"""What may be done with results agreements."""

from apura_web.audit.actors import Role
from apura_web.audit.acts import Act, declare

CENTRAL = frozenset({Role.CENTRAL_ANALYST})
WRITERS = frozenset({Role.CENTRAL_ANALYST, Role.COORDINATOR, Role.HEAD})
"""Who negotiates: the central unit for the Acordante; the coordinator and the head for the Acordada."""
HEADS = frozenset({Role.HEAD})
REPORTERS = frozenset({Role.CENTRAL_ANALYST, Role.COORDINATOR})
DECREE = "Decreto GO nº 8.170/2014"

declare(
    Act(
        "agreements.agreement.open",
        "iniciou o acordo de resultados",
        REPORTERS,
        "unit",
        "Iniciar acordo",
        f"{DECREE}, arts. 4º, 6º, I, e 7º, I",
    ),
    Act(
        "agreements.alignment.conclude",
        "concluiu o alinhamento estratégico",
        CENTRAL,
        "agreement",
        "Concluir alinhamento",
        f"{DECREE}, art. 8º, § 2º",
    ),
    Act(
        "agreements.proposal.send",
        "enviou proposta do acordo",
        WRITERS,
        "agreement",
        "Enviar proposta",
        f"{DECREE}, arts. 6º, I, e 7º, II",
    ),
    Act(
        "agreements.proposal.accept",
        "aceitou a proposta do acordo",
        WRITERS,
        "agreement",
        "Aceitar proposta",
        f"{DECREE}, arts. 2º e 10",
    ),
    Act(
        "agreements.negotiation.reopen",
        "reabriu a negociação do acordo",
        CENTRAL,
        "agreement",
        "Reabrir negociação",
        f"{DECREE}, art. 6º, I",
    ),
    Act(
        "agreements.part.comment",
        "comentou a proposta do acordo",
        WRITERS,
        "agreement",
        "Comentar",
    ),
    Act("agreements.pact.sign", "assinou o acordo", HEADS, "party", "Assinar acordo", f"{DECREE}, art. 2º"),
    Act(
        "agreements.pact.record",
        "registrou assinatura em papel",
        CENTRAL,
        "agreement",
        "Registrar assinatura em papel",
        f"{DECREE}, arts. 2º e 6º, I",
    ),
    Act("agreements.agreement.shelve", "arquivou o acordo", CENTRAL, "agreement", "Arquivar acordo"),
    Act(
        "agreements.item.read",
        "registrou a situação do item do acordo",
        REPORTERS,
        "agreement",
        "Registrar situação do item",
        f"{DECREE}, arts. 7º, III, e 13",
    ),
    Act(
        "agreements.reading.adopt",
        "registrou interpretação adotada para acordos",
        CENTRAL,
        "place",
        "Registrar interpretação",
        f"{DECREE}, art. 37",
    ),
    Act(
        "agreements.score.compute",
        "apurou a nota do acordo",
        CENTRAL,
        "agreement",
        "Apurar nota",
        f"{DECREE}, art. 12",
    ),
    Act(
        "agreements.score.recompute",
        "apurou de novo a nota do acordo",
        CENTRAL,
        "agreement",
        "Apurar de novo",
        f"{DECREE}, art. 12",
    ),
    Act(
        "agreements.agreement.succeed",
        "registrou a sucessão da Acordada",
        CENTRAL,
        "agreement",
        "Registrar sucessão",
    ),
    Act(
        "agreements.agreement.close",
        "encerrou o acordo",
        CENTRAL,
        "agreement",
        "Encerrar acordo",
    ),
    Act(
        "agreements.pact.import",
        "registrou acordo já assinado, sem memória da negociação",
        CENTRAL,
        "agreement",
        "Registrar acordo já assinado",
        f"{DECREE}, art. 6º, I",
    ),
    Act(
        "agreements.score.import",
        "registrou nota de ano anterior, sem memória de cálculo",
        CENTRAL,
        "agreement",
        "Registrar nota sem memória",
        f"{DECREE}, art. 6º, IV",
    ),
)
