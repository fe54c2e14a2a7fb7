"""What both who writes a document and who reads it must agree on."""

KEPT = "{urn:apura:guardado}guardado"
"""The name of the part where a document keeps what it said when it left; editors leave it as it is."""
