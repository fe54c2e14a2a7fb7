"""What may be done with units, people and offices, and by who administers the institution."""

from apura_web.audit.actors import Role
from apura_web.audit.acts import Act, declare

REGISTRY = frozenset({Role.ADMINISTRATOR, Role.REGISTRAR})
ADMINISTRATION = frozenset({Role.ADMINISTRATOR})

declare(
    Act("orgs.unit.create", "criou a unidade", REGISTRY, "under", "Criar unidade"),
    Act("orgs.unit.rename", "alterou a denominação da unidade", REGISTRY, "unit", "Alterar denominação"),
    Act("orgs.unit.move", "mudou a vinculação da unidade", REGISTRY, "unit", "Mudar vinculação"),
    Act("orgs.unit.merge", "incorporou unidades", REGISTRY, "into", "Incorporar unidades"),
    Act("orgs.unit.extinguish", "extinguiu a unidade", REGISTRY, "unit", "Extinguir unidade"),
    Act("orgs.person.register", "registrou a pessoa", REGISTRY, "institution", "Registrar pessoa"),
    Act("orgs.person.correct", "corrigiu o cadastro da pessoa", REGISTRY, "person", "Corrigir cadastro"),
    Act("orgs.person.invite", "convidou a pessoa a entrar", REGISTRY, "person", "Convidar"),
    Act(
        "orgs.person.purge",
        "expurgou os dados pessoais",
        ADMINISTRATION,
        "person",
        "Expurgar dados pessoais",
        "Lei nº 13.709/2018 (LGPD), arts. 16 e 18, VI",
    ),
    Act("orgs.tenure.appoint", "registrou a designação", REGISTRY, "place", "Registrar designação"),
    Act("orgs.tenure.end", "registrou o término da designação", REGISTRY, "tenure", "Registrar término"),
    Act("orgs.access.grant", "concedeu acesso", ADMINISTRATION, "place", "Conceder acesso"),
    Act("orgs.access.withdraw", "retirou o acesso", ADMINISTRATION, "tenure", "Retirar acesso"),
    Act("orgs.absence.register", "registrou o afastamento", REGISTRY, "person", "Registrar afastamento"),
    Act("orgs.absence.cancel", "cancelou o afastamento", REGISTRY, "person", "Cancelar afastamento"),
    Act("orgs.key.revoke", "revogou a chave de acesso", ADMINISTRATION, "key", "Revogar chave"),
    Act(
        "orgs.identity.change",
        "alterou a identidade visual",
        ADMINISTRATION,
        "institution",
        "Alterar identidade visual",
    ),
    Act("orgs.import.apply", "importou unidades e pessoas", REGISTRY, "institution", "Importar planilha"),
)
