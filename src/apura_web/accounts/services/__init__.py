"""What happens to logins, invitations and tokens."""
