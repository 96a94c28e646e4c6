package dev.weft.spark.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** Columns are those that Spark's own writer makes, rows those of its own projections. */
class RowColumnsTest {

  private static final List<DataType> WORDS_AND_BYTES =
      List.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          DataTypes.StringType,
          DataTypes.BinaryType,
          new DecimalType(9, 2),
          new DecimalType(18, 0),
          new DecimalType(38, 10));

  private static final List<DataType> NESTED =
      List.of(
          new ArrayType(DataTypes.LongType, true),
          new MapType(DataTypes.StringType, DataTypes.IntegerType, true),
          new StructType().add("a", DataTypes.IntegerType).add("b", DataTypes.StringType),
          DataTypes.NullType);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeftAllocated() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 512, 513, 3000})
  void columnsAreSparksAndRowsComeBack(int count) {
    for (double nulls : new double[] {0, 0.3, 1}) {
      check(WORDS_AND_BYTES, count, nulls);
    }
  }

  @Test
  void nestedColumnsAreSparksToo() {
    List<DataType> all = new ArrayList<>(WORDS_AND_BYTES);
    all.addAll(NESTED);
    check(all, 700, 0.2);
    check(NESTED, 3, 0);
  }

  @Test
  void moreColumnsThanAWordOfNullsHasBits() {
    List<DataType> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.addAll(WORDS_AND_BYTES);
    }
    check(many, 600, 0.5);
  }

  @Test
  void noColumnsAtAll() {
    check(List.of(), 5, 0);
  }

  @Test
  void rowsThatAreNotSparksBytesAreTaken() {
    List<DataType> types = List.of(DataTypes.StringType, DataTypes.IntegerType);
    List<InternalRow> rows =
        List.of(
            new GenericInternalRow(new Object[] {UTF8String.fromString("a"), 1}),
            new GenericInternalRow(new Object[] {null, null}));
    RowBlock block = new RowBlock(types);
    block.fill(CollectionConverters.asScala(rows.iterator()), 10, 1 << 20);
    assertThat(block.row(0).getUTF8String(0)).hasToString("a");
    assertThat(block.row(1).isNullAt(1)).isTrue();
  }

  @Test
  void aBlockEndsAtItsRowsAndAtItsBytes() {
    List<DataType> types = List.of(DataTypes.StringType);
    List<InternalRow> rows = new Made(1).rows(types, 100, 0);
    RowBlock block = new RowBlock(types);
    var all = CollectionConverters.asScala(rows.iterator());
    block.fill(all, 30, 1 << 20);
    assertThat(block.rows()).isEqualTo(30);
    block.fill(all, 1000, 1);
    assertThat(block.rows()).isEqualTo(1);
    block.fill(all, 1000, 1 << 20);
    assertThat(block.rows()).isEqualTo(69);
  }

  @Test
  void whatExpressionsMakeGoesOut() {
    List<DataType> types = List.of(DataTypes.LongType, DataTypes.StringType);
    RowBlock block = block(types, new Made(3).rows(types, 600, 0));
    Expression sum =
        new Add(
            new BoundReference(0, DataTypes.LongType, true),
            new BoundReference(0, DataTypes.LongType, true),
            new NumericEvalContext(EvalMode$.MODULE$.LEGACY(), true));
    List<Expression> out = List.of(new BoundReference(1, DataTypes.StringType, true), sum);
    try (VectorSchemaRoot root = root(List.of(types.get(1), types.get(0)))) {
      new BlockColumns(out).write(block, root);
      for (int i = 0; i < block.rows(); i++) {
        assertThat(root.getVector(0).getObject(i))
            .hasToString(block.row(i).getUTF8String(1).toString());
        assertThat(root.getVector(1).getObject(i)).isEqualTo(2 * block.row(i).getLong(0));
      }
    }
  }

  @Test
  void answersOfAnotherTypeAreCast() {
    List<DataType> given = List.of(DataTypes.IntegerType, DataTypes.StringType);
    List<DataType> wanted = List.of(DataTypes.LongType, DataTypes.StringType);
    RowBlock block = block(given, new Made(4).rows(given, 700, 0.2));
    try (VectorSchemaRoot root = root(given)) {
      new BlockColumns(references(given)).write(block, root);
      AnsweredRows answered = new AnsweredRows(List.of(), wanted);
      answered.start(new RowBlock(List.of()), root.getFieldVectors(), block.rows());
      for (int i = 0; i < block.rows(); i++) {
        InternalRow row = answered.next();
        assertThat(row.isNullAt(0)).isEqualTo(block.row(i).isNullAt(0));
        assertThat(row.getLong(0)).isEqualTo(block.row(i).getInt(0));
      }
      assertThat(answered.hasNext()).isFalse();
    }
  }

  private void check(List<DataType> types, int count, double nulls) {
    List<InternalRow> rows = new Made(count).rows(types, count, nulls);
    RowBlock block = block(types, rows);
    List<Expression> columns = new ArrayList<>(references(types));
    java.util.Collections.reverse(columns);
    List<DataType> reversed = columns.stream().map(Expression::dataType).toList();
    try (VectorSchemaRoot found = root(reversed);
        VectorSchemaRoot expected = root(reversed)) {
      // A second time over the same block is no different.
      for (int again = 0; again < 2; again++) {
        found.clear();
        new BlockColumns(columns).write(block, found);
      }
      ArrowWriter writer = ArrowWriter.create(expected);
      UnsafeProjection backwards = projection(columns);
      rows.forEach(row -> writer.write(backwards.apply(row)));
      writer.finish();
      assertThat(found.getRowCount()).isEqualTo(count);
      for (int i = 0; i < types.size(); i++) {
        FieldVector one = found.getVector(i);
        assertThat(VectorEqualsVisitor.vectorEquals(one, expected.getVector(i)))
            .as(one.getField() + " of " + count)
            .isTrue();
      }
      alone(found, rows, columns);
      behind(block, found, rows, columns);
    }
  }

  private static void alone(
      VectorSchemaRoot answers, List<InternalRow> rows, List<Expression> columns) {
    AnsweredRows found = new AnsweredRows(List.of(), types(columns));
    found.start(new RowBlock(List.of()), answers.getFieldVectors(), rows.size());
    UnsafeProjection expected = projection(columns);
    for (InternalRow row : rows) {
      same(found.next(), expected.apply(row));
    }
    assertThat(found.hasNext()).isFalse();
  }

  private static void behind(
      RowBlock block, VectorSchemaRoot answers, List<InternalRow> rows, List<Expression> columns) {
    List<DataType> asked = new ArrayList<>(types(columns));
    java.util.Collections.reverse(asked);
    AnsweredRows found = new AnsweredRows(asked, types(columns));
    found.start(block, answers.getFieldVectors(), rows.size());
    List<DataType> twice = new ArrayList<>(asked);
    twice.addAll(types(columns));
    UnsafeProjection both = projection(references(twice));
    UnsafeProjection backwards = projection(columns);
    for (InternalRow row : rows) {
      same(found.next(), both.apply(new JoinedRow(row, backwards.apply(row))));
    }
    assertThat(found.hasNext()).isFalse();
  }

  /** Also byte by byte, as Spark compares the keys of groups. */
  private static void same(InternalRow found, UnsafeRow expected) {
    assertThat(found).isEqualTo(expected);
    assertThat(found.hashCode()).isEqualTo(expected.hashCode());
  }

  private static List<DataType> types(List<Expression> columns) {
    return columns.stream().map(Expression::dataType).toList();
  }

  private static List<Expression> references(List<DataType> types) {
    return IntStream.range(0, types.size())
        .<Expression>mapToObj(i -> new BoundReference(i, types.get(i), true))
        .toList();
  }

  private static UnsafeProjection projection(List<Expression> columns) {
    return UnsafeProjection.create(CollectionConverters.<Expression>asScala(columns).toSeq());
  }

  private static RowBlock block(List<DataType> types, List<InternalRow> rows) {
    RowBlock block = new RowBlock(types);
    block.fill(CollectionConverters.asScala(rows.iterator()), rows.size(), Integer.MAX_VALUE);
    return block;
  }

  private VectorSchemaRoot root(List<DataType> types) {
    StructField[] fields =
        IntStream.range(0, types.size())
            .mapToObj(i -> DataTypes.createStructField("c" + i, types.get(i), true))
            .toArray(StructField[]::new);
    return VectorSchemaRoot.create(
        ArrowUtils.toArrowSchema(new StructType(fields), "UTC", true, false), allocator);
  }

  /** Rows of any types, the same for the same number. */
  private static final class Made {

    private final Random random;

    Made(long seed) {
      random = new Random(seed);
    }

    List<InternalRow> rows(List<DataType> types, int count, double nulls) {
      UnsafeProjection bytes = UnsafeProjection.create(types.toArray(DataType[]::new));
      List<InternalRow> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        @Nullable Object[] values =
            types.stream().map(type -> random.nextDouble() < nulls ? null : value(type)).toArray();
        rows.add(bytes.apply(new GenericInternalRow(values)).copy());
      }
      return rows;
    }

    private @Nullable Object value(DataType type) {
      if (type.equals(DataTypes.BooleanType)) return random.nextBoolean();
      if (type.equals(DataTypes.ByteType)) return (byte) random.nextInt();
      if (type.equals(DataTypes.ShortType)) return (short) random.nextInt();
      if (type.equals(DataTypes.IntegerType)) return random.nextInt();
      if (type.equals(DataTypes.DateType)) return random.nextInt(40_000);
      if (type.equals(DataTypes.FloatType)) return number() ? random.nextFloat() : Float.NaN;
      if (type.equals(DataTypes.DoubleType)) return number() ? random.nextGaussian() : -0.0;
      if (type.equals(DataTypes.StringType)) return UTF8String.fromString("é".repeat(length()));
      if (type.equals(DataTypes.BinaryType)) return new byte[length()];
      if (type.equals(DataTypes.NullType)) return null;
      if (type instanceof DecimalType decimal) return decimal(decimal);
      if (type instanceof ArrayType) {
        return new GenericArrayData(new Object[] {random.nextLong(), null});
      }
      if (type instanceof MapType) {
        return ArrayBasedMapData.apply(
            Map.of(UTF8String.fromString("k"), random.nextInt()), k -> k, v -> v);
      }
      if (type instanceof StructType) {
        return new GenericInternalRow(
            new Object[] {random.nextInt(), UTF8String.fromString("x".repeat(length()))});
      }
      return random.nextLong();
    }

    private boolean number() {
      return random.nextInt(10) > 0;
    }

    /** Empty, less than a word, a word, more. */
    private int length() {
      return random.nextInt(20);
    }

    private Decimal decimal(DecimalType type) {
      BigInteger digits = new BigInteger(random.nextInt(1, 1 + 3 * type.precision()), random);
      BigDecimal value =
          new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
      return Decimal.apply(value, type.precision(), type.scale());
    }
  }
}
