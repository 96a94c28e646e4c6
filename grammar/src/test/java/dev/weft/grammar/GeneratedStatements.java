package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.NotSetTransition;
import org.antlr.v4.runtime.atn.PrecedencePredicateTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.jspecify.annotations.Nullable;

/** Random statements: walks through the grammar, with words of each kind and odd blanks between. */
final class GeneratedStatements {

  private static final ATN RULES = WeftParser._ATN;
  private static final int LONG = 120;

  private static final List<Integer> STARTS =
      List.of(
          WeftParser.RULE_statement,
          WeftParser.RULE_statement,
          WeftParser.RULE_queryStatement,
          WeftParser.RULE_sparkStatement);

  /** So deep in the rules all is possible; from there on a way out is ever more likely. */
  private static final int SHALLOW = 14;

  private static final int DEEPER = 30;

  private static final Map<Integer, List<String>> SAMPLES =
      Map.ofEntries(
          Map.entry(WeftLexer.IDENTIFIER, List.of("a", "Tab_1", "x", "größe", "lightgbm", "now")),
          Map.entry(WeftLexer.BACKQUOTED, List.of("`a b`", "`select`", "`x``y`", "`/a/b.csv`")),
          Map.entry(WeftLexer.STRING, List.of("'a'", "'it''s -- no'", "'\\n'", "''", "r'\\d'")),
          Map.entry(WeftLexer.DOUBLE_QUOTED, List.of("\"q\"", "\"/* no */\"")),
          Map.entry(WeftLexer.INTEGER_VALUE, List.of("0", "1", "42")),
          Map.entry(WeftLexer.DECIMAL_VALUE, List.of("1.5", "2.", "0.25")),
          Map.entry(WeftLexer.EXPONENT_VALUE, List.of("1e3", "2.5E-1")),
          Map.entry(WeftLexer.BIGINT_LITERAL, List.of("5L")),
          Map.entry(WeftLexer.SMALLINT_LITERAL, List.of("5S")),
          Map.entry(WeftLexer.TINYINT_LITERAL, List.of("5Y")),
          Map.entry(WeftLexer.FLOAT_LITERAL, List.of("5F", "1.5f")),
          Map.entry(WeftLexer.DOUBLE_LITERAL, List.of("5D", "1e2d")),
          Map.entry(WeftLexer.BIGDECIMAL_LITERAL, List.of("5BD")),
          Map.entry(WeftLexer.UNIT, List.of("day", "HOURS", "month")),
          Map.entry(WeftLexer.EQUAL, List.of("=", "==")),
          Map.entry(WeftLexer.NOT_EQUAL, List.of("<>", "!=")),
          Map.entry(WeftLexer.HINT_START, List.of("/*+")),
          Map.entry(WeftLexer.HINT_END, List.of("*/")),
          Map.entry(WeftLexer.BLOCK, List.of("'''\n  a = t\n'''", "$$ a = '''x''' $$")),
          Map.entry(WeftLexer.IDENTIFIER_CLAUSE, List.of("identifier")));

  private final Random random;
  private final int[] taken = new int[RULES.states.size()];
  private int length;
  private @Nullable WayTo aim;

  /** The depth of a rule that is not on the way, while it is gone through; else 0. */
  private int past;

  private StringBuilder text = new StringBuilder();

  GeneratedStatements(long seed) {
    this.random = new Random(seed);
  }

  /** A text; it follows the grammar's shape, and may still read as something else or not at all. */
  String next() {
    return walked(RULES.ruleToStartState[STARTS.get(random.nextInt(STARTS.size()))]);
  }

  /** The same, by way of a rule that chance rarely comes to. */
  String through(int rule) {
    aim = new WayTo(rule);
    return walked(RULES.ruleToStartState[aim.nearest(STARTS)]);
  }

  private String walked(ATNState start) {
    text = new StringBuilder();
    length = 0;
    walk(start);
    aim = null;
    past = 0;
    return text.toString();
  }

  private void walk(ATNState start) {
    Deque<ATNState> returns = new ArrayDeque<>();
    ATNState state = start;
    int steps = 0;
    while (steps++ < 20_000) {
      if (state instanceof RuleStopState) {
        if (returns.isEmpty()) {
          return;
        }
        state = returns.pop();
        past = returns.size() < past ? 0 : past;
        continue;
      }
      Transition way = choose(state, returns.size());
      if (way instanceof RuleTransition call) {
        returns.push(call.followState);
        follow(call, returns.size());
      } else if (!way.isEpsilon()) {
        word(way);
      }
      state = way.target;
    }
    text.setLength(0);
  }

  /** Keeps to the way where there is one: past some of the rules, into others. */
  private void follow(RuleTransition call, int depth) {
    if (aim == null || past > 0) {
      return;
    }
    past = aim.leadsPast(call) ? depth : 0;
    aim = aim.isReachedBy(call) ? null : aim;
  }

  private Transition choose(ATNState state, int depth) {
    List<Transition> ways = List.of(state.getTransitions());
    if (aim != null) {
      return oneOf(past > 0 ? WordsToEnd.fewest(ways) : aim.best(ways));
    }
    if (length > LONG || depth > SHALLOW + random.nextInt(DEEPER)) {
      return cheapest(ways);
    }
    Transition way = random.nextInt(4) == 0 ? rarest(ways) : ways.get(random.nextInt(ways.size()));
    taken[place(way)]++;
    boolean operator = way instanceof PrecedencePredicateTransition;
    return operator && random.nextInt(3) > 0 ? ways.get(random.nextInt(ways.size())) : way;
  }

  /** The way that was gone least often: every rule comes up soon. */
  private Transition rarest(List<Transition> ways) {
    return ways.stream().min(Comparator.comparingInt(way -> taken[place(way)])).orElseThrow();
  }

  private Transition cheapest(List<Transition> ways) {
    return oneOf(WordsToEnd.fewest(ways));
  }

  private Transition oneOf(List<Transition> ways) {
    return ways.get(random.nextInt(ways.size()));
  }

  private static int place(Transition way) {
    return way instanceof RuleTransition call
        ? call.followState.stateNumber
        : way.target.stateNumber;
  }

  private void word(Transition way) {
    List<Integer> types = way.label() == null ? List.of() : way.label().toList();
    int type =
        types.isEmpty() || types.size() > 150 || way instanceof NotSetTransition
            ? WeftLexer.IDENTIFIER
            : types.get(random.nextInt(types.size()));
    if (type == Token.EOF) {
      return;
    }
    List<String> samples = SAMPLES.get(type);
    String word =
        samples == null ? Keywords.text(type) : samples.get(random.nextInt(samples.size()));
    text.append(blank()).append(random.nextInt(4) == 0 ? word : lower(word));
    length++;
  }

  private static String lower(String word) {
    return word.chars().allMatch(c -> Character.isUpperCase(c) || c == '_')
        ? word.toLowerCase(java.util.Locale.ROOT)
        : word;
  }

  private String blank() {
    return switch (random.nextInt(40)) {
      case 0 -> "\n\n  ";
      case 1 -> "\t";
      case 2 -> " -- a comment\n";
      case 3 -> " /* another */ ";
      case 4 -> "\n-- on its own line\n";
      default -> " ";
    };
  }
}
