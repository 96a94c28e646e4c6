package dev.weft.grammar;

import static dev.weft.grammar.antlr.WeftLexer.ALGORITHM;
import static dev.weft.grammar.antlr.WeftLexer.ALGORITHMS;
import static dev.weft.grammar.antlr.WeftLexer.DOT;
import static dev.weft.grammar.antlr.WeftLexer.ENDPOINTS;
import static dev.weft.grammar.antlr.WeftLexer.MODEL;
import static dev.weft.grammar.antlr.WeftLexer.MODELS;
import static dev.weft.grammar.antlr.WeftLexer.OVERWRITE;
import static dev.weft.grammar.antlr.WeftLexer.PARAM;
import static dev.weft.grammar.antlr.WeftLexer.WEFT;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/** What kind of statement its first words announce. */
enum Opening {
  /** A statement of this language. */
  WEFT_STATEMENT,
  /** A query. */
  QUERY,
  /** EXPLAIN, with another statement behind it. */
  EXPLAIN,
  /** CREATE FUNCTION … LANGUAGE PYTHON. */
  PYTHON_FUNCTION,
  /** A statement of this language that a later version runs. */
  LATER,
  /** A statement that is Spark's own. */
  SPARK,
  /** No statement begins so. */
  NONE;

  private static final Set<String> OURS =
      Set.of("LOAD SAVE TRAIN PREDICT PYTHON SERVE UNSERVE INCLUDE ASSERT ROLLBACK".split(" "));
  private static final Set<String> QUERIES =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM", "(");
  private static final Set<String> COMING =
      Set.of("TUNE", "PROMOTE", "PUBLISH", "CLUSTER", "MONITOR");
  private static final Set<String> SPARKS =
      Set.of(
          ("ADD ALTER ANALYZE BEGIN CACHE CALL CLEAR COMMENT CREATE DECLARE DELETE DESC DESCRIBE DROP"
                  + " EXECUTE EXPORT GRANT IMPORT INSERT LIST LOCK MAP MERGE MSCK REDUCE"
                  + " REFRESH REPAIR REPLACE RESET REVOKE SET SHOW TRUNCATE UNCACHE UNLOCK UPDATE"
                  + " USE")
              .split(" "));
  private static final Set<String> SHOWN =
      Set.of(
          ("ALL CACHED CATALOGS COLLATIONS COLUMNS CREATE CURRENT DATABASES FUNCTIONS NAMESPACES"
                  + " PARTITIONS PROCEDURES SCHEMAS SYSTEM TABLE TABLES TBLPROPERTIES USER VIEWS")
              .split(" "));
  private static final Set<String> TYPES =
      Set.of(
          ("BIGINT BINARY BOOLEAN BYTE DATE DECIMAL DOUBLE FLOAT INT INTEGER LONG REAL SHORT SMALLINT"
                  + " STRING TIMESTAMP TIMESTAMP_NTZ TINYINT VARIANT")
              .split(" "));
  private static final Set<String> FED = Set.of("INSERT", "MAP", "REDUCE");
  private static final Set<String> CHANGES = Set.of("INSERT", "DELETE", "UPDATE", "MERGE");

  /** The words a statement may begin with. */
  static Set<String> words() {
    Set<String> words = new TreeSet<>(OURS);
    words.addAll(QUERIES);
    words.addAll(COMING);
    words.addAll(SPARKS);
    words.add("EXPLAIN");
    words.remove("(");
    return words;
  }

  /**
   * The kind of the statement whose tokens, closed by an end-of-text token, start at {@code at}.
   */
  static Opening of(List<Token> tokens, int at) {
    String first = word(tokens.get(at));
    if (OURS.contains(first)) {
      return first.equals("LOAD") && loadsData(tokens, at) ? SPARK : WEFT_STATEMENT;
    }
    if (first.equals("FROM")) {
      return feedsOthers(tokens, at) ? SPARK : QUERY;
    }
    if (QUERIES.contains(first)) {
      return first.equals("WITH") && changes(tokens, at) ? SPARK : QUERY;
    }
    if (first.equals("EXPLAIN")) {
      return analyzesTable(tokens, at) ? SPARK : EXPLAIN;
    }
    if (first.equals("CREATE") && holds(tokens, at, WeftLexer.BLOCK)) {
      return PYTHON_FUNCTION;
    }
    if (COMING.contains(first)) {
      return LATER;
    }
    if (isOurs(first, type(tokens, at + 1), type(tokens, at + 2))
        || declaresParam(first, tokens, at)) {
      return WEFT_STATEMENT;
    }
    return SPARKS.contains(first) ? SPARK : NONE;
  }

  /** The words, in capitals, that name a statement of a later version. */
  static String name(List<Token> tokens, int at) {
    return word(tokens.get(at));
  }

  /** Whether SHOW stands before a word that neither this language nor Spark has there. */
  static boolean showsUnknown(List<Token> tokens, int at) {
    String second = word(tokens.get(at + 1));
    return word(tokens.get(at)).equals("SHOW")
        && (type(tokens, at + 1) == Token.EOF || !shown().contains(second));
  }

  /** The words that may follow SHOW. */
  static Set<String> shown() {
    Set<String> words = new TreeSet<>(SHOWN);
    words.addAll(List.of("MODELS", "ENDPOINTS", "ALGORITHMS"));
    return words;
  }

  private static boolean isOurs(String first, int second, int third) {
    return switch (first) {
      case "SHOW" -> second == MODELS || second == ENDPOINTS || second == ALGORITHMS;
      case "DESCRIBE", "DESC" -> (second == MODEL || second == ALGORITHM) && third != DOT;
      case "SET" -> second == WEFT && third == DOT;
      case "ALTER", "DROP", "IMPORT" -> second == MODEL;
      case "EXPORT" -> second == MODEL || second == OVERWRITE && third == MODEL;
      default -> false;
    };
  }

  /** DECLARE PARAM name type; Spark's DECLARE param type makes a variable of that name. */
  private static boolean declaresParam(String first, List<Token> tokens, int at) {
    if (!first.equals("DECLARE") || type(tokens, at + 1) != PARAM) {
      return false;
    }
    int fourth = type(tokens, at + 3);
    boolean ends = fourth == Token.EOF || fourth == WeftLexer.DEFAULT || fourth == WeftLexer.EQUAL;
    return type(tokens, at + 2) != WeftLexer.EQUAL
        && !(ends && TYPES.contains(word(tokens.get(at + 2))));
  }

  /** LOAD DATA, not a format that is called data. */
  private static boolean loadsData(List<Token> tokens, int at) {
    return word(tokens.get(at + 1)).equals("DATA") && type(tokens, at + 2) != DOT;
  }

  /** EXPLAIN ANALYZE TABLE … COMPUTE, which explains Spark's ANALYZE TABLE. */
  private static boolean analyzesTable(List<Token> tokens, int at) {
    return type(tokens, at + 1) == WeftLexer.ANALYZE
        && type(tokens, at + 2) == WeftLexer.TABLE
        && tokens.stream().skip(at).anyMatch(token -> word(token).equals("COMPUTE"));
  }

  /** WITH … INSERT and its kind: behind the named queries stands no query. */
  private static boolean changes(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      int type = type(tokens, i);
      depth += type == WeftLexer.LEFT_PAREN ? 1 : type == WeftLexer.RIGHT_PAREN ? -1 : 0;
      if (depth == 0 && type == WeftLexer.RIGHT_PAREN && type(tokens, i + 1) != WeftLexer.AS) {
        if (type(tokens, i + 1) == WeftLexer.FROM) {
          return feedsOthers(tokens, i + 1);
        }
        return type(tokens, i + 1) == WeftLexer.IDENTIFIER
            ? CHANGES.contains(word(tokens.get(i + 1)))
            : type(tokens, i + 1) == WeftLexer.COMMA && changes(tokens, i + 1);
      }
    }
    return false;
  }

  /** FROM t INSERT … INSERT …, FROM t MAP … and FROM t REDUCE …, which are no queries. */
  private static boolean feedsOthers(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      int type = type(tokens, i);
      depth += type == WeftLexer.LEFT_PAREN ? 1 : type == WeftLexer.RIGHT_PAREN ? -1 : 0;
      boolean feeds = FED.contains(word(tokens.get(i))) && type(tokens, i - 1) != DOT;
      if (depth == 0 && feeds && type(tokens, i + 1) != WeftLexer.LEFT_PAREN) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(List<Token> tokens, int at, int type) {
    return tokens.stream().skip(at).anyMatch(token -> token.getType() == type);
  }

  private static int type(List<Token> tokens, int at) {
    return at < tokens.size() ? tokens.get(at).getType() : Token.EOF;
  }

  private static String word(Token token) {
    return token.getType() == WeftLexer.BACKQUOTED ? "" : TokenText.capitals(token);
  }
}
