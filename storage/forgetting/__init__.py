"""Forgetting an article: its words and captures go from every file of the home, while the log stays as it was written.

An `ArticleForgotten` record comes first and everything follows from it: what is to go is worked out from the log each
time, so an interrupted forgetting is finished by the next one, and what arrives late goes as well.
"""
