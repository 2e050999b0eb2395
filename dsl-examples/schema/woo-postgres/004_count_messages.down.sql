DROP PROCEDURE IF EXISTS {prefix}close_stale(interval);
DROP TRIGGER IF EXISTS {prefix}messages_counted ON {prefix}messages;
DROP FUNCTION IF EXISTS {prefix}count_messages();
DROP INDEX IF EXISTS {prefix}conversations_message_count;
ALTER TABLE {prefix}conversations DROP COLUMN IF EXISTS message_count;
