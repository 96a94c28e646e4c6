package dev.weft.planner.spi;

/** A stored model whose manifest cannot be read; the message says why in a few words. */
public final class BrokenModel extends RuntimeException {

  private final String model;

  public BrokenModel(String model, String reason) {
    super(reason);
    this.model = model;
  }

  /** {@code name@version}. */
  public String model() {
    return model;
  }
}
