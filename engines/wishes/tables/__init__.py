"""The words the wishes are made of, as data: English, Russian and Ukrainian side by side.

How words are spelled: `engines.language.endings`. Case, ё/е, і/и, є/е, ґ/г and apostrophes do not
matter; what was typed with hyphens counts as words in a row.
"""
