package dev.weft.server.flight;

import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.NoOpSessionOptionValueVisitor;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.Error;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;

/** The session options of Flight: which catalog and schema names without dots belong to. */
final class SessionOptions {

  private static final Map<String, String> FIXED =
      Map.of("catalog", CatalogRows.CATALOG, "schema", CatalogRows.SCHEMA);

  private SessionOptions() {}

  /** The options there are; asking makes no session, since clients use it to look for life. */
  static GetSessionOptionsResult get() {
    Map<String, SessionOptionValue> options = new HashMap<>();
    FIXED.forEach(
        (name, value) ->
            options.put(name, SessionOptionValueFactory.makeSessionOptionValue(value)));
    return new GetSessionOptionsResult(options);
  }

  /** Accepts the values there are, and names what it does not. */
  static SetSessionOptionsResult set(SetSessionOptionsRequest request) {
    Map<String, Error> errors = new HashMap<>();
    request
        .getSessionOptions()
        .forEach(
            (name, value) -> {
              String fixed = FIXED.get(name);
              if (fixed == null) {
                errors.put(name, new Error(ErrorValue.INVALID_NAME));
              } else if (!fixed.equals(value.acceptVisitor(new Text()))) {
                errors.put(name, new Error(ErrorValue.INVALID_VALUE));
              }
            });
    return new SetSessionOptionsResult(errors);
  }

  private static final class Text extends NoOpSessionOptionValueVisitor<String> {
    @Override
    public String visit(String value) {
      return value;
    }
  }
}
