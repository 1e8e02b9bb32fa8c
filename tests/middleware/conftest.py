from tests.routers.conftest import client, library, migrated, settings

__all__ = ["client", "library", "migrated", "settings"]
