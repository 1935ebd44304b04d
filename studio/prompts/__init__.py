"""The words of a request: quick line, choices, language, translation, briefs."""
