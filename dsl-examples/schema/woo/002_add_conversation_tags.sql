CREATE TABLE IF NOT EXISTS {prefix}tags (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  slug varchar(100) NOT NULL,
  label varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY  (id),
  UNIQUE KEY slug (slug)
) {charset_collate};

CREATE TABLE IF NOT EXISTS {prefix}conversation_tags (
  conversation_id bigint(20) unsigned NOT NULL,
  tag_id bigint(20) unsigned NOT NULL,
  PRIMARY KEY  (conversation_id, tag_id),
  KEY tag_id (tag_id),
  CONSTRAINT {prefix}conversation_tags_conversation FOREIGN KEY (conversation_id)
    REFERENCES {prefix}conversations (id) ON DELETE CASCADE,
  CONSTRAINT {prefix}conversation_tags_tag FOREIGN KEY (tag_id)
    REFERENCES {prefix}tags (id) ON DELETE CASCADE
) {charset_collate};

INSERT INTO {prefix}tags (slug, label) VALUES
  ('order', 'Order; payment'),
  ('delivery', 'Delivery'),
  ('it-s-broken', 'It''s broken');
