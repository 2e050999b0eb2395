-- wfumig: no transaction
-- The table stays open for writes while the index is made.

CREATE INDEX CONCURRENTLY {prefix}messages_body ON {prefix}messages USING gin (to_tsvector('simple', body));
