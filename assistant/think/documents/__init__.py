"""Answers from the user's own documents.

    file -> extract -> blocks -> passages -> index (words, vectors) -> search -> answer

Nothing here writes a sentence of its own: what is answered is read out of a document, with its
source, so text in a document can be quoted but never acts.
"""
