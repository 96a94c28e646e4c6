package dev.weft.spark.convert;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import scala.Option;

/** Names of functions as Spark's catalog has them. */
public final class FunctionIdentifiers {

  private FunctionIdentifiers() {}

  /** {@code f}, {@code database.f} or {@code catalog.database.f}. */
  public static FunctionIdentifier identifier(String name) {
    List<String> parts = List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    int last = parts.size() - 1;
    return last == 0
        ? new FunctionIdentifier(parts.get(0))
        : new FunctionIdentifier(parts.get(last), Option.apply(parts.get(last - 1)));
  }
}
