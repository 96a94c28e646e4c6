package dev.weft.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PrecedencePredicateTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.jspecify.annotations.Nullable;

/**
 * What could have stood at the place of an error. Follows all ways through the grammar at once from
 * the last choice the parser made, over the tokens up to the error, and names what each way still
 * alive asks for next: the outermost rule that begins there and has words for people, else a token.
 */
final class Expectations {

  private static final int MAX_WAYS = 2_000;
  private static final int MAX_TOKENS = 3_000;

  /** The rules left to return to; precedence is that of the rule above. Equal ones are the same. */
  private static final class Frame {
    private final int returnTo;
    private final int precedence;
    private final @Nullable Frame below;
    private final Map<Long, Frame> above = new HashMap<>();

    Frame(int returnTo, int precedence, @Nullable Frame below) {
      this.returnTo = returnTo;
      this.precedence = precedence;
      this.below = below;
    }

    Frame push(int state, int level) {
      long key = ((long) state << 32) | level;
      return above.computeIfAbsent(key, k -> new Frame(state, level, this));
    }
  }

  /** A place in the grammar; words name the rule entered since the last token, if any has words. */
  private record Way(int state, Frame stack, int precedence, @Nullable String words) {}

  private record Reached(int index, Set<Way> ways) {}

  private final Parser parser;
  private final ATN atn;
  private final Frame bottom = new Frame(-1, 0, null);

  Expectations(Parser parser) {
    this.parser = parser;
    this.atn = parser.getATN();
  }

  /** Where the error that the parser met really is, and what could stand there. */
  SyntaxStop stop(Token choice, Token error) {
    int start = choice.getTokenIndex();
    int offending = error.getTokenIndex();
    Set<Way> ways = closure(List.of(beginning(start)));
    for (int i = start; i < offending && ways.size() < MAX_WAYS; i++) {
      ways = closure(over(ways, type(i)));
    }
    if (ways.size() >= MAX_WAYS) {
      return new SyntaxStop(offending, List.of());
    }
    Reached further = furthest();
    return further.index > offending
        ? new SyntaxStop(further.index, words(further.ways))
        : new SyntaxStop(offending, words(ways));
  }

  /** How far all ways together get from the start of the text. */
  private Reached furthest() {
    RuleContext root = parser.getContext();
    while (root.parent != null) {
      root = root.parent;
    }
    int start = atn.ruleToStartState[root.getRuleIndex()].stateNumber;
    Set<Way> ways = closure(List.of(new Way(start, bottom, 0, null)));
    for (int i = 0; i < MAX_TOKENS && ways.size() < MAX_WAYS; i++) {
      List<Way> next = type(i) == Token.EOF ? List.of() : over(ways, type(i));
      if (next.isEmpty()) {
        return new Reached(i, ways);
      }
      ways = closure(next);
    }
    return new Reached(-1, Set.of());
  }

  /** What can stand behind all of the text, read by a rule; nothing where it cannot go on. */
  Set<Next> behind(int rule) {
    Set<Way> ways =
        closure(List.of(new Way(atn.ruleToStartState[rule].stateNumber, bottom, 0, null)));
    for (int i = 0; type(i) != Token.EOF && ways.size() < MAX_WAYS; i++) {
      ways = closure(over(ways, type(i)));
    }
    Set<Next> next = new LinkedHashSet<>();
    for (Way way : ways) {
      ATNState state = atn.states.get(way.state);
      for (Transition transition : state.getTransitions()) {
        if (!transition.isEpsilon() && transition.label() != null) {
          for (int type : transition.label().toArray()) {
            next.add(new Next(type, state.ruleIndex, way.words));
          }
        }
      }
    }
    return next;
  }

  /** A token that can stand next, the rule that asks for it, and what that is called for people. */
  record Next(int type, int rule, @Nullable String words) {}

  private int type(int index) {
    return parser.getInputStream().get(index).getType();
  }

  /** The state of the parser; rules that begin with the token at {@code start} are left again. */
  private Way beginning(int start) {
    int state = parser.getState();
    ParserRuleContext context = parser.getContext();
    while (context.invokingState >= 0 && context.getStart().getTokenIndex() == start) {
      state = context.invokingState;
      context = context.getParent();
    }
    return new Way(state, stack(context), 0, null);
  }

  private Frame stack(ParserRuleContext innermost) {
    List<Integer> invoking = new ArrayList<>();
    for (RuleContext at = innermost; at != null && at.invokingState >= 0; at = at.parent) {
      invoking.add(0, at.invokingState);
    }
    Frame stack = bottom;
    for (int state : invoking) {
      RuleTransition call = (RuleTransition) atn.states.get(state).transition(0);
      stack = stack.push(call.followState.stateNumber, 0);
    }
    return stack;
  }

  private List<Way> over(Set<Way> ways, int token) {
    List<Way> next = new ArrayList<>();
    for (Way way : ways) {
      for (Transition transition : atn.states.get(way.state).getTransitions()) {
        if (!transition.isEpsilon() && transition.matches(token, Token.EOF, atn.maxTokenType)) {
          next.add(new Way(transition.target.stateNumber, way.stack, way.precedence, null));
        }
      }
    }
    return next;
  }

  /** All places that can be reached without another token. */
  private Set<Way> closure(List<Way> from) {
    Set<Way> reached = new LinkedHashSet<>(from);
    Deque<Way> open = new ArrayDeque<>(from);
    while (!open.isEmpty() && reached.size() < MAX_WAYS) {
      Way way = open.pop();
      for (Way next : steps(way)) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private List<Way> steps(Way way) {
    ATNState state = atn.states.get(way.state);
    List<Way> next = new ArrayList<>();
    if (state instanceof RuleStopState) {
      Frame top = way.stack;
      if (top.below != null) {
        next.add(new Way(top.returnTo, top.below, top.precedence, way.words));
      }
      return next;
    }
    for (Transition transition : state.getTransitions()) {
      int target = transition.target.stateNumber;
      if (transition instanceof RuleTransition call) {
        next.add(enter(way, call, state.ruleIndex));
      } else if (transition instanceof PrecedencePredicateTransition predicate) {
        if (predicate.precedence >= way.precedence) {
          next.add(new Way(target, way.stack, way.precedence, way.words));
        }
      } else if (transition.isEpsilon()) {
        next.add(new Way(target, way.stack, way.precedence, way.words));
      }
    }
    return next;
  }

  private Way enter(Way way, RuleTransition call, int caller) {
    Frame frame = way.stack.push(call.followState.stateNumber, way.precedence);
    String words = way.words != null ? way.words : ExpectedWords.ofRule(call.ruleIndex, caller);
    return new Way(call.target.stateNumber, frame, call.precedence, words);
  }

  private List<String> words(Set<Way> ways) {
    Set<String> words = new LinkedHashSet<>();
    ways.forEach(way -> collect(way, words));
    return words.stream().filter(word -> !word.isEmpty()).toList();
  }

  private void collect(Way way, Set<String> words) {
    ATNState state = atn.states.get(way.state);
    for (Transition transition : state.getTransitions()) {
      if (!transition.isEpsilon() && way.words != null) {
        words.add(way.words);
      } else if (!transition.isEpsilon() && transition.label() != null) {
        for (int type : transition.label().toArray()) {
          words.add(ExpectedWords.ofToken(type, state.ruleIndex));
        }
      }
    }
  }
}
