DROP PROCEDURE IF EXISTS {prefix}close_stale;
DROP TRIGGER IF EXISTS {prefix}messages_uncounted;
DROP TRIGGER IF EXISTS {prefix}messages_counted;
ALTER TABLE {prefix}conversations DROP KEY message_count, DROP COLUMN message_count;
