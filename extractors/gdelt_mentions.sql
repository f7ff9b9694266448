-- gdelt_mentions between days: Reports of the rows of gdelt_events under the column names and in the order of GDELT 2.0's
-- mentions table. Between days: of incidents that start on these days.
SELECT
    GLOBALEVENTID,                                                                        -- number of incident and pair, as in gdelt_events
    strftime(pairs.first_seen_at, '%Y%m%d%H%M%S')::BIGINT AS EventTimeDate,               -- when the incident's earliest article was published, YYYYMMDDHHMMSS, UTC
    strftime(articles.published_at, '%Y%m%d%H%M%S')::BIGINT AS MentionTimeDate,           -- when this article was published, YYYYMMDDHHMMSS, UTC
    1 AS MentionType,                                                                     -- 1: a page of the web
    articles.publisher AS MentionSourceName,                                              -- publisher of the article
    articles.url AS MentionIdentifier,                                                    -- its address
    NULL::INTEGER AS SentenceID,                                                          -- not told: null; ActionCharOffset says where
    event.actors[1].span."start"::INTEGER AS Actor1CharOffset,                            -- where the first actor stands, in code points of the cleaned text
    event.recipients[1].span."start"::INTEGER AS Actor2CharOffset,                        -- where the first recipient stands
    event.trigger."start"::INTEGER AS ActionCharOffset,                                   -- where the words stand that tell of it
    1 AS InRawText,                                                                       -- 1: found in the text as it stands
    CASE event.tier WHEN 'sure' THEN 90 WHEN 'likely' THEN 70 ELSE 50 END AS Confidence,  -- percent, of the record's tier: sure 90, likely 70, possible 50
    length(articles.text)::INTEGER AS MentionDocLen,                                      -- characters of the cleaned text
    NULL::DOUBLE AS MentionDocTone,                                                       -- not told: null
    NULL::VARCHAR AS MentionDocTranslationInfo,                                           -- nothing is translated: null
    NULL::VARCHAR AS Extras                                                               -- null
FROM gdelt_pairs_between_as_of(since, until, commit_position) AS pairs,
    unnest(pairs.event_ids) AS told(event_id)
JOIN political_events_as_of(commit_position) AS event ON event.event_id = told.event_id
JOIN articles_as_of(commit_position) AS articles ON articles.article_id = event.article_id
