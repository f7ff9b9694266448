SELECT count(*) AS records FROM records SEMI JOIN wanted USING (stream)
