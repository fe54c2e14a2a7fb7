"""Pages of whoever is not in yet: signing in, forgotten passwords, invitations, the demonstration's logins."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth import login as open_session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from apura_web.accounts import demo_logins
from apura_web.accounts.models import Login
from apura_web.accounts.services import invitations
from apura_web.accounts.services.sessions import note_session
from apura_web.accounts.web.forms import FirstPasswordForm
from apura_web.foundation.refusals import refusals_as_errors

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(views.LoginView):  # type: ignore[misc]
    """The sign-in page; in a demonstration, with its logins."""

    template_name = "accounts/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let out who came in but is nobody here any more, instead of sending them round in circles."""
        if request.user.is_authenticated and getattr(request, "actor", None) is None:
            logout(request)
            messages.warning(
                request,
                "Este acesso não está ligado a nenhuma pessoa. Fale com quem cuida do cadastro na sua instituição.",
            )
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the logins of the demonstration."""
        return {**super().get_context_data(**kwargs), "demo_logins": demo_logins.by_institution()}


class SignOut(views.LogoutView):  # type: ignore[misc]
    """Signing out; asked by address, it asks first."""

    template_name = "accounts/sign_out.html"


class Forgotten(views.PasswordResetView):  # type: ignore[misc]
    """Asks for a link to choose a new password."""

    template_name = "accounts/forgotten.html"


class ForgottenSent(views.PasswordResetDoneView):  # type: ignore[misc]
    """Says the same whoever asked."""

    template_name = "accounts/forgotten_sent.html"


class NewPassword(views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Chooses the new password."""

    template_name = "accounts/new_password.html"


class NewPasswordDone(views.PasswordResetFromKeyDoneView):  # type: ignore[misc]
    """Says that it was chosen."""

    template_name = "accounts/new_password_done.html"


class Inactive(views.AccountInactiveView):  # type: ignore[misc]
    """Says that the access was closed."""

    template_name = "accounts/inactive.html"


class OtherPassword(views.PasswordChangeView):  # type: ignore[misc]
    """Changes the password of somebody signed in."""

    template_name = "accounts/other_password.html"

    def get_default_success_url(self) -> str:
        """Go back to “Minha conta”."""
        return reverse("account")


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Let somebody invited choose a password, once, and come in."""
    at = timezone.now()
    found = invitations.find(secret)
    refusal = invitations.refusal_to_accept(found, at)
    if found is None or refusal is not None:
        return render(
            request,
            "accounts/invitation_refused.html",
            {"refusal": refusal},
            status=refusal.status if refusal else 404,
        )
    form = FirstPasswordForm(request.POST or None, login=found.login)
    if form.is_valid():
        with refusals_as_errors(form):
            login = invitations.accept(found, password=form.cleaned_data["password"], at=at)
            _come_in(request, login)
            messages.success(request, "Senha escolhida. Da próxima vez, entre com seu e-mail e ela.")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found})


@require_POST
def demo_entry(request: HttpRequest) -> HttpResponse:
    """Come in as somebody of the demonstration; outside one there is no such page."""
    chosen = demo_logins.find(request.POST.get("email", ""))
    if chosen is None:
        raise Http404
    login = authenticate(request, email=chosen.email, password=chosen.password)
    if not isinstance(login, Login):
        messages.error(
            request,
            "A senha deste acesso de demonstração foi trocada. Refaça a demonstração ou escolha outro.",
        )
        return redirect("account_login")
    _come_in(request, login)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _come_in(request: HttpRequest, login: Login) -> None:
    """Open a session that “Minha conta” lists as it does those opened with a password."""
    open_session(request, login, backend=BACKEND)
    note_session(request)
