package dev.weft.planner.spi;

/** A stored model whose manifest cannot be read; the message says why in a few words. */
public final class BrokenModel extends RuntimeException {

  private final String model;
  private final String reason;

  public BrokenModel(String model, String reason) {
    super(reason);
    this.model = model;
    this.reason = reason;
  }

  /** {@code name@version}. */
  public String model() {
    return model;
  }

  /** Why, in a few words. */
  public String reason() {
    return reason;
  }
}
