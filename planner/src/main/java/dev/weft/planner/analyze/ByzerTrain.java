package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Relation;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TRAIN as Byzer's scripts write it: columns and the table to test on are options there, and have
 * names when none are given; sets of parameters have numbers.
 */
final class ByzerTrain {

  private static final Pattern NUMBERED = Pattern.compile("(?i)fitParam\\.(\\d+)\\.(.+)");
  private static final List<String> FEATURES = List.of("featurescol", "inputcol");
  private static final List<String> LABELS = List.of("labelcol", "ratingcol");
  private static final List<String> DROPPED = List.of("keepversion", "predictioncol", "outputcol");

  private final AlgorithmDeclaration algorithm;
  private final List<String> columns;
  private final List<Diagnostic> warnings;
  private final Map<String, Literal> taken = new HashMap<>();
  private final List<Option> left = new ArrayList<>();

  ByzerTrain(AlgorithmDeclaration algorithm, List<String> columns, List<Diagnostic> warnings) {
    this.algorithm = algorithm;
    this.columns = columns;
    this.warnings = warnings;
  }

  /** The same statement with clauses in place of such options. */
  Train read(Train train) {
    sort(train.options());
    return new Train(
        train.span(),
        train.input(),
        train.algorithm(),
        train.model(),
        train.label().or(() -> label(train.span())),
        train.features().isEmpty() && train.transform().isEmpty()
            ? features(train.span())
            : train.features(),
        left,
        train.transform(),
        train.split(),
        train.validation().or(this::validation),
        train.seed(),
        train.using(),
        train.result());
  }

  /** The first set of parameters is trained; the numbers are taken off. */
  private void sort(List<Option> options) {
    Optional<String> first = Optional.empty();
    for (Option option : options) {
      Matcher numbered = NUMBERED.matcher(option.key().text());
      boolean group = numbered.matches();
      if (group && first.isEmpty()) {
        first = Optional.of(numbered.group(1));
      }
      if (group && !first.equals(Optional.of(numbered.group(1)))) {
        warnings.add(
            ErrorCode.OPTION_IGNORED.at(
                option.span(),
                option.key().text(),
                "TRAIN makes one model, of the first set of parameters"));
      } else {
        take(group ? numbered.group(2) : option.key().text(), option);
      }
    }
  }

  private void take(String name, Option option) {
    String key = name.toLowerCase(Locale.ROOT);
    boolean role =
        FEATURES.contains(key)
            || LABELS.contains(key)
            || List.of("usercol", "itemcol", "evaluatetable").contains(key);
    if (role) {
      taken.put(key, option.value());
    } else if (!DROPPED.contains(key)) {
      left.add(new Option(new Name(option.key().span(), name), option.value()));
    }
  }

  private Optional<Item> label(Span place) {
    if (algorithm.tasks().stream().noneMatch(Task::labelled)) {
      return Optional.empty();
    }
    String usual = algorithm.name().equals("als") ? "rating" : "label";
    return LABELS.stream()
        .filter(taken::containsKey)
        .findFirst()
        .map(taken::get)
        .map(value -> item(value))
        .or(() -> present(usual, place));
  }

  private List<Item> features(Span place) {
    for (String key : FEATURES) {
      if (taken.containsKey(key)) {
        return List.of(item(taken.get(key)));
      }
    }
    if (algorithm.name().equals("als")) {
      List<Item> pair = new ArrayList<>();
      for (String role : List.of("user", "item")) {
        Optional.ofNullable(taken.get(role + "col"))
            .map(ByzerTrain::item)
            .or(() -> present(role, place))
            .ifPresent(pair::add);
      }
      return pair;
    }
    return present("features", place).map(List::of).orElse(List.of());
  }

  /** What Byzer takes when nothing is said, if the input has it. */
  private Optional<Item> present(String column, Span place) {
    return columns.stream().anyMatch(column::equalsIgnoreCase)
        ? Optional.of(item(column, place))
        : Optional.empty();
  }

  private Optional<Relation> validation() {
    return Optional.ofNullable(taken.get("evaluatetable"))
        .map(table -> new Relation.Table(new Name(table.span(), Options.text(table))));
  }

  private static Item item(Literal value) {
    return item(Options.text(value), value.span());
  }

  private static Item item(String column, Span place) {
    String quoted = Quotes.quoted(column);
    return new Item(
        place,
        ScriptParser.expression(new Source(place.source().name(), quoted)),
        Optional.empty());
  }
}
