"""The platform: institutions, people, legal acts and pages, on Django; it uses the library, which never knows it."""
