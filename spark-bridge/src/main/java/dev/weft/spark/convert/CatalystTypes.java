package dev.weft.spark.convert;

import dev.weft.planner.types.SparkTypes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.spark.sql.types.DataType;

/** Calcite's types as Spark's, through Spark's own DDL text. */
public final class CatalystTypes {

  private static final Map<String, DataType> KNOWN = new ConcurrentHashMap<>();

  private CatalystTypes() {}

  /** Read from its text once. */
  public static DataType of(RelDataType type) {
    return KNOWN.computeIfAbsent(SparkTypes.text(type), DataType::fromDDL);
  }
}
