"""Reads, checks and writes prompts without a language model and without a network.

    wildcards       {red|green|blue}: one picked per picture
    protect         the parts that a rewrite or translation must not touch
    contradictions  what cannot be in one picture
    compose         a detailed prompt from a plain idea and templates
    difference      what changed between two texts, word by word
    tidy            the text alone, without what a language model says around it
    instructions    what a language model is told when it writes prompts

All are plain Python and import at once; tables are read when they are first needed.
"""
