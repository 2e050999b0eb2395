package edu.wfu.wfumig.lock

import edu.wfu.wfumig.support.TestServer

/** The contract of the lock on MariaDB. */
class LockSpec extends MysqlLockContract {
    @Override
    TestServer server() {
        TestServer.embedded()
    }
}
