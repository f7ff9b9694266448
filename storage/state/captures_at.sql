-- what articles that are not forgotten have captured at these addresses
SELECT DISTINCT from_json(payload->'capture', '{"warc": "VARCHAR", "offset": "BIGINT"}') AS capture
FROM records
ANTI JOIN (SELECT stream FROM records WHERE record_type = 'ArticleForgotten') AS forgotten USING (stream)
WHERE record_type = 'ArticleFetched'
    AND (list_contains($addresses, payload->>'final_url') OR list_contains($addresses, payload->>'url'))
