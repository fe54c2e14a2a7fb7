"""What people may do with their own keys of access; every role may, because a key gives no power its owner lacks."""

from apura_web.audit.actors import EVERY_ROLE
from apura_web.audit.acts import Act, declare

declare(
    Act("accounts.token.create", "criou uma chave de acesso", EVERY_ROLE, "owner", "Criar chave de acesso"),
    Act(
        "accounts.token.revoke", "revogou uma chave de acesso", EVERY_ROLE, "owner", "Revogar chave de acesso"
    ),
)
