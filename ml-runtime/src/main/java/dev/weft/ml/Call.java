package dev.weft.ml;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Drainable;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flight.CallOptions.GrpcCallOption;

/**
 * What Flight does not tell of one call: that it is over, since a call that has failed is never
 * ready and a channel that has found its server again looks well. And what Flight does not do:
 * messages that a call took before it had a connection, and that it never got, hold their buffers.
 */
final class Call implements GrpcCallOption, ClientInterceptor {

  private final Set<Parcel> unsent = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** Whether nothing can be sent any more; what has arrived can still be read. */
  boolean over() {
    return over;
  }

  /** Gives back what was never sent; for a call that is over, or was cancelled. */
  void release() {
    unsent.forEach(Parcel::close);
  }

  @Override
  public <T extends AbstractStub<T>> T wrapStub(T stub) {
    return stub.withInterceptors(this);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    MethodDescriptor<Q, A> counted =
        method.toBuilder(counted(method.getRequestMarshaller()), method.getResponseMarshaller())
            .build();
    return new SimpleForwardingClientCall<>(next.newCall(counted, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(ending(listener), headers);
      }
    };
  }

  private <A> ClientCall.Listener<A> ending(ClientCall.Listener<A> listener) {
    return new SimpleForwardingClientCallListener<>(listener) {
      @Override
      public void onClose(Status status, Metadata trailers) {
        over = true;
        release();
        super.onClose(status, trailers);
      }
    };
  }

  private <Q> Marshaller<Q> counted(Marshaller<Q> marshaller) {
    return new Marshaller<>() {
      @Override
      public InputStream stream(Q message) {
        InputStream bytes = marshaller.stream(message);
        return bytes instanceof Drainable ? new Parcel(bytes) : bytes;
      }

      @Override
      public Q parse(InputStream bytes) {
        return marshaller.parse(bytes);
      }
    };
  }

  /** A message on its way; gRPC closes it once it is written, if ever it is. */
  private final class Parcel extends InputStream implements Drainable {

    private final InputStream bytes;
    private boolean closed;

    Parcel(InputStream bytes) {
      this.bytes = bytes;
      unsent.add(this);
    }

    @Override
    public synchronized int drainTo(OutputStream target) throws IOException {
      if (closed) {
        throw new IOException("the call is over");
      }
      return ((Drainable) bytes).drainTo(target);
    }

    @Override
    public synchronized int read() throws IOException {
      return bytes.read();
    }

    @Override
    public synchronized int read(byte[] target, int start, int count) throws IOException {
      return bytes.read(target, start, count);
    }

    @Override
    public synchronized int available() throws IOException {
      return bytes.available();
    }

    @Override
    public synchronized void close() {
      unsent.remove(this);
      if (!closed) {
        closed = true;
        try {
          bytes.close();
        } catch (IOException e) {
          // Its buffers are in memory: nothing is left to close.
        }
      }
    }
  }
}
