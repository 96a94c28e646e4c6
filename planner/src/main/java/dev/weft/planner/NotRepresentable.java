package dev.weft.planner;

/** Something that the planner cannot say in its own terms, so that Spark gets the text instead. */
public final class NotRepresentable extends RuntimeException {

  /**
   * Says what it is.
   *
   * @param reason a noun phrase for EXPLAIN, such as {@code LATERAL VIEW}
   */
  public NotRepresentable(String reason) {
    super(reason, null, false, false);
  }

  /** The noun phrase. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
