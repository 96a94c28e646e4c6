package dev.weft.server.flight;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Numbers the network connections, so that clients without cookies can be told apart and the end of
 * a client is noticed.
 */
final class Connections extends ServerTransportFilter implements ServerInterceptor {

  private static final Attributes.Key<Long> NUMBER = Attributes.Key.create("weft-connection");
  private static final Context.Key<Long> CURRENT = Context.key("weft-connection");

  private final AtomicLong last = new AtomicLong();
  private final LongConsumer ended;

  /** Calls {@code ended} with the number of each connection that goes away. */
  Connections(LongConsumer ended) {
    this.ended = ended;
  }

  /** Hooks into a server under construction. */
  void install(ServerBuilder<?> builder) {
    builder.addTransportFilter(this).intercept(this);
  }

  /** The connection of the call that this thread answers. */
  static long current() {
    Long number = CURRENT.get();
    return number == null ? 0 : number;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    return attributes.toBuilder().set(NUMBER, last.incrementAndGet()).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    Long number = attributes == null ? null : attributes.get(NUMBER);
    if (number != null) {
      ended.accept(number);
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context context = Context.current().withValue(CURRENT, call.getAttributes().get(NUMBER));
    return Contexts.interceptCall(context, call, headers, next);
  }
}
