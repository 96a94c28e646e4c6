package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import dev.weft.grammar.Keywords;
import dev.weft.grammar.NextWords;
import dev.weft.planner.spi.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.Candidate;

/** What can stand at one place of a statement, decided by the words in front of it. */
final class Suggestions {

  private static final List<String> STATEMENTS =
      List.of(
          "LOAD",
          "SELECT",
          "WITH",
          "TRAIN",
          "PREDICT",
          "SAVE",
          "SERVE",
          "UNSERVE",
          "ROLLBACK",
          "EXPORT",
          "IMPORT",
          "SHOW",
          "DESCRIBE",
          "EXPLAIN",
          "ASSERT",
          "INCLUDE",
          "SET",
          "DECLARE",
          "CREATE",
          "DROP",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "ALTER");
  private static final Set<String> BEFORE_TABLES =
      Set.of("FROM", "JOIN", "TABLE", "INTO", "OVERWRITE", "APPEND", "IGNORE", "ERRORIFEXISTS");
  private static final List<String> SHOWN =
      List.of("MODELS", "ENDPOINTS", "ALGORITHMS", "TABLES", "DATABASES", "FUNCTIONS");
  private static final List<String> TRAIN_CLAUSES =
      List.of(
          "AS",
          "LABEL",
          "FEATURES",
          "WHERE",
          "OPTIONS",
          "TRANSFORM",
          "SPLIT",
          "VALIDATE",
          "SEED",
          "USING",
          "AND");

  private static final List<String> LOAD_CLAUSES = List.of("WHERE", "AND", "AS");
  private static final List<String> SAVE_CLAUSES = List.of("AS", "WHERE", "AND", "PARTITION", "BY");
  private static final List<String> SAVE_MODES =
      List.of("OVERWRITE", "APPEND", "IGNORE", "ERRORIFEXISTS");

  private final Names names;
  private final Tokens tokens;
  private final boolean lower;
  private final TablesInScope scope;
  private final String text;

  /**
   * Looks at one place.
   *
   * @param text all that stands before the word there
   */
  Suggestions(Names names, Tokens tokens, String text, boolean lower) {
    this.text = text;
    this.names = names;
    this.tokens = tokens;
    this.lower = lower;
    this.scope = new TablesInScope(names, tokens.all());
  }

  List<Candidate> list() {
    String previous = tokens.previous(1);
    return switch (previous) {
      case "" -> keywords(STATEMENTS);
      case "." -> afterDot();
      case "@" -> versions();
      case ":" -> words("parameters", names.params());
      case "MODEL", "SERVE" -> words("models", names.models().keySet());
      case "ALGORITHM" -> words("algorithms", names.algorithms().keySet());
      case "UNSERVE" -> words("endpoints", names.endpoints());
      case "LOAD" -> words("formats", names.formats().keySet());
      case "SET" -> words("settings", names.settings());
      case "SHOW" -> keywords(SHOWN);
      case "ROLLBACK", "EXPORT", "IMPORT" -> keywords(List.of("MODEL"));
      case "ALTER", "DROP" -> keywords(List.of("MODEL", "TABLE", "VIEW", "DATABASE"));
      case "DECLARE" -> keywords(List.of("PARAM"));
      case "DESCRIBE", "DESC" -> join(keywords(List.of("MODEL", "ALGORITHM", "TABLE")), tables());
      case "TRAIN" -> tables();
      case "SAVE" -> join(tables(), keywords(SAVE_MODES));
      default -> inside(previous);
    };
  }

  private List<Candidate> inside(String previous) {
    if (BEFORE_TABLES.contains(previous)) {
      return join(tables(), keywords(List.of("PREDICT", "EVALUATE")));
    }
    if (previous.equals("AS") && tokens.depth() == 0) {
      return afterAs();
    }
    if (tokens.first().equals("TRAIN") && tokens.depth() == 0) {
      return inTrain(previous);
    }
    if (Set.of("LOAD", "SAVE").contains(tokens.first()) && tokens.depth() == 0) {
      return inFiles(previous);
    }
    if (tokens.first().equals("TRAIN") && inOptions()) {
      return options();
    }
    return byGrammar();
  }

  private List<Candidate> afterAs() {
    boolean first = tokens.last("AS") == tokens.before().indexOf("AS");
    return switch (tokens.first()) {
      case "TRAIN", "PREDICT" ->
          first ? words("algorithms", names.algorithms().keySet()) : List.of();
      case "SAVE" -> words("formats", names.formats().keySet());
      default -> List.of();
    };
  }

  private List<Candidate> inTrain(String previous) {
    if (previous.equals("LABEL")) {
      return columns(scope.all());
    }
    boolean option = previous.equals("WHERE") || previous.equals("AND");
    return option ? options() : keywords(TRAIN_CLAUSES);
  }

  /** LOAD and SAVE behind their path. */
  private List<Candidate> inFiles(String previous) {
    boolean load = tokens.first().equals("LOAD");
    if (previous.equals("WHERE") || previous.equals("AND")) {
      int format = load ? 1 : tokens.before().indexOf("AS") + 1;
      String name = format < tokens.before().size() ? tokens.before().get(format) : "";
      return words("options", named(names.formats(), name));
    }
    if (previous.equals("BY") || previous.equals(",")) {
      return columns(scope.all());
    }
    return keywords(load ? LOAD_CLAUSES : SAVE_CLAUSES);
  }

  private boolean inOptions() {
    return tokens.last("OPTIONS") > tokens.last("FEATURES", "LABEL", "TRANSFORM", "TRAIN");
  }

  /** The options of the algorithm that {@code AS algorithm.model} names. */
  private List<Candidate> options() {
    int as = tokens.before().indexOf("AS");
    String algorithm = as + 1 < tokens.before().size() ? tokens.before().get(as + 1) : "";
    return words("options", named(names.algorithms(), algorithm));
  }

  private List<Candidate> afterDot() {
    String qualifier = tokens.previous(2);
    if (tokens.first().equals("SET")) {
      String prefix = qualifier.toLowerCase(Locale.ROOT) + ".";
      return words(
          "settings",
          names.settings().stream()
              .filter(name -> name.startsWith(prefix))
              .map(name -> name.substring(prefix.length()))
              .toList());
    }
    boolean model = tokens.first().equals("TRAIN") && tokens.previous(3).equals("AS");
    return model ? words("models", names.models().keySet()) : columns(scope.of(qualifier));
  }

  private List<Candidate> versions() {
    String model = tokens.previous(2);
    return words("versions", named(names.models(), model));
  }

  private static List<String> named(Map<String, List<String>> lists, String name) {
    return lists.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  /** What the grammar lets follow; everything where it cannot tell. */
  private List<Candidate> byGrammar() {
    Optional<NextWords> next = NextWords.after(text);
    if (next.isEmpty()) {
      return join(expression(), keywords(Keywords.all()));
    }
    List<Candidate> all = new ArrayList<>(next.get().expression() ? expression() : List.of());
    all.addAll(next.get().table() ? tables() : List.of());
    all.addAll(keywords(next.get().keywords()));
    return all;
  }

  private List<Candidate> expression() {
    return join(columns(scope.all()), words("functions", names.functions()));
  }

  private List<Candidate> tables() {
    return words("tables", names.tables().keySet());
  }

  private static List<Candidate> columns(List<Column> columns) {
    return columns.stream()
        .map(c -> new Candidate(quoted(c.name()), c.name(), "columns", c.type(), null, null, false))
        .toList();
  }

  private List<Candidate> keywords(List<String> keywords) {
    return keywords.stream()
        .map(word -> lower ? word.toLowerCase(Locale.ROOT) : word)
        .map(word -> new Candidate(word, word, "keywords", null, null, null, true))
        .toList();
  }

  /** Candidates of one group. */
  static List<Candidate> words(String group, Collection<String> words) {
    return words.stream()
        .sorted()
        .map(word -> new Candidate(quoted(word), word, group, null, null, null, false))
        .toList();
  }

  /** Names that are no identifiers need back quotes. */
  private static String quoted(String name) {
    return name.matches("[\\w.]+") ? name : "`" + name + "`";
  }

  private static List<Candidate> join(List<Candidate> first, List<Candidate> second) {
    List<Candidate> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
