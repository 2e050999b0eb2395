package edu.wfu.wfumig.lock

import edu.wfu.wfumig.support.TestServer
import spock.lang.Requires

/** The contract of the lock on MySQL 9. Skipped where none can be had. */
@Requires(value = { TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
class LockMysqlSpec extends MysqlLockContract {
    @Override
    TestServer server() {
        TestServer.mysql9()
    }
}
