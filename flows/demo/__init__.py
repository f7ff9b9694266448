"""The demonstration: two nights of an invented press, and a guided look at what they left."""
