package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/** The fewest words from each state of the grammar to the end of its rule. */
final class WordsToEnd {

  /** More than any way has. */
  static final int NEVER = 1_000_000;

  private static final ATN RULES = WeftParser._ATN;
  private static final int[] FROM_STATE = least(WordsToEnd::isEnd, WordsToEnd::through);

  private WordsToEnd() {}

  /** How many a way costs from one state to another, before what follows there. */
  interface Cost {

    int of(Transition way, int[] least);
  }

  /** Of ways out of a state those by which the end is nearest. */
  static List<Transition> fewest(List<Transition> ways) {
    return fewest(ways, way -> through(way, FROM_STATE));
  }

  static List<Transition> fewest(List<Transition> ways, ToIntFunction<Transition> words) {
    int least = ways.stream().mapToInt(words).min().orElseThrow();
    return ways.stream().filter(way -> words.applyAsInt(way) == least).toList();
  }

  /** Words of what a rule needs at least. */
  static int ofRule(RuleTransition call) {
    return FROM_STATE[call.target.stateNumber];
  }

  /** The least cost from each state, found by looking until none gets less. */
  static int[] least(java.util.function.Predicate<ATNState> done, Cost cost) {
    int[] least = new int[RULES.states.size()];
    Arrays.fill(least, NEVER);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : RULES.states) {
        if (state == null) {
          continue;
        }
        int now = done.test(state) ? 0 : NEVER;
        for (Transition way : ways(state)) {
          now = Math.min(now, cost.of(way, least));
        }
        if (now < least[state.stateNumber]) {
          least[state.stateNumber] = now;
          changed = true;
        }
      }
    }
    return least;
  }

  /** From where a rule ends ANTLR leads on to all places behind a call of it. */
  private static Transition[] ways(ATNState state) {
    return isEnd(state) ? new Transition[0] : state.getTransitions();
  }

  static int sum(int a, int b) {
    return Math.min(NEVER, a + b);
  }

  private static boolean isEnd(ATNState state) {
    return state instanceof RuleStopState;
  }

  private static int through(Transition way, int[] least) {
    if (way instanceof RuleTransition call) {
      return sum(least[call.target.stateNumber], least[call.followState.stateNumber]);
    }
    return sum(way.isEpsilon() ? 0 : 1, least[way.target.stateNumber]);
  }
}
