package dev.weft.ml;

import dev.weft.ml.wire.Endpoint;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flight channel to one server, shared by all threads of this JVM. */
final class Connection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int FLOW_CONTROL_WINDOW = 16 << 20;
  private static final long PARK_NANOS = 50_000;
  private static final long LOST_NANOS = 500_000_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final ManagedChannel channel;
  private final FlightClient client;

  Connection(Endpoint endpoint) {
    channel =
        NettyChannelBuilder.forAddress(endpoint.getHost(), endpoint.getPort())
            .usePlaintext()
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    client = FlightGrpcUtils.createFlightClient(allocator, channel);
  }

  FlightClient client() {
    return client;
  }

  /** Looks for the server now and for a moment, and not only when gRPC's own pause is over. */
  void retry() {
    long start = System.nanoTime();
    while (channel.getState(true) != ConnectivityState.READY
        && System.nanoTime() - start < LOST_NANOS) {
      channel.resetConnectBackoff();
      LockSupport.parkNanos(20 * PARK_NANOS);
    }
  }

  /** The bytes that its streams hold now. */
  long allocated() {
    return allocator.getAllocatedMemory();
  }

  /** The option that carries a token. */
  static CallOption token(String token) {
    FlightCallHeaders headers = new FlightCallHeaders();
    headers.insert("authorization", "Bearer " + token);
    return new HeaderCallOption(headers);
  }

  /**
   * Parks until a stream takes more, since spinning would steal a core from the other side.
   *
   * @return false when the server is gone or the time is up
   */
  boolean awaitReady(BooleanSupplier ready, long limitNanos) {
    long start = System.nanoTime();
    long lostSince = 0;
    while (!ready.getAsBoolean()) {
      long now = System.nanoTime();
      if (lost()) {
        lostSince = lostSince == 0 ? now : lostSince;
      } else {
        lostSince = 0;
      }
      if (now - start > limitNanos || (lostSince != 0 && now - lostSince > LOST_NANOS)) {
        return false;
      }
      LockSupport.parkNanos(PARK_NANOS);
    }
    return true;
  }

  private boolean lost() {
    ConnectivityState state = channel.getState(false);
    return state != ConnectivityState.READY && state != ConnectivityState.CONNECTING;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      leaked(e);
    }
    channel.shutdownNow();
    try {
      Drained.close(allocator);
    } catch (IllegalStateException e) {
      leaked(e);
    }
  }

  /** What a broken stream has left must not stop the rest from being closed. */
  private static void leaked(IllegalStateException failure) {
    LOG.info("a connection's buffers were not all given back: {}", failure.getMessage());
  }
}
