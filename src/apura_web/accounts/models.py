"""Logins, the invitations that open them, and tokens for programs."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution


class Logins(BaseUserManager["Login"]):
    """Finds a login by its e-mail, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> Login:
        """Find by e-mail without minding case."""
        return self.get(email__iexact=username)


class Login(AbstractBaseUser):
    """Who signs in: an e-mail and a password. What they may do comes from ``orgs``, never from here."""

    email = models.EmailField("e-mail", unique=True)
    is_active = models.BooleanField("ativo", default=True)
    created_at = models.DateTimeField("criado em", auto_now_add=True)

    objects = Logins()
    untracked = ("password", "last_login")
    personal = ("email",)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        verbose_name = "acesso"

    def __str__(self) -> str:
        return str(self.email)


class Invitation(models.Model):
    """A link that lets one person choose a password, once, before it expires."""

    login = models.ForeignKey(Login, models.PROTECT, related_name="invitations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="invitations")
    code = CodeField()
    token_digest = models.CharField("resumo do segredo", max_length=64, unique=True)
    expires_at = models.DateTimeField("vale até")
    used_at = models.DateTimeField("usado em", null=True, blank=True)

    untracked = ("used_at",)

    class Meta:
        verbose_name = "convite"

    def __str__(self) -> str:
        return str(self.code)

    def is_open(self, at: datetime) -> bool:
        """Say whether it still serves."""
        return self.used_at is None and at < self.expires_at


class ApiToken(models.Model):
    """A secret for a program: only its digest is kept. Acts as its owner, within its scopes. Term: chave de acesso."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="api_tokens")
    login = models.ForeignKey(Login, models.PROTECT, related_name="api_tokens")
    code = CodeField()
    name = models.CharField("nome", max_length=80)
    token_digest = models.CharField("resumo do segredo", max_length=64, unique=True)
    scopes = models.CharField("alcance", max_length=200)
    created_at = models.DateTimeField("criada em")
    expires_at = models.DateTimeField("vale até")
    revoked_at = models.DateTimeField("revogada em", null=True, blank=True)
    last_used_on = models.DateField("usada por último em", null=True, blank=True)

    untracked = ("last_used_on",)
    scope_path = "/"

    class Meta:
        verbose_name = "chave de acesso"

    def __str__(self) -> str:
        return str(self.name)

    def is_open(self, at: datetime) -> bool:
        """Say whether it still serves."""
        return self.revoked_at is None and at < self.expires_at
