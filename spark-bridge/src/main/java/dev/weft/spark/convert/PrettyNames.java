package dev.weft.spark.convert;

import dev.weft.planner.function.BareFunctions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InheritAnalysisRules;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PrettyAttribute;
import org.apache.spark.sql.catalyst.expressions.UnresolvedCollation;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.UnspecifiedFrame$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFunction;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.SupportsOrderingWithinGroup;
import org.apache.spark.sql.types.DataTypes;
import scala.runtime.AbstractFunction1;

/**
 * Spark's own names for columns that have only an expression, found without analysing the query:
 * its parser and its functions print themselves, each column by its last name.
 */
public final class PrettyNames {

  private static final String LAMBDA_VARIABLE = "namedlambdavariable()";

  private final String text;
  private final Set<String> structs;

  private PrettyNames(String text, Set<String> structs) {
    this.text = text;
    this.structs = structs;
  }

  /** The name of an expression; empty where it depends on more than the text. */
  public static Optional<String> of(String text, Set<String> structs) {
    try {
      Expression parsed = TemplateToSpark.parsed(text);
      return Optional.of(new PrettyNames(text, structs).whole(parsed));
    } catch (Exception unknown) {
      // Spark's own exceptions are checked ones that no method declares.
      // A function that wants types, a window by name: the caller has a name of its own.
      return Optional.empty();
    }
  }

  private String whole(Expression parsed) {
    if (parsed instanceof Cast cast
        && cast.child() instanceof UnresolvedAttribute name
        && name.nameParts().size() == 1) {
      return name.nameParts().last();
    }
    boolean field = parsed instanceof UnresolvedAttribute name && name.nameParts().size() > 1;
    return field
        ? ((UnresolvedAttribute) parsed).nameParts().last()
        : print(known(parsed, Set.of()));
  }

  private static String print(Expression expression) {
    return org.apache.spark.sql.catalyst.util.package$.MODULE$.toPrettySQL(expression, true);
  }

  /** The expression with its columns, functions and windows known, as far as printing needs it. */
  private Expression known(Expression expression, Set<String> bound) {
    if (expression instanceof LambdaFunction lambda) {
      Set<String> inner = new HashSet<>(bound);
      Catalyst.list(lambda.arguments()).forEach(name -> inner.add(lower(name.name())));
      return children(lambda, inner);
    }
    if (expression instanceof UnresolvedNamedLambdaVariable variable) {
      return variable(Catalyst.list(variable.nameParts()), bound);
    }
    if (expression instanceof UnresolvedAttribute attribute) {
      return attribute(Catalyst.list(attribute.nameParts()));
    }
    if (expression instanceof UnresolvedCollation collation) {
      return named(String.join(".", Catalyst.list(collation.collationName())));
    }
    if (expression instanceof UnresolvedStar) {
      return AggregateToSpark.ONE;
    }
    return made(children(expression, bound), expression);
  }

  private Expression children(Expression expression, Set<String> bound) {
    return expression.mapChildren(
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Expression child) {
            return known(child, bound);
          }
        });
  }

  private Expression made(Expression expression, Expression written) {
    if (expression instanceof UnresolvedFunction call) {
      return inherited(function(call));
    }
    if (expression instanceof UnresolvedExtractValue value) {
      return extracted(value, written);
    }
    if (expression instanceof WindowExpression window) {
      return window(window);
    }
    return inherited(expression);
  }

  private static Expression variable(List<String> parts, Set<String> bound) {
    if (!bound.contains(lower(parts.get(0)))) {
      return named(parts.get(parts.size() - 1));
    }
    String fields = String.join(".", parts.subList(1, parts.size()));
    return named(fields.isEmpty() ? LAMBDA_VARIABLE : LAMBDA_VARIABLE + "." + fields);
  }

  private Expression attribute(List<String> parts) {
    if (parts.size() == 1 && BareFunctions.NAMES.contains(lower(parts.get(0)))) {
      return called(lower(parts.get(0)), List.of());
    }
    for (int i = 0; i < parts.size() - 1; i++) {
      if (structs.contains(lower(parts.get(i)))) {
        return named(String.join(".", parts.subList(i, parts.size())));
      }
    }
    return named(parts.get(parts.size() - 1));
  }

  private static Expression function(UnresolvedFunction call) {
    if (call.nameParts().size() != 1) {
      throw new UnsupportedOperationException("a function of a catalog");
    }
    Expression made = called(lower(call.nameParts().apply(0)), Catalyst.list(call.arguments()));
    if (!call.orderingWithinGroup().isEmpty()) {
      made =
          ((SupportsOrderingWithinGroup) made).withOrderingWithinGroup(call.orderingWithinGroup());
    }
    return made instanceof AggregateFunction aggregate && !(made instanceof WindowFunction)
        ? aggregate.toAggregateExpression(call.isDistinct(), call.filter())
        : made;
  }

  private static Expression called(String function, List<Expression> arguments) {
    try {
      return (Expression)
          FunctionRegistry.builtin()
              .lookupFunction(new FunctionIdentifier(function), Catalyst.seq(arguments));
    } catch (AssertionError typed) {
      // It wants to know the types of its arguments before it is one.
      String text = arguments.stream().map(PrettyNames::print).collect(Collectors.joining(", "));
      return named(function + "(" + text + ")");
    }
  }

  /** What only stands for another expression prints its own arguments. */
  private static Expression inherited(Expression expression) {
    if (!(expression instanceof InheritAnalysisRules rules)) {
      return expression;
    }
    List<String> arguments =
        Catalyst.list(rules.parameters()).stream().map(PrettyNames::print).toList();
    return named(rules.makeSQLString(Catalyst.seq(arguments)));
  }

  /** A field behind a dot, or what stands in square brackets. */
  private Expression extracted(UnresolvedExtractValue value, Expression written) {
    String base = print(value.child());
    int stop = (int) written.origin().stopIndex().getOrElse(() -> -1);
    boolean brackets = stop >= 0 && stop < text.length() && text.charAt(stop) == ']';
    boolean field = !brackets && value.extraction() instanceof Literal;
    String key = print(value.extraction());
    return named(field ? base + "." + key : base + "[" + key + "]");
  }

  /** Spark fills in the frame before it names the column. */
  private static Expression window(WindowExpression window) {
    WindowSpecDefinition over = window.windowSpec();
    if (!over.frameSpecification().equals(UnspecifiedFrame$.MODULE$)) {
      return window;
    }
    if (window.windowFunction() instanceof WindowFunction function
        && !function.frame().equals(UnspecifiedFrame$.MODULE$)) {
      return Catalyst.framed(window, function.frame());
    }
    return Catalyst.framed(window, Catalyst.usualFrame(!over.orderSpec().isEmpty()));
  }

  private static Expression named(String name) {
    return new PrettyAttribute(name, DataTypes.NullType);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
