package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.Rows
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import org.testcontainers.DockerClientFactory
import org.testcontainers.containers.JdbcDatabaseContainer
import org.testcontainers.mariadb.MariaDBContainer
import org.testcontainers.mysql.MySQLContainer
import org.testcontainers.utility.DockerImageName
import spock.lang.Requires
import spock.lang.Specification

/** The fixture network from the embedded MariaDB to every version that wfumig speaks of. Needs Docker. */
@Requires(value = { DockerClientFactory.instance().isDockerAvailable() }, reason = 'no Docker here')
class VersionMatrixSpec extends Specification {
    def 'the whole network arrives on #image'() {
        given:
        def source = TestServer.embedded()
        source.load('matrix_dev', 'dev')
        JdbcDatabaseContainer container = image.startsWith('mysql')
                ? new MySQLContainer(DockerImageName.parse(image)).withUsername('root').withPassword('matrix').withDatabaseName('matrix_uat').withCommand('--local-infile=1')
                : new MariaDBContainer(DockerImageName.parse(image)).withUsername('root').withPassword('matrix').withDatabaseName('matrix_uat').withCommand('--local-infile=1')
        container.start()
        def target = new Container(container)
        def wfumig = new Wfumig()
        def plan = wfumig.plan("""
            migration('matrix') {
              ${wfumig.ends(source, 'matrix_dev', target, 'matrix_uat')}
              staging { schema 'matrix_staging' }
              sites { all(); networkTables() }
            }""").toString()

        expect:
        wfumig.call('run', plan, '--yes') == 0
        Rows.tables(source, 'matrix_dev').each { assert Rows.of(target, 'matrix_uat', it) == Rows.of(source, 'matrix_dev', it) }
        wfumig.call('rollback') == 0

        cleanup:
        container?.stop()
        source.drop('matrix_dev')

        where:
        image << ['mysql:8.4', 'mysql:9', 'mariadb:10.11', 'mariadb:11.4']
    }

    /** A server in a container. */
    static class Container extends TestServer {
        private final JdbcDatabaseContainer container

        Container(JdbcDatabaseContainer container) {
            this.container = container
        }

        @Override
        String host() { container.host }

        @Override
        int port() { container.getMappedPort(3306) }

        @Override
        String user() { container.username }

        @Override
        String password() { container.password }

        @Override
        String product() { container.dockerImageName }

        @Override
        void load(String schema, String network) { throw new IllegalStateException('containers are targets here') }
    }
}
