CREATE OR REPLACE VIEW {prefix}open_conversations AS
  SELECT c.id, c.title, c.customer_id, c.updated_at
  FROM {prefix}conversations AS c
  WHERE c.status <> 'closed';

CREATE OR REPLACE VIEW {prefix}conversation_stats AS
  SELECT c.id, c.status, COUNT(m.id) AS messages, MAX(m.sent_at) AS last_sent
  FROM {prefix}conversations AS c
  LEFT JOIN {prefix}messages AS m ON m.conversation_id = c.id AND m.is_internal = 0
  GROUP BY c.id, c.status;
