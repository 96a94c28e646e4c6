package dev.weft.repl.terminal;

import dev.weft.grammar.StatementSplitter;
import dev.weft.grammar.StatementSplitter.State;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Ends an entry at a complete statement, and finds the word to complete. */
final class EntryParser implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean accepting = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
    if (accepting
        && !MetaCommands.isOne(line)
        && StatementSplitter.state(line) == State.INCOMPLETE) {
      throw new EOFError(-1, -1, "the statement goes on until its semicolon");
    }
    return Word.at(line, cursor);
  }

  /** A backslash is the language's business, never the editor's. */
  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }
}
