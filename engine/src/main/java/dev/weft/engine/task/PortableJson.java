package dev.weft.engine.task;

import dev.weft.engine.model.Json;
import dev.weft.planner.portable.PortableExpression;
import dev.weft.planner.portable.PortableExpression.Call;
import dev.weft.planner.portable.PortableExpression.Column;
import dev.weft.planner.portable.PortableExpression.Constant;
import dev.weft.planner.portable.PortableExpression.Fitted;
import dev.weft.planner.portable.PortableExpression.Kind;
import dev.weft.planner.portable.PortableTransform;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TRANSFORM as JSON, with the values that it was fitted to in their places. */
final class PortableJson {

  private static final long SECONDS_OF_DAY = 86_400;

  private final Map<Integer, String> fitted;

  PortableJson(Map<Integer, String> fitted) {
    this.fitted = fitted;
  }

  String text(PortableTransform transform) {
    List<Map<String, String>> inputs =
        transform.inputs().stream()
            .map(
                input ->
                    Map.of(
                        "name", input.name(),
                        "type", input.type(),
                        "kind", input.kind().name().toLowerCase(Locale.ROOT)))
            .toList();
    return Json.line(
        Map.of("inputs", inputs, "features", transform.features().stream().map(this::of).toList()));
  }

  private Object of(PortableExpression expression) {
    if (expression instanceof Column column) {
      return Map.of("column", column.name());
    }
    if (expression instanceof Constant constant) {
      return constant(Optional.ofNullable(constant.text()), constant.kind());
    }
    if (expression instanceof Fitted value) {
      return constant(
          Optional.ofNullable(fitted.get(value.place())).map(t -> text(t, value)), value.kind());
    }
    Call call = (Call) expression;
    return Map.of(
        "call", call.operator().name().toLowerCase(Locale.ROOT),
        "arguments", call.arguments().stream().map(this::of).toList());
  }

  private static String text(String kept, Fitted value) {
    return value.date() ? "" + LocalDate.parse(kept).toEpochDay() * SECONDS_OF_DAY : kept;
  }

  /** Numbers stay texts: JSON has no infinite ones. */
  private static Map<String, @Nullable Object> constant(Optional<String> text, Kind kind) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("constant", text.orElse(null));
    told.put("kind", kind.name().toLowerCase(Locale.ROOT));
    return told;
  }
}
