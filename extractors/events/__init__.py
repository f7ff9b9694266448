"""The coder of political events: who did what to whom, by the frames in `frames/` over the grammar of a text."""
