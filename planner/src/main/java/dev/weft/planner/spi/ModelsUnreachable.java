package dev.weft.planner.spi;

/** The folder that holds models does not answer; the message says why in a few words. */
public final class ModelsUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String folder;
  private final String reason;

  public ModelsUnreachable(String folder, String reason) {
    super(reason);
    this.folder = folder;
    this.reason = reason;
  }

  /** Its URI. */
  public String folder() {
    return folder;
  }

  /** Why, in a few words. */
  public String reason() {
    return reason;
  }
}
