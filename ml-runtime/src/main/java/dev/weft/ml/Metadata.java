package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Messages as the metadata of Flight frames. */
final class Metadata {

  private Metadata() {}

  /** A buffer that the frame takes over. */
  static ArrowBuf of(BufferAllocator allocator, Message message) {
    byte[] bytes = message.toByteArray();
    ArrowBuf buffer = allocator.buffer(Math.max(1, bytes.length));
    buffer.writeBytes(bytes);
    return buffer;
  }

  /** The message in a buffer, which stays the caller's; the default one where there is none. */
  static <T> T read(Parser<T> parser, @Nullable ArrowBuf buffer)
      throws InvalidProtocolBufferException {
    if (buffer == null) {
      return parser.parseFrom(new byte[0]);
    }
    byte[] bytes = new byte[(int) buffer.readableBytes()];
    buffer.getBytes(buffer.readerIndex(), bytes);
    return parser.parseFrom(bytes);
  }

  /**
   * Whether a stream has another message.
   *
   * @throws InvalidProtocolBufferException where it is damaged, whatever reads it first
   */
  static boolean next(FlightStream stream) throws InvalidProtocolBufferException {
    try {
      return stream.next();
    } catch (FlightRuntimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidProtocolBufferException(new IOException(e));
    }
  }
}
