-- The number of messages stands at the conversation, for lists of thousands.

ALTER TABLE {prefix}conversations
  ADD COLUMN message_count int(10) unsigned NOT NULL DEFAULT 0 AFTER customer_id,
  ADD KEY message_count (message_count);

UPDATE {prefix}conversations AS c
  SET c.message_count = (SELECT COUNT(*) FROM {prefix}messages AS m WHERE m.conversation_id = c.id);

DELIMITER $$

CREATE TRIGGER {prefix}messages_counted AFTER INSERT ON {prefix}messages FOR EACH ROW
BEGIN
  UPDATE {prefix}conversations SET message_count = message_count + 1 WHERE id = NEW.conversation_id;
END$$

CREATE TRIGGER {prefix}messages_uncounted AFTER DELETE ON {prefix}messages FOR EACH ROW
BEGIN
  UPDATE {prefix}conversations SET message_count = message_count - 1 WHERE id = OLD.conversation_id;
END$$

CREATE PROCEDURE {prefix}close_stale(IN stale_days int)
BEGIN
  -- A closed conversation stays closed; one that waits is closed with the others.
  UPDATE {prefix}conversations SET status = 'closed'
    WHERE status <> 'closed' AND updated_at < NOW() - INTERVAL stale_days DAY;
  SELECT ROW_COUNT() AS closed;
END$$

DELIMITER ;
