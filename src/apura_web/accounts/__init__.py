"""How people get in: logins, invitations, sessions and tokens for machines."""
