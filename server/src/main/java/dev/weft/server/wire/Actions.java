package dev.weft.server.wire;

/** The names of Weft's own Flight actions. */
public final class Actions {

  /** What every action of ours begins with. */
  public static final String PREFIX = "weft.";

  /** Says that the server is there: nothing in, version out. */
  public static final String HELLO = "weft.Hello";

  /** A submission in, a stream of events out. */
  public static final String RUN_SCRIPT = "weft.RunScript";

  /** One statement of plain SQL with parameters in, a stream of events out. */
  public static final String RUN_STATEMENT = "weft.RunStatement";

  /** One statement of plain SQL with parameters in, its schemas out. */
  public static final String PREPARE = "weft.Prepare";

  /** A submission in, a stream of events out, {@code found} among them. */
  public static final String CHECK = "weft.Check";

  /** Nothing in, names out. */
  public static final String NAMES = "weft.Names";

  /** Stops what runs in the session of the caller. */
  public static final String CANCEL = "weft.Cancel";

  /** Ends the session of the caller. */
  public static final String CLOSE = "weft.Close";

  private Actions() {}
}
