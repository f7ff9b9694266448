-- what every edition holds beside the tables of its event classes

CREATE SCHEMA log;

CREATE TABLE log.events (
    position         BIGINT,
    event_id         UUID,
    event_key        UUID,
    record_type      VARCHAR USING COMPRESSION dict_fsst,
    schema_version   INTEGER,
    stream           VARCHAR USING COMPRESSION dict_fsst,
    extraction_id    UUID,
    occurred_at      TIMESTAMPTZ,
    published_on     DATE,
    recorded_at      TIMESTAMPTZ,
    producer         VARCHAR USING COMPRESSION dict_fsst,
    producer_version INTEGER,
    run_id           UUID,
    caused_by        UUID,
    payload          JSON USING COMPRESSION zstd,
    article_id       UUID
);
COMMENT ON TABLE log.events IS 'Every record of the log, superseded ones included; of forgotten articles only that they were.';
COMMENT ON COLUMN log.events.position IS 'place in the log, counted from 1';
COMMENT ON COLUMN log.events.event_id IS 'the record''s identity: the same fact has the same id everywhere';
COMMENT ON COLUMN log.events.event_key IS 'shared by findings of different extractor versions about the same place of a text';
COMMENT ON COLUMN log.events.record_type IS 'the vocabulary''s name of the record';
COMMENT ON COLUMN log.events.schema_version IS 'version of the record''s class';
COMMENT ON COLUMN log.events.stream IS 'what it is about: article:<id>, feed:<id>, run:<id> or log';
COMMENT ON COLUMN log.events.extraction_id IS 'the reading that found it; null for records that no extractor made';
COMMENT ON COLUMN log.events.occurred_at IS 'when it happened, UTC; null for findings';
COMMENT ON COLUMN log.events.published_on IS 'the publisher''s calendar day; UTC day for feed and run records';
COMMENT ON COLUMN log.events.recorded_at IS 'when the log took it, UTC';
COMMENT ON COLUMN log.events.producer IS 'who made the record';
COMMENT ON COLUMN log.events.producer_version IS 'version of the producer''s rules';
COMMENT ON COLUMN log.events.run_id IS 'the run it was made in';
COMMENT ON COLUMN log.events.caused_by IS 'event that caused it';
COMMENT ON COLUMN log.events.payload IS 'the record''s own fields, as canonical JSON';
COMMENT ON COLUMN log.events.article_id IS 'the article its stream is about; null for records about feeds, runs and the log';

CREATE TABLE log.texts (
    first_position BIGINT,
    text_sha256    VARCHAR USING COMPRESSION dict_fsst,
    "text"         VARCHAR USING COMPRESSION zstd,
    opening        STRUCT("start" BIGINT, "end" BIGINT, "text" VARCHAR)
);
COMMENT ON TABLE log.texts IS 'Cleaned texts by SHA-256, in the order of the log.';
COMMENT ON COLUMN log.texts.first_position IS 'position of the first record that names it; who joins by it reads no other text';
COMMENT ON COLUMN log.texts.text_sha256 IS 'SHA-256 of the text, 64 hexadecimal digits';
COMMENT ON COLUMN log.texts."text" IS 'the text, Unicode NFC';
COMMENT ON COLUMN log.texts.opening IS 'its first twelve words';

CREATE TABLE log.checkpoint (
    schema_sha256 VARCHAR,
    position      BIGINT,
    digest        VARCHAR
);
COMMENT ON TABLE log.checkpoint IS 'What this edition was made from: the schema, and the head of the log.';
COMMENT ON COLUMN log.checkpoint.schema_sha256 IS 'SHA-256 over the event classes and views it was generated from';
COMMENT ON COLUMN log.checkpoint.position IS 'position of the last record it holds';
COMMENT ON COLUMN log.checkpoint.digest IS 'digest of the batch that this record closes';

-- what counts is worked out when it changes, not when it is asked for: each row says from and until which position of the
-- log something counted, so that a question about the past costs no more than one about the present

CREATE TABLE log.text_periods (
    article_id    UUID,
    text_sha256   VARCHAR USING COMPRESSION dict_fsst,
    text_position BIGINT,
    event_id      UUID,
    captured_at   TIMESTAMPTZ,
    capture       STRUCT(warc VARCHAR, "offset" BIGINT),
    counts_from   BIGINT,
    counts_until  BIGINT
);
COMMENT ON TABLE log.text_periods IS 'Which text of an article counted from which position of the log until which.';
COMMENT ON COLUMN log.text_periods.article_id IS 'the article';
COMMENT ON COLUMN log.text_periods.text_sha256 IS 'key of the text';
COMMENT ON COLUMN log.text_periods.text_position IS 'first_position of the text in log.texts; null where it is not there';
COMMENT ON COLUMN log.text_periods.event_id IS 'the ArticleCleaned record';
COMMENT ON COLUMN log.text_periods.captured_at IS 'when the page was received, UTC';
COMMENT ON COLUMN log.text_periods.capture IS 'WARC file and offset of the page';
COMMENT ON COLUMN log.text_periods.counts_from IS 'first position at which it counted';
COMMENT ON COLUMN log.text_periods.counts_until IS 'first position at which it no longer did; 9223372036854775807 while it does';

CREATE TABLE log.reading_periods (
    article_id           UUID,
    extraction_id        UUID,
    text_sha256          VARCHAR USING COMPRESSION dict_fsst,
    producer             VARCHAR USING COMPRESSION dict_fsst,
    version              BIGINT,
    configuration_sha256 VARCHAR USING COMPRESSION dict_fsst,
    events               BIGINT,
    counts_from          BIGINT,
    counts_until         BIGINT
);
COMMENT ON TABLE log.reading_periods IS 'Which reading of an article by each extractor counted from which position of the log until which.';
COMMENT ON COLUMN log.reading_periods.article_id IS 'the article';
COMMENT ON COLUMN log.reading_periods.extraction_id IS 'the reading';
COMMENT ON COLUMN log.reading_periods.text_sha256 IS 'the text it read';
COMMENT ON COLUMN log.reading_periods.producer IS 'the extractor';
COMMENT ON COLUMN log.reading_periods.version IS 'the extractor''s version';
COMMENT ON COLUMN log.reading_periods.configuration_sha256 IS 'code and options of the shared reader';
COMMENT ON COLUMN log.reading_periods.events IS 'how many findings it gave';
COMMENT ON COLUMN log.reading_periods.counts_from IS 'first position at which it counted';
COMMENT ON COLUMN log.reading_periods.counts_until IS 'first position at which it no longer did; 9223372036854775807 while it does';

CREATE TABLE log.superseded_periods (
    article_id       UUID,
    extraction_id    UUID,
    superseded_from  BIGINT,
    superseded_until BIGINT
);
COMMENT ON TABLE log.superseded_periods IS 'Readings that did not count although they stood in the log, from which position until which.';
COMMENT ON COLUMN log.superseded_periods.article_id IS 'the article';
COMMENT ON COLUMN log.superseded_periods.extraction_id IS 'the reading';
COMMENT ON COLUMN log.superseded_periods.superseded_from IS 'first position at which it did not count';
COMMENT ON COLUMN log.superseded_periods.superseded_until IS 'first position at which it counted again; 9223372036854775807 while it does not';

CREATE TABLE log.story_periods (
    article_id   UUID,
    story_id     UUID,
    counts_from  BIGINT,
    counts_until BIGINT
);
COMMENT ON TABLE log.story_periods IS 'Which story an article that was linked with a copy belonged to, from which position of the log until which.';
COMMENT ON COLUMN log.story_periods.article_id IS 'the article';
COMMENT ON COLUMN log.story_periods.story_id IS 'smallest article id of the story';
COMMENT ON COLUMN log.story_periods.counts_from IS 'first position at which it belonged to it';
COMMENT ON COLUMN log.story_periods.counts_until IS 'first position at which it no longer did; 9223372036854775807 while it does';
