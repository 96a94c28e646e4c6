package dev.weft.planner.function;

import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNodeList;

/** Spark's functions by name, each made when it is first met. */
public final class SparkFunctions {

  private final RelationalCatalog catalog;
  private final CallTypes types;
  private final Map<String, SparkFunction> operators = new ConcurrentHashMap<>();
  private final Map<String, FunctionKind> kinds = new ConcurrentHashMap<>();

  public SparkFunctions(RelationalCatalog catalog) {
    this.catalog = catalog;
    this.types = new CallTypes(catalog);
  }

  /** The one type that Spark gives to values of several types; none where it refuses them. */
  public List<RelDataType> common(List<RelDataType> values, RelDataTypeFactory factory) {
    return types.common(values, factory);
  }

  /** An operator or a function that is known to exist. */
  public SparkFunction operator(String name) {
    return operators.computeIfAbsent(name, n -> new SparkFunction(n, types));
  }

  /** What a function is for; empty when Spark has none of this name. */
  public Optional<FunctionKind> kind(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    FunctionKind known = kinds.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    if (!catalog.functionExists(key)) {
      return Optional.empty();
    }
    FunctionKind kind = catalog.functionKind(key);
    if (!catalog.isUserFunction(key)) {
      kinds.put(key, kind);
    }
    return Optional.of(kind);
  }

  /** An aggregate function; {@code constants} are the literals behind its other arguments. */
  public SparkAggregate aggregate(String name, boolean onlyOver, List<Argument> constants) {
    return aggregate(name, onlyOver, constants, SqlNodeList.EMPTY);
  }

  /** The same over rows in the order of some keys. */
  public SparkAggregate aggregate(
      String name, boolean onlyOver, List<Argument> constants, SqlNodeList within) {
    return new SparkAggregate(name.toLowerCase(Locale.ROOT), onlyOver, constants, within, types);
  }

  /** A function that makes rows, known to exist. */
  public SparkGenerator generator(String name) {
    return new SparkGenerator(name, types);
  }

  /** A cast that a script asks for. */
  public SparkCast cast(RelDataType type, boolean safe) {
    return new SparkCast(type, safe, types);
  }

  /** An expression of Spark's own text; its operands stand in it under their places. */
  public SparkTemplate template(String text) {
    return new SparkTemplate(text, types);
  }

  /** Spark's name for a column that has only an expression, where the text alone says it. */
  public Optional<String> columnName(String expression, Set<String> structs) {
    return catalog.columnName(expression, structs);
  }

  /** Every name, for "did you mean". */
  public List<String> names() {
    return catalog.functionNames();
  }
}
