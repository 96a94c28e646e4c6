package dev.weft.spark.result;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.sql.util.ArrowUtils;

/** Spark's row types as Arrow's. */
public final class Schemas {

  private final SparkSession session;

  public Schemas(SparkSession session) {
    this.session = session;
  }

  public String zone() {
    return session.sessionState().conf().sessionLocalTimeZone();
  }

  public Schema arrow(StructType type) {
    return ArrowUtils.toArrowSchema(plain(type), zone(), false, false);
  }

  /** Texts of limited length are texts in Arrow; names may repeat. */
  public static StructType plain(StructType type) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : type.fields()) {
      boolean text =
          field.dataType() instanceof CharType || field.dataType() instanceof VarcharType;
      fields.add(
          text
              ? DataTypes.createStructField(field.name(), DataTypes.StringType, field.nullable())
              : field);
    }
    return new StructType(fields.toArray(StructField[]::new));
  }
}
