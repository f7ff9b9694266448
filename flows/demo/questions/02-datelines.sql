-- Where were the reports written, and does an agency stand behind them?
SELECT place, agency, count(*) AS articles, list(DISTINCT site_name ORDER BY site_name) AS printed_by
FROM datelines JOIN articles USING (article_id)
GROUP BY place, agency
ORDER BY articles DESC, place
LIMIT 4;
