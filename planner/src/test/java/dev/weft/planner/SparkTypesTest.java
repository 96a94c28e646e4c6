package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.planner.types.SparkTypeFactory;
import dev.weft.planner.types.SparkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's type texts there and back. */
class SparkTypesTest {

  private final SparkTypeFactory types = new SparkTypeFactory();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "boolean",
        "tinyint",
        "smallint",
        "int",
        "bigint",
        "float",
        "double",
        "string",
        "binary",
        "date",
        "timestamp",
        "timestamp_ntz",
        "decimal(10,2)",
        "decimal(38,38)",
        "void",
        "interval day",
        "interval day to second",
        "interval year to month",
        "array<int>",
        "map<string,array<double>>",
        "struct<`a`:int,`b c`:map<string,decimal(3,1)>>"
      })
  void areReadAndWritten(String ddl) {
    assertThat(SparkTypes.text(SparkTypes.parse(ddl, types))).isEqualTo(ddl);
  }

  @Test
  void columnsHaveNamesAndNullability() {
    assertThat(SparkTypes.columns("a INT NOT NULL, `b c` varchar(3) COMMENT 'x'", types))
        .hasToString(
            "[Column[name=a, type=int, nullable=false],"
                + " Column[name=b c, type=string, nullable=true]]");
  }

  @Test
  void whatIsNoTypeIsSaidSo() {
    assertThatThrownBy(() -> SparkTypes.parse("array<int", types))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SparkTypes.parse("strin", types)).hasMessage("the type strin");
  }
}
