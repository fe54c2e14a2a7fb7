"""Addresses of units, people, offices, accesses and of how the institution dresses its pages."""

from django.urls import path

from apura_web.orgs.web import (
    identity_deeds,
    import_views,
    key_deeds,
    organogram_views,
    person_deeds,
    person_views,
    tenure_deeds,
    unit_deeds,
    unit_views,
)

urlpatterns = [
    *(
        each
        for kind in ("unidades", "pessoas")
        for each in (
            path(f"{kind}/importar/", import_views.upload, {"kind": kind}, name=f"import_{kind}"),
            path(
                f"{kind}/importar/modelo/",
                import_views.template,
                {"kind": kind},
                name=f"import_template_{kind}",
            ),
            path(f"{kind}/importar/<slug:code>/", import_views.batch, {"kind": kind}, name="import_batch"),
            path(
                f"{kind}/importar/<slug:code>/andamento/",
                import_views.progress,
                {"kind": kind},
                name="import_progress",
            ),
            path(
                f"{kind}/importar/<slug:code>/anotada/",
                import_views.annotated,
                {"kind": kind},
                name="import_annotated",
            ),
        )
    ),
    path("unidades/", unit_views.units, name="units"),
    path("unidades/nova/", unit_deeds.create, name="unit_create_top"),
    path("unidades/organograma/", organogram_views.organogram, name="organogram"),
    path("unidades/comparar/", organogram_views.comparison, name="organogram_comparison"),
    path("unidades/<slug:code>/", unit_views.unit, name="unit"),
    path("unidades/<slug:code>/criar-subordinada/", unit_deeds.create, name="unit_create"),
    path("unidades/<slug:code>/denominacao/", unit_deeds.rename, name="unit_rename"),
    path("unidades/<slug:code>/vinculacao/", unit_deeds.move, name="unit_move"),
    path("unidades/<slug:code>/incorporar/", unit_deeds.merge, name="unit_merge"),
    path("unidades/<slug:code>/extinguir/", unit_deeds.extinguish, name="unit_extinguish"),
    path("pessoas/", person_views.people, name="people"),
    path("pessoas/nova/", person_deeds.register, name="person_register"),
    path("pessoas/<slug:code>/", person_views.person, name="person"),
    path("pessoas/<slug:code>/corrigir/", person_deeds.correct, name="person_correct"),
    path("pessoas/<slug:code>/convidar/", person_deeds.invite, name="person_invite"),
    path("pessoas/<slug:code>/expurgar/", person_deeds.purge, name="person_purge"),
    path("pessoas/<slug:code>/afastamentos/novo/", person_deeds.register_absence, name="absence_register"),
    path(
        "pessoas/<slug:code>/afastamentos/<slug:absence_code>/cancelar/",
        person_deeds.cancel_absence,
        name="absence_cancel",
    ),
    path("designacoes/nova/", tenure_deeds.appoint, name="tenure_appoint"),
    path("designacoes/<slug:code>/termino/", tenure_deeds.end, name="tenure_end"),
    path("acessos/", tenure_deeds.accesses, name="accesses"),
    path("acessos/chaves/", key_deeds.keys, name="keys"),
    path("acessos/chaves/<slug:code>/revogar/", key_deeds.revoke, name="key_revoke"),
    path("acessos/conceder/", tenure_deeds.grant, name="access_grant"),
    path("acessos/<slug:code>/retirar/", tenure_deeds.withdraw, name="access_withdraw"),
    path("identidade/", identity_deeds.show, name="identity"),
    path("identidade/alterar/", identity_deeds.change, name="identity_change"),
    path("atuar-como/", person_views.acting_as, name="acting_as"),
]
