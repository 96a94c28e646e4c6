package dev.weft.planner;

/** An error that only follows from one reported before, and is not reported itself. */
public final class FollowUp extends RuntimeException {

  /** Says which name failed to define. */
  public FollowUp(String name) {
    super(name, null, false, false);
  }
}
