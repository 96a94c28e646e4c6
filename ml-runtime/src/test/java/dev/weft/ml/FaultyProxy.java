package dev.weft.ml;

import dev.weft.ml.wire.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and an actor and does one thing wrong, at a byte that is the same each
 * time: counted are the bytes that go one way on one connection.
 */
final class FaultyProxy implements AutoCloseable {

  /** What goes wrong with the bytes. */
  enum Fault {
    /** The connection ends. */
    CUT,
    /** Nothing more comes, and nothing ends. */
    HOLD,
    /** Every piece is late. */
    DELAY,
    /** One piece comes twice. */
    DOUBLE
  }

  private final Fault fault;
  private final long at;
  private final int connections;
  private final boolean asking;
  private final Endpoint actor;
  private final ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * A proxy that listens, with a fault in what the actor answers.
   *
   * @param at after how many bytes the fault comes
   * @param connections how many connections have it, the first ones
   */
  FaultyProxy(Endpoint actor, Fault fault, long at, int connections) throws IOException {
    this(actor, fault, at, connections, false);
  }

  /**
   * The same.
   *
   * @param asking whether the fault is in what the client sends
   */
  FaultyProxy(Endpoint actor, Fault fault, long at, int connections, boolean asking)
      throws IOException {
    this.actor = actor;
    this.asking = asking;
    this.fault = fault;
    this.at = at;
    this.connections = connections;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The address that leads through it. */
  Endpoint endpoint() {
    return actor.toBuilder().setHost("127.0.0.1").setPort(server.getLocalPort()).build();
  }

  /** How many connections there were. */
  int accepted() {
    return accepted.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      boolean faulty = accepted.getAndIncrement() < connections;
      Socket target = new Socket(InetAddress.getLoopbackAddress(), actor.getPort());
      open.addAll(List.of(client, target));
      start(() -> pump(client, target, faulty && asking));
      start(() -> pump(target, client, faulty && !asking));
    }
  }

  private void pump(Socket from, Socket to, boolean faulty) throws IOException {
    byte[] piece = new byte[512];
    long passed = 0;
    boolean doubled = false;
    boolean held = false;
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    boolean cut = false;
    try {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        boolean now = faulty && passed + count > at;
        if (now && fault == Fault.CUT) {
          out.write(piece, 0, (int) (at - passed));
          // Closed at once it would be reset, and what has arrived might be lost unread.
          to.shutdownOutput();
          cut = true;
          return;
        }
        held |= now && fault == Fault.HOLD;
        if (held) {
          // A shorter piece that comes later is held too: passed on, it would hide a lost one.
          continue;
        }
        if (now && fault == Fault.DELAY) {
          sleep();
        }
        if (now && fault == Fault.DOUBLE && !doubled) {
          out.write(piece, 0, count);
          doubled = true;
        }
        out.write(piece, 0, count);
        passed += count;
      }
    } finally {
      if (!cut) {
        from.close();
        to.close();
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Pump pump) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pump.run();
              } catch (IOException e) {
                // One of the two sides has gone.
              }
            },
            "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Moves bytes until a side ends. */
  private interface Pump {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    Connections.forget(endpoint());
  }
}
