/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19-11.4.5-MariaDB, for Linux (x86_64)
--
-- Host: db.example.org    Database: wp_elsewhere
-- ------------------------------------------------------
-- Server version	11.4.5-MariaDB

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;
SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ '3E11FA47-71CA-11E1-9E33-C80AA9429562:1-5';

--
-- Current Database: `wp_elsewhere`
--

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `wp_elsewhere` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;

USE `wp_elsewhere`;

--
-- Table structure for table `wp_5_options`
--

DROP TABLE IF EXISTS `wp_5_options`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `wp_5_options` (
  `option_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `option_name` varchar(191) NOT NULL DEFAULT '',
  `option_value` longtext NOT NULL,
  `autoload` varchar(20) NOT NULL DEFAULT 'yes',
  PRIMARY KEY (`option_id`),
  UNIQUE KEY `option_name` (`option_name`)
) ENGINE=InnoDB AUTO_INCREMENT=9 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `wp_5_options`
--

LOCK TABLES `wp_5_options` WRITE;
/*!40000 ALTER TABLE `wp_5_options` DISABLE KEYS */;
INSERT INTO `wp_5_options` VALUES (1,'siteurl','http://uat.wfu.test/five','yes'),(2,'home','http://uat.wfu.test/five','yes'),
(3,'blogname','it''s \"quoted\"; -- not a comment /* nor this */ {d \'2020-01-01\'} \\ ümläut 漢字 🎓','yes'),
(4,'widget_text','a:1:{s:3:\"key\";s:16:\"line\r\nwith\ttabs;;\";}','no');
INSERT INTO `wp_5_options` (`option_id`, `option_name`, `option_value`, `autoload`) VALUES (5,'binary',_binary 'a\0b\Zc','no');
/*!40000 ALTER TABLE `wp_5_options` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `wp_5_orders`
--

DROP TABLE IF EXISTS `wp_5_orders`;
CREATE TABLE `wp_5_orders` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `placed` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `total` decimal(10,2) DEFAULT 1.50,
  `flags` bit(3) DEFAULT b'101',
  `raw` blob DEFAULT NULL,
  `option_id` bigint(20) unsigned DEFAULT NULL,
  `double_total` decimal(12,2) GENERATED ALWAYS AS (`total` * 2) STORED,
  PRIMARY KEY (`id`),
  KEY `of_option` (`option_id`),
  CONSTRAINT `of_option` FOREIGN KEY (`option_id`) REFERENCES `wp_5_options` (`option_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

LOCK TABLES `wp_5_orders` WRITE;
INSERT INTO `wp_5_orders` (`id`, `placed`, `total`, `flags`, `raw`, `option_id`) VALUES (1,'0000-00-00 00:00:00',-1.25,b'011',0x00FF27,1),(2,'2024-02-29 10:00:00',NULL,NULL,NULL,NULL);
UNLOCK TABLES;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`nobody`@`elsewhere`*/ /*!50003 TRIGGER `wp_5_orders_stamp` BEFORE INSERT ON `wp_5_orders` FOR EACH ROW BEGIN
  SET NEW.placed = NOW(); -- a semicolon; and one that isn't the last;
  IF NEW.total IS NULL THEN SET NEW.total = 0; END IF;
END */;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;

--
-- Temporary table structure for view `wp_5_v_paid`
--

/*!50001 DROP VIEW IF EXISTS `wp_5_v_paid`*/;
SET @saved_cs_client     = @@character_set_client;
SET character_set_client = utf8mb4;
/*!50001 CREATE VIEW `wp_5_v_paid` AS SELECT
 1 AS `id` */;
SET character_set_client = @saved_cs_client;

--
-- Dumping routines for database 'wp_elsewhere'
--
DELIMITER ;;
CREATE DEFINER=`nobody`@`elsewhere` PROCEDURE `everything`()
BEGIN
  SELECT 1; SELECT 2;
END ;;
DELIMITER ;
ALTER DATABASE `wp_elsewhere` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci ;

--
-- Final view structure for view `wp_5_v_paid`
--

/*!50001 DROP VIEW IF EXISTS `wp_5_v_paid`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`nobody`@`elsewhere` SQL SECURITY DEFINER */
/*!50001 VIEW `wp_5_v_paid` AS select `wp_5_orders`.`id` AS `id`,`wp_5_orders`.`total` AS `total` from `wp_5_orders` where (`wp_5_orders`.`total` > 0) */;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-20 12:00:00
