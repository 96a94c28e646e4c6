package dev.weft.server.remote;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;

/** What the network does to a call, as errors that a user understands. */
final class RemoteErrors {

  private final ServerAddress address;

  RemoteErrors(ServerAddress address) {
    this.address = address;
  }

  /** The error for a call that failed on its way or in the server's own workings. */
  WeftException of(FlightRuntimeException failure) {
    Span place = Span.all(new Source("--connect", ""));
    FlightStatusCode code = failure.status().code();
    String said = failure.status().description();
    String detail = said == null ? code.name() : said;
    return switch (code) {
      case UNAVAILABLE ->
          ErrorCode.CONNECTION_FAILED.failure(
              place,
              "no Weft server answers at %s:%d; start one with 'weft server' and give the URL it prints"
                  .formatted(address.host(), address.port()));
      case UNAUTHENTICATED, UNAUTHORIZED ->
          ErrorCode.CONNECTION_FAILED.failure(
              place,
              "the server at %s:%d refuses the connection: %s"
                  .formatted(address.host(), address.port(), detail));
      case CANCELLED -> ErrorCode.CANCELLED.failure(place);
      case NOT_FOUND -> ErrorCode.CONNECTION_FAILED.failure(place, detail);
      default -> ErrorCode.STATEMENT_FAILED.failure(place, "the server failed: " + detail);
    };
  }
}
