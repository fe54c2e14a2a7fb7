"""Addresses of the entrance and of “Minha conta”; those of allauth keep the names it looks for."""

from django.urls import path, re_path

from apura_web.accounts.web import account, entrance

urlpatterns = [
    path("entrar/", entrance.SignIn.as_view(), name="account_login"),
    path("entrar/demonstracao/", entrance.demo_entry, name="demo_entry"),
    path("sair/", entrance.SignOut.as_view(), name="account_logout"),
    path("senha/esqueci/", entrance.Forgotten.as_view(), name="account_reset_password"),
    path("senha/esqueci/enviado/", entrance.ForgottenSent.as_view(), name="account_reset_password_done"),
    re_path(
        r"^senha/nova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "senha/nova/pronto/", entrance.NewPasswordDone.as_view(), name="account_reset_password_from_key_done"
    ),
    path("senha/trocar/", entrance.OtherPassword.as_view(), name="account_change_password"),
    path("acesso-encerrado/", entrance.Inactive.as_view(), name="account_inactive"),
    path("convite/<str:secret>/", entrance.invitation, name="invitation"),
    path("conta/", account.account, name="account"),
    path("conta/sessoes/encerrar/", account.end_other_sessions, name="account_end_sessions"),
    path("conta/chaves/nova/", account.token_create, name="token_create"),
    path("conta/chaves/<str:code>/revogar/", account.token_revoke, name="token_revoke"),
]
