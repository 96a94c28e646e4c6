package dev.weft.spark;

import dev.weft.grammar.Quotes;
import dev.weft.planner.spi.Column;
import dev.weft.spark.convert.CatalystTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark's types as DDL text that any name survives. */
final class Ddl {

  private Ddl() {}

  static List<Column> columns(StructType type) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : type.fields()) {
      columns.add(new Column(field.name(), text(field.dataType()), field.nullable()));
    }
    return columns;
  }

  /** A row type of Calcite's as Spark's. */
  static StructType struct(RelDataType rows) {
    StructType columns = new StructType();
    for (RelDataTypeField field : rows.getFieldList()) {
      DataType type = CatalystTypes.of(field.getType());
      columns = columns.add(field.getName(), type, field.getType().isNullable());
    }
    return columns;
  }

  static String text(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .map(f -> Quotes.quoted(f.name()) + ":" + text(f.dataType()))
          .collect(Collectors.joining(",", "struct<", ">"));
    }
    if (type instanceof ArrayType array) {
      return "array<" + text(array.elementType()) + ">";
    }
    if (type instanceof MapType map) {
      return "map<" + text(map.keyType()) + "," + text(map.valueType()) + ">";
    }
    return type.catalogString();
  }
}
