package dev.weft.planner.portable;

/** Something of Spark's that files for other tools have no words for. */
public final class NotPortable extends RuntimeException {

  /**
   * Says what it is.
   *
   * @param what a noun phrase, such as {@code the function 'xxhash64'}
   */
  NotPortable(String what) {
    super(what, null, false, false);
  }

  /** The noun phrase. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
