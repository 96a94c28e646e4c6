package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers on Tab what can stand at the cursor. */
final class NameCompleter implements Completer {

  private final Supplier<Optional<Names>> names;
  private final Path folder;

  /**
   * Completes names of a session.
   *
   * @param names nothing while the session is still starting
   * @param folder where paths start
   */
  NameCompleter(Supplier<Optional<Names>> names, Path folder) {
    this.names = names;
    this.folder = folder;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    Word word = Word.at(line.line(), line.cursor());
    candidates.addAll(suggestions(word));
  }

  /** What can stand in place of the word, before it is narrowed down to what was typed. */
  List<Candidate> suggestions(Word word) {
    String line = word.line();
    if (line.startsWith(".") && word.start() <= 1) {
      return Suggestions.words("commands", MetaCommands.names());
    }
    if (line.startsWith(".")) {
      return MetaCommands.arguments(line);
    }
    if (word.start() > 0 && "`'\"".indexOf(line.charAt(word.start() - 1)) >= 0) {
      return PathSuggestions.of(folder, word.word(), line.charAt(word.start() - 1));
    }
    Names known = names.get().orElse(NO_NAMES);
    String text = line.substring(0, word.start());
    Suggestions suggestions =
        new Suggestions(known, Tokens.around(word), text, isLower(word.word()));
    return suggestions.list();
  }

  private static boolean isLower(String word) {
    return word.equals(word.toLowerCase(Locale.ROOT));
  }

  private static final Names NO_NAMES =
      new Names(
          java.util.Map.of(),
          java.util.Map.of(),
          java.util.Map.of(),
          List.of(),
          List.of(),
          java.util.Map.of(),
          List.of(),
          List.of());
}
