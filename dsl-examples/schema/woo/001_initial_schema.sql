-- Conversations of customers with a shop, in the words that dbDelta of WordPress reads.

CREATE TABLE IF NOT EXISTS {prefix}conversations (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  title varchar(255) NOT NULL DEFAULT '',
  status varchar(20) NOT NULL DEFAULT 'open' COMMENT 'open, waiting or closed',
  customer_id bigint(20) unsigned NOT NULL DEFAULT 0,
  created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY  (id),
  KEY status_updated (status, updated_at),
  KEY title (title(50))
) {charset_collate};

CREATE TABLE IF NOT EXISTS {prefix}messages (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  conversation_id bigint(20) unsigned NOT NULL,
  author_id bigint(20) unsigned NOT NULL DEFAULT 0,
  body longtext NOT NULL,
  is_internal tinyint(1) NOT NULL DEFAULT 0,
  sent_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY  (id),
  KEY conversation_sent (conversation_id, sent_at),
  CONSTRAINT {prefix}messages_conversation FOREIGN KEY (conversation_id)
    REFERENCES {prefix}conversations (id) ON DELETE CASCADE
) {charset_collate};

CREATE TABLE IF NOT EXISTS {prefix}participants (
  conversation_id bigint(20) unsigned NOT NULL,
  user_id bigint(20) unsigned NOT NULL,
  role enum('customer','agent','watcher') NOT NULL DEFAULT 'customer',
  last_read_id bigint(20) unsigned DEFAULT NULL,
  PRIMARY KEY  (conversation_id, user_id),
  KEY user_id (user_id),
  CONSTRAINT {prefix}participants_conversation FOREIGN KEY (conversation_id)
    REFERENCES {prefix}conversations (id) ON DELETE CASCADE
) {charset_collate};

CREATE TABLE IF NOT EXISTS {prefix}attachments (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  message_id bigint(20) unsigned NOT NULL,
  file_name varchar(191) NOT NULL,
  mime_type varchar(100) NOT NULL DEFAULT 'application/octet-stream',
  bytes bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY  (id),
  UNIQUE KEY message_file (message_id, file_name),
  CONSTRAINT {prefix}attachments_message FOREIGN KEY (message_id)
    REFERENCES {prefix}messages (id) ON DELETE CASCADE
) {charset_collate};
