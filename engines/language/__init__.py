"""Reads words by rules: how they are compared, inflected, misspelled, and found in tables.

    spelling    one form for every way to write a word
    endings     English, Russian and Ukrainian endings, and the marks that stand for them
    phrasebook  finds the longest phrase of a table, in any inflection
    typos       the known word that a misspelled one was meant to be

The tables stand with the engines that use them: `engines.edit.lexicon`, `engines.wishes.tables`,
`engines.sketch.words`, `assets/words/` and `assets/compose/`.
"""
