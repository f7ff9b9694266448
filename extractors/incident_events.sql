-- incident_events between days: Which event in the world each record of a political event tells of.
-- The fullest record leads; another belongs to its incident where type and mood are the same, their days meet, neither
-- parties nor places contradict each other, and enough speaks for it: parties, place, day, words. What is not dated may
-- be two days older than its article, and a copy is as old as the story's first printing. All are held against the
-- leading record, never against each other in a chain, so that a war's days do not become one. Between days: the records
-- of every incident of which one stands on these days.
WITH RECURSIVE
printed AS (
    SELECT article_id, story_id, min(published_on) OVER (PARTITION BY story_id) AS first_printed_on
    FROM printings_as_of(commit_position)
),
told AS MATERIALIZED (
    SELECT
        event_id,
        story_id,
        event.starts_on AS told_on,
        told_on BETWEEN since::DATE AND until::DATE AS is_asked_for,
        CASE WHEN date_precision = 'article' THEN least(starts_on, first_printed_on) ELSE starts_on END AS starts_on,
        CASE WHEN date_precision = 'article' THEN least(ends_on, first_printed_on) ELSE ends_on END AS ends_on
    FROM political_events_as_of(commit_position) AS event
    JOIN printed USING (article_id)
),
-- Two records that are held against each other begin at most 8 days apart: 6 that one lasts, and 2 that the other may be
-- older. What becomes of a record hangs on others four such steps away and no further: on its leader, on those that follow
-- or are described like this one, on their leaders, and on whether these follow others.
near AS (
    SELECT DISTINCT starts_on + step::INTEGER AS starts_on
    FROM (SELECT DISTINCT starts_on FROM told WHERE is_asked_for), range(-32, 33) AS steps(step)
),
read AS (
    SELECT
        event.event_id,
        article_id,
        story_id,
        is_asked_for,
        event_type,
        modes,
        cameo,
        lower(words) AS words,
        list_filter(aux, lambda each: each <> 'historical') AS mood,
        date_precision NOT IN ('article', 'context') AS is_dated,
        told.starts_on,
        told.ends_on,
        CASE WHEN place_resolution >= 4 THEN place_entity.entity_id END AS town,
        place_country AS country,
        reciprocal AS is_together,
        actors AS who,
        CASE WHEN reciprocal THEN actors ELSE recipients END AS whom,
        list_distinct([hash(each) FOR each IN regexp_extract_all(lower(sentence), '\p{L}{4,}|\d+')]) AS vocabulary
    FROM political_events_as_of(commit_position) AS event
    -- by the day too, so that nothing is read of records that lie elsewhere
    JOIN (FROM told SEMI JOIN near USING (starts_on)) AS told ON told.event_id = event.event_id AND told.told_on = event.starts_on
),
-- a party is known by its country or organisation, by its name, or else by what it is
known AS MATERIALIZED (
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
ranks AS (
    SELECT
        event_id,
        row_number() OVER (
            ORDER BY
                is_dated::INTEGER
                + (town IS NOT NULL)::INTEGER
                + (len(whom) > 0)::INTEGER
                + (len(who_names) + len(whom_names) > 0)::INTEGER DESC,
                starts_on,
                event_id
        )::INTEGER AS rank
    FROM known
),
ranked AS MATERIALIZED (
    SELECT
        known.* EXCLUDE (who, whom),
        ranks.rank,
        -- in words, so that the same event has the same name whichever version of the extractor found it
        concat_ws('|', event_type, mood, list_sort(who_codes), list_sort(who_names), list_sort(whom_codes), list_sort(whom_names),
            coalesce(town, country), starts_on) AS description
    FROM known
    JOIN ranks USING (event_id)
),
-- numbers stand for words wherever records are compared, which is millions of times
numbered AS MATERIALIZED (
    SELECT
        rank,
        is_asked_for,
        hash(description) AS description,
        vocabulary,
        article_id,
        starts_on,
        first_day,
        last_day,
        is_together,
        CASE WHEN country IS NOT NULL THEN hash(country) END AS country,
        CASE WHEN town IS NOT NULL THEN hash(town) END AS town,
        hash(words) AS words,
        [hash(each) FOR each IN modes] AS modes,
        [hash(each) FOR each IN who_codes] AS who_codes,
        [hash(each) FOR each IN whom_codes] AS whom_codes,
        [hash(each) FOR each IN who_names] AS who_names,
        [hash(each) FOR each IN whom_names] AS whom_names,
        [hash(each) FOR each IN who_kinds] AS who_kinds,
        [hash(each) FOR each IN whom_kinds] AS whom_kinds,
        CASE WHEN len(who_codes) + len(who_names) > 0 THEN list_concat(who_codes, who_names) ELSE who_kinds END AS who_marks,
        CASE WHEN len(whom_codes) + len(whom_names) > 0 THEN list_concat(whom_codes, whom_names) ELSE whom_kinds END AS whom_marks,
        list_distinct([hash(event_type, mood, each) FOR each IN list_concat(
            flatten([[concat(one, ' ', other) FOR other IN whom_marks IF other <> one] FOR one IN who_marks]),
            [concat(cameo, ' ', each) FOR each IN list_concat(who_marks, whom_marks)],
            CASE WHEN ranked.town IS NULL THEN [] ELSE [ranked.town] END
        )]) AS marks
    FROM ranked
),
-- bits that tell cheaply which records cannot be one: where `who_bits` of one and `other_who_bits` of the other have no
-- bit in common, they share no name and no code, both are told, and they share no kind or both have codes
marked AS MATERIALIZED (
    SELECT
        rank,
        article_id,
        first_day,
        last_day,
        CASE WHEN town IS NULL THEN 18446744073709551615 ELSE 1::UBIGINT << (town % 64)::INTEGER END AS town_bits,
        CASE WHEN country IS NULL THEN 18446744073709551615 ELSE 1::UBIGINT << (country % 64)::INTEGER END AS country_bits,
        coalesce(list_bit_or([1::UBIGINT << (each % 20)::INTEGER FOR each IN who_names]), 0)
            | coalesce(list_bit_or([1::UBIGINT << (20 + each % 24)::INTEGER FOR each IN who_codes]), 0) AS who_known,
        coalesce(list_bit_or([1::UBIGINT << (44 + each % 9)::INTEGER FOR each IN who_kinds]), 0) AS who_kind,
        CASE WHEN who_kind = 0 THEN 1::UBIGINT ELSE 0 END AS who_untold,
        CASE WHEN len(who_codes) = 0 THEN who_kind ELSE 0 END AS who_uncoded,
        who_known | who_uncoded | (who_kind << 9) | (who_untold << 62) | (1::UBIGINT << 63) AS who_bits,
        who_known | who_kind | (who_uncoded << 9) | (1::UBIGINT << 62) | (who_untold << 63) AS other_who_bits,
        coalesce(list_bit_or([1::UBIGINT << (each % 20)::INTEGER FOR each IN whom_names]), 0)
            | coalesce(list_bit_or([1::UBIGINT << (20 + each % 24)::INTEGER FOR each IN whom_codes]), 0) AS whom_known,
        coalesce(list_bit_or([1::UBIGINT << (44 + each % 9)::INTEGER FOR each IN whom_kinds]), 0) AS whom_kind,
        CASE WHEN whom_kind = 0 THEN 1::UBIGINT ELSE 0 END AS whom_untold,
        CASE WHEN len(whom_codes) = 0 THEN whom_kind ELSE 0 END AS whom_uncoded,
        whom_known | whom_uncoded | (whom_kind << 9) | (whom_untold << 62) | (1::UBIGINT << 63) AS whom_bits,
        whom_known | whom_kind | (whom_uncoded << 9) | (1::UBIGINT << 62) | (whom_untold << 63) AS other_whom_bits,
        unnest(marks) AS mark
    FROM numbered
),
-- pairs of records that are held to be one, found from those asked for outwards: with what each is one, with what that
-- is one and so on, four steps far; a record alone, leader and follower at once, has been reached, and is_done where all
-- its pairs have been found
held AS (
    SELECT rank AS leader, rank AS follower, 0 AS days_apart, NULL::BIGINT AS score, 0 AS step, false AS is_done
    FROM numbered
    WHERE is_asked_for
    UNION ALL
    (
        WITH
        frontier AS MATERIALIZED (
            SELECT DISTINCT unnest([leader, follower]) AS rank, step FROM held WHERE step < 4 AND NOT is_done
        ),
        reached AS MATERIALIZED (
            FROM frontier ANTI JOIN (SELECT leader AS rank FROM held WHERE is_done) USING (rank)
        ),
        -- only records that share type, mood and day, and both sides, or one side and the CAMEO code, or the town are held
        -- against each other; of these, what the bits rule out is left out before lists are compared
        met AS MATERIALIZED (
            SELECT DISTINCT least(one.rank, other.rank) AS leader, greatest(one.rank, other.rank) AS follower
            FROM (
                SELECT *, rank IN (SELECT rank FROM reached) AS is_reached
                FROM marked, unnest(range(last_day - first_day + 1)) AS days(day)
            ) AS one
            JOIN (
                SELECT *, true AS is_for_reached FROM marked
                UNION ALL
                SELECT *, false FROM marked SEMI JOIN reached USING (rank) WHERE EXISTS (FROM numbered WHERE NOT is_asked_for)
            ) AS other
                ON one.mark = other.mark
                AND one.first_day + one.day::INTEGER = other.first_day
                AND one.is_reached = other.is_for_reached
            WHERE (one.first_day < other.first_day OR one.rank < other.rank)  -- on their first common day, and once
                AND one.article_id <> other.article_id
                AND one.town_bits & other.town_bits > 0
                AND one.country_bits & other.country_bits > 0
                AND one.who_bits & other.other_who_bits > 0
                AND one.whom_bits & other.other_whom_bits > 0
        ),
        -- materialized, like what follows: else all records are joined with all before the pairs are looked at
        compared AS MATERIALIZED (
            SELECT
                leader,
                follower,
                abs(one.starts_on - other.starts_on) AS days_apart,
                one.words = other.words AS has_same_word,
                one.town = other.town AS is_same_town,
                one.country = other.country AS is_same_country,
                one.is_together AND other.is_together
                    AND NOT (list_has_all(one.who_codes, other.who_codes) OR list_has_all(other.who_codes, one.who_codes)) AS are_other_circles,
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
                len(one.who_kinds) > 0 AND len(other.who_kinds) > 0 AS are_told_who,
                len(one.whom_codes) > 0 AND len(other.whom_codes) > 0 AS are_coded_whom,
                len(one.whom_kinds) > 0 AND len(other.whom_kinds) > 0 AS are_told_whom,
                len(one.modes) > 0 AND len(other.modes) > 0 AND NOT list_has_any(one.modes, other.modes) AS has_other_mode
            FROM met
            JOIN numbered AS one ON one.rank = leader
            JOIN numbered AS other ON other.rank = follower
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
            WHERE NOT are_other_circles AND coalesce(is_same_town, true) AND coalesce(is_same_country, true)
        ),
        plain AS MATERIALIZED (
            SELECT
                leader,
                follower,
                days_apart,
                codes > 1 OR names_who OR names_whom OR coalesce(is_same_town, false) AS is_particular,
                CASE
                    WHEN names_who OR names_whom THEN weight_who + weight_whom
                    ELSE least(weight_who + weight_whom, codes)  -- one country on both sides says no more than on one
                END
                + CASE WHEN is_same_town THEN 2 ELSE 0 END
                + has_same_word::INTEGER
                + CASE WHEN days_apart = 0 THEN 1 WHEN days_apart = 1 THEN 0 ELSE -1 END
                - has_other_mode::INTEGER AS score
            FROM weighed
            WHERE weight_who IS NOT NULL AND weight_whom IS NOT NULL
        ),
        -- the sentences are compared last, and only where they can still tell
        likened AS MATERIALIZED (
            SELECT
                plain.*,
                len([each FOR each IN one.vocabulary IF list_contains(other.vocabulary, each)]) AS common_words,
                common_words / (len(one.vocabulary) + len(other.vocabulary) - common_words) AS likeness
            FROM plain
            JOIN numbered AS one ON one.rank = leader
            JOIN numbered AS other ON other.rank = follower
            WHERE plain.score >= 1
        )
        SELECT
            leader,
            follower,
            days_apart,
            score + CASE WHEN likeness >= 0.3 THEN 2 WHEN likeness >= 0.15 THEN 1 ELSE 0 END AS score,
            (SELECT max(step) FROM reached) + 1,
            false
        FROM likened
        WHERE score + CASE WHEN likeness >= 0.3 THEN 2 WHEN likeness >= 0.15 THEN 1 ELSE 0 END >= 3
            AND (is_particular OR likeness >= 0.15)
        UNION ALL
        -- others of the same description are numbered with them
        SELECT rank, rank, 0, NULL, (SELECT max(step) FROM reached) + 1, false
        FROM numbered
        WHERE NOT is_asked_for AND description IN (SELECT description FROM numbered SEMI JOIN reached USING (rank))
        UNION ALL
        SELECT rank, rank, 0, NULL, step + 1, true FROM reached
        UNION ALL
        SELECT leader, follower, 0, NULL, step + 1, true FROM held WHERE is_done AND step < 4
    )
),
joined AS MATERIALIZED (
    SELECT DISTINCT leader, follower, days_apart, score FROM held WHERE leader <> follower
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
placed AS MATERIALIZED (
    SELECT
        ranked.rank,
        coalesce(following.leader, ranked.rank) AS head,
        following.score,
        event_id,
        article_id,
        story_id,
        event_type,
        is_asked_for
    FROM ranked
    LEFT JOIN following USING (rank)
),
called AS (
    SELECT
        rank,
        event_id AS leading_event,
        sha256(concat_ws('|', description, row_number() OVER (PARTITION BY description ORDER BY event_id))) AS name
    FROM ranked
    SEMI JOIN placed ON ranked.rank = placed.head
)
SELECT
    concat_ws('-', name[1:8], name[9:12], '8' || name[13:15], '8' || name[16:18], name[19:30])::UUID AS incident_id,  -- the event in the world
    placed.event_id,                                   -- record that tells of it, in political_events
    placed.article_id,                                 -- article that reports it
    placed.story_id,                                   -- story of the article: copies share it
    placed.event_type,                                 -- PLOVER type
    placed.event_id = leading_event AS is_leading,     -- true: the fullest record, against which the others were held
    placed.score::INTEGER AS score                     -- how much speaks for its belonging here, at least 3; null for the leading record
FROM placed
JOIN called ON called.rank = placed.head
SEMI JOIN (SELECT head FROM placed WHERE is_asked_for) AS asked ON asked.head = placed.head
