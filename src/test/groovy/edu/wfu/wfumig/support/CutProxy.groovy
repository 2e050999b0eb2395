package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/** A server at the other end of a line that can be cut: all connections end at once, and new ones are taken. */
@CompileStatic
class CutProxy extends TestServer implements Closeable {
    /** The direction in which bytes are counted. */
    enum Way { TO_SERVER, FROM_SERVER }

    private final TestServer server
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName('127.0.0.1'))
    private final Set<Socket> open = ConcurrentHashMap.newKeySet()
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE)
    private volatile Way counted
    private volatile String awaited
    private volatile int cuts

    CutProxy(TestServer server) {
        this.server = server
        Thread.startDaemon('proxy') { accept() }
    }

    /** Cuts once, when so many bytes from now on have passed. */
    void cutAfter(Way way, long bytes) {
        left.set(bytes)
        counted = way
    }

    /** Cuts once, when the server has done a statement that begins like this, before its answer comes. */
    void cutAnswerTo(String statement) { awaited = statement.toLowerCase() }

    int cuts() { cuts }

    private void accept() {
        while (!door.closed) {
            try {
                def near = door.accept()
                def far = new Socket(server.host(), server.port())
                open.addAll([near, far])
                Thread.startDaemon('to server') { pump(near, far, Way.TO_SERVER) }
                Thread.startDaemon('from server') { pump(far, near, Way.FROM_SERVER) }
            } catch (IOException ignored) {
                // Closed, or the server is away: the next one may be luckier.
            }
        }
    }

    private void pump(Socket from, Socket to, Way way) {
        def buffer = new byte[8192]
        try {
            int count
            while ((count = from.inputStream.read(buffer)) >= 0) {
                // What is too much is never sent, so the cut is in the middle of what it is in the middle of.
                if (way == counted && left.addAndGet(-count) < 0) cut()
                if (way == Way.TO_SERVER && awaited && begins(buffer, count)) {
                    awaited = null
                    cutAfter(Way.FROM_SERVER, 0)
                }
                to.outputStream.write(buffer, 0, count)
                to.outputStream.flush()
            }
        } catch (IOException ignored) {
            // Cut, or closed at the other end.
        }
        [from, to].each { Socket it -> open.remove(it); it.close() }
    }

    /** A packet's head and the command's number are five bytes; then comes the statement. */
    private boolean begins(byte[] packet, int count) {
        count >= 5 + awaited.length() && new String(packet, 5, awaited.length(), StandardCharsets.ISO_8859_1).toLowerCase() == awaited
    }

    private synchronized void cut() {
        if (counted == null) return
        counted = null
        cuts++
        open.each {
            it.setSoLinger(true, 0)
            it.close()
        }
        open.clear()
    }

    @Override
    String host() { '127.0.0.1' }

    @Override
    int port() { door.localPort }

    @Override
    String user() { server.user() }

    @Override
    String password() { server.password() }

    @Override
    String product() { server.product() }

    @Override
    void load(String schema, String network) { server.load(schema, network) }

    @Override
    void close() { door.close() }
}
