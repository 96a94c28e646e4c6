package dev.weft.repl.print;

/**
 * The room a table has.
 *
 * @param width columns of characters
 * @param rows rows at most; the first and the last are shown
 */
public record Page(int width, int rows) {

  /** Everything, however wide and long. */
  public static final Page ENDLESS = new Page(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** A terminal of that width: at most 40 rows. */
  public static Page terminal(int width) {
    return new Page(Math.max(20, width), 40);
  }
}
