"""Orgs as a Django application."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Declares the acts of this room, names people for trail and lockouts, and tells what rests on legal acts."""

    name = "apura_web.orgs"
    verbose_name = "Unidades e pessoas"

    def ready(self) -> None:
        """Declare the acts and offer the names."""
        from apura_web.accounts import lockout  # noqa: PLC0415 - models are not ready before
        from apura_web.audit.names import register_finder  # noqa: PLC0415
        from apura_web.documents.dependents import register_room  # noqa: PLC0415
        from apura_web.orgs import acts, lockouts, resting  # noqa: F401, PLC0415
        from apura_web.orgs.searching import PEOPLE, UNITS  # noqa: PLC0415
        from apura_web.orgs.selectors import trail  # noqa: PLC0415
        from apura_web.orgs.selectors.people import names_for  # noqa: PLC0415
        from apura_web.search.index import register  # noqa: PLC0415

        register(UNITS, PEOPLE)
        register_finder(names_for)
        register_room(resting)
        trail.register()
        lockout.listen(lockouts.note)
