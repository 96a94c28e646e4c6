package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;

/** An actor went away in the middle of a stream: what was not answered may be asked again. */
final class ActorLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RemoteFailure failure;

  ActorLost(RemoteFailure failure) {
    super(failure);
    this.failure = failure;
  }

  /** What to say when asking again does not help. */
  RemoteFailure failure() {
    return failure;
  }
}
