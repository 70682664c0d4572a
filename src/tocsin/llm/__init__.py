"""Document to mentions by a language model behind an OpenAI chat interface, held to the quote.

Nothing is sent unless a model is asked for by name; see docs/language-models.md.
"""
