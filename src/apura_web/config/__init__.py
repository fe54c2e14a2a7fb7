"""Settings, addresses and commands of the platform."""
