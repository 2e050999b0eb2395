-- The number of messages stands at the conversation, for lists of thousands.

ALTER TABLE {prefix}conversations ADD COLUMN message_count integer NOT NULL DEFAULT 0;
CREATE INDEX {prefix}conversations_message_count ON {prefix}conversations (message_count);

UPDATE {prefix}conversations AS c
  SET message_count = (SELECT count(*) FROM {prefix}messages AS m WHERE m.conversation_id = c.id);

CREATE FUNCTION {prefix}count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE {prefix}conversations SET message_count = message_count + 1 WHERE id = NEW.conversation_id;
  ELSE
    UPDATE {prefix}conversations SET message_count = message_count - 1 WHERE id = OLD.conversation_id;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER {prefix}messages_counted AFTER INSERT OR DELETE ON {prefix}messages
  FOR EACH ROW EXECUTE FUNCTION {prefix}count_messages();

CREATE PROCEDURE {prefix}close_stale(stale interval) LANGUAGE plpgsql AS $$
BEGIN
  -- A closed conversation stays closed; one that waits is closed with the others.
  UPDATE {prefix}conversations SET status = 'closed' WHERE status <> 'closed' AND updated_at < now() - stale;
END
$$;
