"""The forms of the entrance and of “Minha conta”."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

from apura_web.accounts.models import Login
from apura_web.accounts.services.tokens import SCOPE_LABELS, Scope, TokenTerms
from apura_web.foundation.forms import PageForm

AGAIN = "Repita a nova senha"


def dress_password(field: forms.Field, label: str) -> None:
    """Say a field's name and, of a new password, what is asked of it before anything goes wrong."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)


def rules_of_passwords() -> str:
    """Tell what a password must be, in a paragraph."""
    return " ".join(password_validators_help_texts())


class SignInForm(PageForm, LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["login"].widget.attrs.update(autocomplete="username", autofocus=True)
        self.fields["login"].widget.attrs.pop("placeholder", None)
        dress_password(self.fields["password"], "Senha")


class ForgottenForm(PageForm, ResetPasswordForm):  # type: ignore[misc]
    """The e-mail of who forgot the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail com que você entra"
        self.fields["email"].widget.attrs.pop("placeholder", None)


class NewPasswordForm(PageForm, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link that was mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_password(self.fields["password1"], "Nova senha")
        dress_password(self.fields["password2"], AGAIN)
        self.fields["password1"].help_text = rules_of_passwords()


class OtherPasswordForm(PageForm, ChangePasswordForm):  # type: ignore[misc]
    """Another password, for who knows the one of today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_password(self.fields["oldpassword"], "Senha de hoje")
        dress_password(self.fields["password1"], "Nova senha")
        dress_password(self.fields["password2"], AGAIN)
        self.fields["password1"].help_text = rules_of_passwords()


class FirstPasswordForm(PageForm):
    """The password somebody invited chooses."""

    password = forms.CharField(
        label="Senha", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="Repita a senha",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, login: Login, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.login = login
        self.fields["password"].help_text = rules_of_passwords()

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", ValidationError("As duas senhas são diferentes.", code="different"))
        return data


class TokenForm(PageForm):
    """What a key of access is for, what it may do and until when."""

    DAYS = (("30", "30 dias"), ("90", "90 dias"), ("180", "180 dias"), ("365", "1 ano"))

    name = forms.CharField(
        label="Para que é",
        max_length=80,
        help_text="Como você a reconhecerá daqui a meses: “planilha de acompanhamento da SES”.",
    )
    scopes = forms.MultipleChoiceField(
        label="O que pode fazer",
        widget=forms.CheckboxSelectMultiple,
        choices=[(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        help_text="Nunca mais do que você mesmo pode.",
    )
    days = forms.ChoiceField(label="Vale por", choices=DAYS, initial="90")

    def terms(self, at: datetime) -> TokenTerms:
        """Give what was asked."""
        return TokenTerms(
            name=self.cleaned_data["name"],
            scopes=tuple(Scope(each) for each in self.cleaned_data["scopes"]),
            expires_at=at + timedelta(days=int(self.cleaned_data["days"])),
        )
