"""A release, file by file: tables without the articles' words, codebook, data package and citation."""
