package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.HintContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hints about how relations are joined: each is kept on the relation that it names. */
record JoinHints(List<JoinHint> all) {

  static final JoinHints NONE = new JoinHints(List.of());

  private static final Set<String> ABOUT_JOINS =
      Set.of(
          "BROADCAST",
          "BROADCASTJOIN",
          "MAPJOIN",
          "MERGE",
          "MERGEJOIN",
          "SHUFFLE_MERGE",
          "SHUFFLE_HASH",
          "SHUFFLE_REPLICATE_NL");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\s*(?:\\(([^()]*)\\))?");

  JoinHints {
    all = List.copyOf(all);
  }

  static JoinHints of(List<HintContext> trees) {
    List<JoinHint> hints = new ArrayList<>();
    for (HintContext tree : trees) {
      Matcher call = CALL.matcher(inside(tree));
      while (call.find()) {
        String name = call.group(1).toUpperCase(Locale.ROOT);
        if (ABOUT_JOINS.contains(name) && call.group(2) != null) {
          List<String> relations =
              List.of(call.group(2).toLowerCase(Locale.ROOT).replace("`", "").split("[,\\s]+", -1));
          hints.add(new JoinHint(name, relations));
        }
      }
    }
    return new JoinHints(hints);
  }

  /** Whether no hint is about anything else. */
  static boolean onlyAboutJoins(List<HintContext> trees) {
    for (HintContext tree : trees) {
      Matcher call = CALL.matcher(inside(tree));
      while (call.find()) {
        if (!ABOUT_JOINS.contains(call.group(1).toUpperCase(Locale.ROOT))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The text without what opens and closes a hint. */
  private static String inside(HintContext tree) {
    return tree.children.subList(1, tree.getChildCount() - 1).stream()
        .map(child -> child.getText())
        .reduce("", (left, right) -> left + " " + right);
  }

  /** The names of the hints about a relation. */
  List<String> of(String relation) {
    String name = relation.toLowerCase(Locale.ROOT);
    return all.stream().filter(hint -> hint.relations.contains(name)).map(JoinHint::name).toList();
  }

  /** One hint and the relations that it names, in lower case. */
  record JoinHint(String name, List<String> relations) {

    JoinHint {
      relations = List.copyOf(relations);
    }
  }
}
