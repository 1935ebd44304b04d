"""The words the wishes are made of, as data: English, Russian and Ukrainian side by side.

How a word is spelled in these tables (case, ё/е, і/и, є/е, ґ/г and apostrophes do not matter):
    top         the word itself
    letter~     an English word or its plural; a Russian or Ukrainian stem with a noun's ending
    бел^        the stem with an adjective's or adverb's ending
    a_b         words in a row, each spelled as above; what was typed with hyphens counts as such
"""
