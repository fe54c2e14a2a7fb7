"""Word documents (docx): tables out to be filled in, and back with every change, tracked or not."""

from apura.word.reading import ReadDocument, read_document
from apura.word.writing import Document

__all__ = ["Document", "ReadDocument", "read_document"]
