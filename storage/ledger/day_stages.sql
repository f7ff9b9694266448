FROM day_stages WHERE published_on BETWEEN $since AND $until ORDER BY published_on, stage
