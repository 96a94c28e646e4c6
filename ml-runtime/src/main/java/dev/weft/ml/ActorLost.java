package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;

/** An actor went away in the middle of a stream: what was not answered may be asked again. */
final class ActorLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RemoteFailure failure;
  private final boolean slow;

  private ActorLost(RemoteFailure failure, boolean slow) {
    super(failure);
    this.failure = failure;
    this.slow = slow;
  }

  /** It is gone. */
  ActorLost(RemoteFailure failure) {
    this(failure, false);
  }

  /** It has not answered in time: it hangs, or it is at work still. */
  static ActorLost slow(RemoteFailure failure) {
    return new ActorLost(failure, true);
  }

  /** Whether it may live, so that asking it again would take as long again. */
  boolean slow() {
    return slow;
  }

  /** What to say when asking again does not help. */
  RemoteFailure failure() {
    return failure;
  }
}
