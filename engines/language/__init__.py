"""Reads words by rules: in which language they are, how they are inflected and misspelled, and
which phrases of a table stand in a text.

    detect      which language a text is in; `latin` tells those in Latin letters apart
    names       languages by their codes
    spelling    one form for every way to write a word
    endings     English, Russian and Ukrainian endings, and the marks that stand for them
    phrasebook  finds the longest phrase of a table, in any inflection
    typos       the known word that a misspelled one was meant to be
    tables      reads the tables that stand as files in `assets/`

The other tables stand with the engines that use them: `engines.edit.lexicon`,
`engines.wishes.tables`, `engines.sketch.words`.
"""
