"""The parts of `storage.verifying`: each looks at one thing and says what it finds."""
