-- The network's own tables as WordPress makes them, and the main site's options: of the main site nothing else matters here.
CREATE TABLE wp_site (
  id bigint NOT NULL AUTO_INCREMENT,
  domain varchar(200) NOT NULL DEFAULT '',
  path varchar(100) NOT NULL DEFAULT '',
  PRIMARY KEY (id), KEY domain (domain(140), path(51)));

CREATE TABLE wp_blogs (
  blog_id bigint NOT NULL AUTO_INCREMENT,
  site_id bigint NOT NULL DEFAULT 0,
  domain varchar(200) NOT NULL DEFAULT '',
  path varchar(100) NOT NULL DEFAULT '',
  registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  last_updated datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  public tinyint NOT NULL DEFAULT 1,
  archived tinyint NOT NULL DEFAULT 0,
  mature tinyint NOT NULL DEFAULT 0,
  spam tinyint NOT NULL DEFAULT 0,
  deleted tinyint NOT NULL DEFAULT 0,
  lang_id int NOT NULL DEFAULT 0,
  PRIMARY KEY (blog_id), KEY domain (domain(50), path(5)), KEY lang_id (lang_id));

CREATE TABLE wp_sitemeta (
  meta_id bigint NOT NULL AUTO_INCREMENT,
  site_id bigint NOT NULL DEFAULT 0,
  meta_key varchar(255),
  meta_value longtext,
  PRIMARY KEY (meta_id), KEY meta_key (meta_key(191)), KEY site_id (site_id));

CREATE TABLE wp_users (
  ID bigint unsigned NOT NULL AUTO_INCREMENT,
  user_login varchar(60) NOT NULL DEFAULT '',
  user_pass varchar(255) NOT NULL DEFAULT '',
  user_nicename varchar(50) NOT NULL DEFAULT '',
  user_email varchar(100) NOT NULL DEFAULT '',
  user_url varchar(100) NOT NULL DEFAULT '',
  user_registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  user_activation_key varchar(255) NOT NULL DEFAULT '',
  user_status int NOT NULL DEFAULT 0,
  display_name varchar(250) NOT NULL DEFAULT '',
  spam tinyint NOT NULL DEFAULT 0,
  deleted tinyint NOT NULL DEFAULT 0,
  PRIMARY KEY (ID),
  KEY user_login_key (user_login),
  KEY user_nicename (user_nicename),
  KEY user_email (user_email));

CREATE TABLE wp_usermeta (
  umeta_id bigint unsigned NOT NULL AUTO_INCREMENT,
  user_id bigint unsigned NOT NULL DEFAULT 0,
  meta_key varchar(255),
  meta_value longtext,
  PRIMARY KEY (umeta_id), KEY user_id (user_id), KEY meta_key (meta_key(191)));

CREATE TABLE wp_options (
  option_id bigint unsigned NOT NULL AUTO_INCREMENT,
  option_name varchar(191) NOT NULL DEFAULT '',
  option_value longtext NOT NULL,
  autoload varchar(20) NOT NULL DEFAULT 'yes',
  PRIMARY KEY (option_id), UNIQUE KEY option_name (option_name), KEY autoload (autoload));
