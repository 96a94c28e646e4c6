package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/** The shortest way through the grammar to one of its rules. */
final class WayTo {

  private final int rule;
  private final int[] least;

  WayTo(int rule) {
    this.rule = rule;
    this.least = WordsToEnd.least(state -> false, this::cost);
  }

  /** Of rules to begin with the one from which it is nearest. */
  int nearest(List<Integer> starts) {
    return starts.stream()
        .min(
            Comparator.comparingInt(
                start -> least[WeftParser._ATN.ruleToStartState[start].stateNumber]))
        .orElseThrow();
  }

  boolean isReachedBy(RuleTransition call) {
    return call.target.ruleIndex == rule;
  }

  /** Of ways out of a state the best; to its end, where the rule is behind none. */
  List<Transition> best(List<Transition> ways) {
    List<Transition> best = WordsToEnd.fewest(ways, way -> cost(way, least));
    return cost(best.get(0), least) < WordsToEnd.NEVER ? best : WordsToEnd.fewest(ways);
  }

  /** Into a called rule, or past it. */
  private int cost(Transition way, int[] known) {
    if (!(way instanceof RuleTransition call)) {
      return WordsToEnd.sum(way.isEpsilon() ? 0 : 1, known[way.target.stateNumber]);
    }
    if (isReachedBy(call)) {
      return 0;
    }
    return Math.min(known[call.target.stateNumber], past(call, known));
  }

  /** Whether the rule that is called is not on the way. */
  boolean leadsPast(RuleTransition call) {
    return !isReachedBy(call) && past(call, least) <= least[call.target.stateNumber];
  }

  private static int past(RuleTransition call, int[] known) {
    return WordsToEnd.sum(WordsToEnd.ofRule(call), known[call.followState.stateNumber]);
  }
}
