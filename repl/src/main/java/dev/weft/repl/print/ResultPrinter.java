package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;

/** Writes results one after another in one format. */
public interface ResultPrinter {

  /**
   * Reads the rows to their end and writes them.
   *
   * @return how many rows there were
   * @throws IOException when nobody reads the output any more
   */
  long print(Rows rows) throws IOException;
}
