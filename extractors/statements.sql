-- statements: Who is quoted with what, one row for each statement that an article reports.
SELECT
    finding.article_id,                                                          -- article that reports it
    finding.published_on,                                                        -- publisher's own calendar day of the article
    finding.kind,                                                                -- direct: whole sentences in quotation marks; mixed: some words; indirect: none
    finding.speaker,                                                             -- speaker's name, of pronouns whom they mean, null where it cannot be told
    array_to_string([piece.text FOR piece IN finding.quoted], ' ') AS words,     -- the words in quotation marks, its pieces joined by blanks
    finding.cue_lemma AS cue,                                                    -- base form of the word that reports it, such as say
    finding.addressee,                                                           -- to whom it was said, null where not stated
    finding.anonymous,                                                           -- true: no name is given; false: the speaker has a name; null: cannot be told
    finding.said_on,                                                             -- day it was said, null where not resolved
    finding.speaker_span.text AS speaker_words,                                  -- phrase that names the speaker, title included; may be a pronoun
    finding.speaker_id,                                                          -- speaker as an entity, scheme:id, null where not resolved
    finding.speaker_code,                                                        -- speaker's country or organisation code, null where not resolved
    finding.speaker_sectors,                                                     -- PLOVER sectors of the speaker, primary first
    array_to_string([piece.text FOR piece IN finding.content], ' ') AS content,  -- what was said, quotation marks included
    finding.content AS content_spans,                                            -- where it stands: start and end in code points, and its words
    finding.quoted AS quoted_spans,                                              -- where the words in quotation marks stand
    finding.cue AS cue_span,                                                     -- where the reporting word stands, null where there is none
    finding.speaker_span,                                                        -- where the speaker is named, null where nobody is
    finding.nested_in,                                                           -- statement in which this one is quoted, null for most
    finding.extraction_id,                                                       -- reading that found it
    finding.event_id                                                             -- record it rests on, in events
FROM log.statement_reported AS finding
ANTI JOIN superseded_extractions_as_of(commit_position) USING (extraction_id)
WHERE finding.position <= commit_position
