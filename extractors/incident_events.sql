-- incident_events: Which event in the world each record of a political event tells of.
-- The fullest record leads; another belongs to its incident where type and mood are the same, their days meet, neither
-- parties nor places contradict each other, and enough speaks for it: parties, place, day, words. What is not dated may
-- be two days older than its article, and a copy is as old as the story's first printing. All are held against the
-- leading record, never against each other in a chain, so that a war's days do not become one.
WITH told AS (
    SELECT
        event.*,
        articles.story_id,
        min(articles.published_on) OVER (PARTITION BY articles.story_id) AS first_printed_on
    FROM political_events_as_of(commit_position) AS event
    JOIN articles_as_of(commit_position) AS articles USING (article_id)
),
read AS (
    SELECT
        event_id,
        article_id,
        story_id,
        event_type,
        modes,
        cameo,
        lower(words) AS words,
        list_filter(aux, lambda each: each <> 'historical') AS mood,
        date_precision NOT IN ('article', 'context') AS is_dated,
        CASE WHEN date_precision = 'article' THEN least(starts_on, first_printed_on) ELSE starts_on END AS starts_on,
        CASE WHEN date_precision = 'article' THEN least(ends_on, first_printed_on) ELSE ends_on END AS ends_on,
        CASE WHEN place_resolution >= 4 THEN place_entity.entity_id END AS town,
        place_country AS country,
        reciprocal AS is_together,
        actors AS who,
        CASE WHEN reciprocal THEN actors ELSE recipients END AS whom,
        list_distinct(regexp_extract_all(lower(sentence), '\p{L}{4,}|\d+')) AS vocabulary
    FROM told
),
-- a party is known by its country or organisation, by its name, or else by what it is
known AS (
    SELECT
        *,
        list_distinct([each.code FOR each IN who IF each.code IS NOT NULL]) AS who_codes,
        list_distinct([each.code FOR each IN whom IF each.code IS NOT NULL]) AS whom_codes,
        list_distinct([each.entity_id FOR each IN who IF NOT regexp_matches(each.entity_id, '^(iso3166|geonames):')]) AS who_names,
        list_distinct([each.entity_id FOR each IN whom IF NOT regexp_matches(each.entity_id, '^(iso3166|geonames):')]) AS whom_names,
        list_distinct([coalesce(each.sectors[1], lower(each.name)) FOR each IN who]) AS who_kinds,
        list_distinct([coalesce(each.sectors[1], lower(each.name)) FOR each IN whom]) AS whom_kinds,
        starts_on - CASE WHEN is_dated THEN 0 ELSE 2 END AS first_day,
        least(ends_on, starts_on + 6) AS last_day
    FROM read
),
ranked AS MATERIALIZED (
    SELECT
        *,
        row_number() OVER (
            ORDER BY
                is_dated::INTEGER
                + (town IS NOT NULL)::INTEGER
                + (len(whom) > 0)::INTEGER
                + (len(who_names) + len(whom_names) > 0)::INTEGER DESC,
                starts_on,
                event_id
        ) AS rank
    FROM known
),
marked AS (
    SELECT
        rank,
        event_type,
        mood,
        cameo,
        town,
        first_day,
        last_day,
        CASE WHEN len(who_codes) + len(who_names) > 0 THEN list_concat(who_codes, who_names) ELSE who_kinds END AS who_marks,
        CASE WHEN len(whom_codes) + len(whom_names) > 0 THEN list_concat(whom_codes, whom_names) ELSE whom_kinds END AS whom_marks
    FROM ranked
),
-- only records that share type, mood and day, and both sides, or one side and the CAMEO code, or the town are held
-- against each other
keyed AS MATERIALIZED (
    SELECT DISTINCT rank, event_type, mood, mark, day::DATE AS day
    FROM marked,
        unnest(list_concat(
            flatten([[concat(one, ' ', other) FOR other IN whom_marks IF other <> one] FOR one IN who_marks]),
            [concat(cameo, ' ', each) FOR each IN list_concat(who_marks, whom_marks)],
            CASE WHEN town IS NULL THEN [] ELSE [town] END
        )) AS marks(mark),
        unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS days(day)
),
met AS (
    SELECT DISTINCT one.rank AS leader, other.rank AS follower
    FROM keyed AS one
    JOIN keyed AS other USING (event_type, mood, mark, day)
    WHERE one.rank < other.rank
),
compared AS (
    SELECT
        leader,
        follower,
        abs(one.starts_on - other.starts_on) AS days_apart,
        one.words = other.words AS has_same_word,
        one.vocabulary AS vocabulary,
        other.vocabulary AS other_vocabulary,
        one.town = other.town AS is_same_town,
        one.is_together AND other.is_together AS are_together,
        list_has_all(one.who_codes, other.who_codes) OR list_has_all(other.who_codes, one.who_codes) AS are_nested,
        len(list_intersect(list_concat(one.who_codes, one.whom_codes), list_concat(other.who_codes, other.whom_codes))) AS codes,
        list_has_any(one.who_names, other.who_names) AS names_who,
        list_has_any(one.whom_names, other.whom_names) AS names_whom,
        list_has_any(one.who_codes, other.who_codes) AS codes_who,
        list_has_any(one.whom_codes, other.whom_codes) AS codes_whom,
        list_has_any(one.who_kinds, other.who_kinds) AS kinds_who,
        list_has_any(one.whom_kinds, other.whom_kinds) AS kinds_whom,
        len(one.who_names) > 0 AND len(other.who_names) > 0 AS are_named_who,
        len(one.whom_names) > 0 AND len(other.whom_names) > 0 AS are_named_whom,
        len(one.who_codes) > 0 AND len(other.who_codes) > 0 AS are_coded_who,
        len(one.who) > 0 AND len(other.who) > 0 AS are_told_who,
        len(one.whom_codes) > 0 AND len(other.whom_codes) > 0 AS are_coded_whom,
        len(one.whom) > 0 AND len(other.whom) > 0 AS are_told_whom,
        len(one.modes) > 0 AND len(other.modes) > 0 AND NOT list_has_any(one.modes, other.modes) AS has_other_mode
    FROM met
    JOIN ranked AS one ON one.rank = leader
    JOIN ranked AS other ON other.rank = follower
    WHERE one.article_id <> other.article_id
        AND coalesce(one.town = other.town, true)
        AND coalesce(one.country = other.country, true)
),
-- null where the two contradict each other
weighed AS (
    SELECT
        *,
        CASE
            WHEN names_who THEN 2
            WHEN codes_who THEN CASE WHEN are_named_who THEN 0 ELSE 1 END
            WHEN NOT are_told_who OR (kinds_who AND NOT are_coded_who) THEN 0
        END AS weight_who,
        CASE
            WHEN names_whom THEN 2
            WHEN codes_whom THEN CASE WHEN are_named_whom THEN 0 ELSE 1 END
            WHEN NOT are_told_whom OR (kinds_whom AND NOT are_coded_whom) THEN 0
        END AS weight_whom
    FROM compared
    WHERE NOT (are_together AND NOT are_nested)
),
plain AS (
    SELECT
        *,
        CASE
            WHEN names_who OR names_whom THEN weight_who + weight_whom
            ELSE least(weight_who + weight_whom, codes)  -- one country on both sides says no more than on one
        END
        + CASE WHEN is_same_town THEN 2 ELSE 0 END
        + has_same_word::INTEGER
        + CASE WHEN days_apart = 0 THEN 1 WHEN days_apart = 1 THEN 0 ELSE -1 END
        - has_other_mode::INTEGER AS score_without_words
    FROM weighed
    WHERE weight_who IS NOT NULL AND weight_whom IS NOT NULL
),
-- the sentences are compared last, and only where they can still tell
likened AS (
    SELECT *, len(list_intersect(vocabulary, other_vocabulary)) / len(list_distinct(list_concat(vocabulary, other_vocabulary))) AS likeness
    FROM plain
    WHERE score_without_words >= 1
),
scored AS (
    SELECT
        *,
        score_without_words + CASE WHEN likeness >= 0.3 THEN 2 WHEN likeness >= 0.15 THEN 1 ELSE 0 END AS score,
        codes > 1 OR names_who OR names_whom OR coalesce(is_same_town, false) OR likeness >= 0.15 AS is_particular
    FROM likened
),
joined AS MATERIALIZED (
    SELECT leader, follower, score, days_apart FROM scored WHERE score >= 3 AND is_particular
),
leads AS (
    SELECT rank FROM ranked ANTI JOIN joined ON ranked.rank = joined.follower
),
-- one that fits several incidents belongs to that for which most speaks, then to the nearest
following AS (
    SELECT follower AS rank, max(score) AS score, arg_max(leader, (score, -days_apart, -leader)) AS leader
    FROM joined
    SEMI JOIN leads ON joined.leader = leads.rank
    GROUP BY follower
),
-- in words, so that the same event has the same name whichever version of the extractor found it
named AS (
    SELECT
        rank,
        event_id AS leading_event,
        concat_ws('|', event_type, mood, list_sort(who_codes), list_sort(who_names), list_sort(whom_codes), list_sort(whom_names),
            coalesce(town, country), starts_on) AS description
    FROM ranked
    SEMI JOIN (SELECT coalesce(leader, ranked.rank) AS rank FROM ranked LEFT JOIN following USING (rank)) AS heads USING (rank)
),
numbered AS (
    SELECT
        rank,
        leading_event,
        sha256(concat_ws('|', description, row_number() OVER (PARTITION BY description ORDER BY leading_event))) AS name
    FROM named
)
SELECT
    concat_ws('-', name[1:8], name[9:12], '8' || name[13:15], '8' || name[16:18], name[19:30])::UUID AS incident_id,  -- the event in the world
    ranked.event_id,                                   -- record that tells of it, in political_events
    ranked.article_id,                                 -- article that reports it
    ranked.story_id,                                   -- story of the article: copies share it
    ranked.event_type,                                 -- PLOVER type
    ranked.event_id = leading_event AS is_leading,     -- true: the fullest record, against which the others were held
    following.score::INTEGER AS score                  -- how much speaks for its belonging here, at least 3; null for the leading record
FROM ranked
LEFT JOIN following USING (rank)
JOIN numbered ON numbered.rank = coalesce(following.leader, ranked.rank)
