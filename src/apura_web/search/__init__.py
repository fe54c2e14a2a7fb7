"""Finding what one may see by the words people type, whatever their accents and plurals."""
