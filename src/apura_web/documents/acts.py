"""What may be done with legal acts."""

from apura_web.audit.actors import Role
from apura_web.audit.acts import Act, declare

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.REGISTRAR})

declare(
    Act("documents.legal_act.register", "registrou o ato", KEEPERS, "institution", "Registrar ato"),
    Act(
        "documents.legal_act.correct", "corrigiu o registro do ato", KEEPERS, "legal_act", "Corrigir registro"
    ),
    Act(
        "documents.publication.register",
        "registrou a publicação do ato",
        KEEPERS,
        "legal_act",
        "Registrar publicação",
    ),
    Act("documents.attachment.add", "anexou arquivo ao ato", KEEPERS, "legal_act", "Anexar arquivo"),
)
