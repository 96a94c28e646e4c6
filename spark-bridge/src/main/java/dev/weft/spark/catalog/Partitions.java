package dev.weft.spark.catalog;

import dev.weft.spark.convert.Catalyst;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.analysis.NoSuchPartitionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchPartitionsException;
import org.apache.spark.sql.catalyst.analysis.PartitionsAlreadyExistException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTablePartition;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils$;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The partitions that Spark tracks of tables that are partitioned. */
final class Partitions {

  private static final ExternalCatalogUtils$ SPARK = ExternalCatalogUtils$.MODULE$;

  private final Stored<List<CatalogTablePartition>> files;
  private final DataFolders folders;

  Partitions(Stored<List<CatalogTablePartition>> files, DataFolders folders) {
    this.files = files;
    this.folders = folders;
  }

  List<CatalogTablePartition> of(Named table) {
    return files.read(table).orElse(List.of());
  }

  void forget(Named table) {
    files.delete(table);
  }

  void replace(Named table, List<CatalogTablePartition> partitions) {
    files.write(table, partitions);
  }

  void create(CatalogTable table, Seq<CatalogTablePartition> added, boolean unlessThere) {
    Map<Map<String, String>, CatalogTablePartition> all = bySpec(of(named(table)));
    List<scala.collection.immutable.Map<String, String>> there = new ArrayList<>();
    for (CatalogTablePartition partition : CollectionConverters.asJava(added)) {
      if (all.containsKey(key(partition.spec()))) {
        there.add(SPARK.convertNullPartitionValues(partition.spec()));
      }
    }
    if (!there.isEmpty() && !unlessThere) {
      throw Raised.as(
          new PartitionsAlreadyExistException(
              table.database(),
              table.identifier().table(),
              CollectionConverters.asScala(there).toSeq()));
    }
    for (CatalogTablePartition partition : CollectionConverters.asJava(added)) {
      if (!all.containsKey(key(partition.spec()))) {
        CatalogTablePartition complete = located(table, partition);
        folders.create(complete.location());
        all.put(key(partition.spec()), complete);
      }
    }
    replace(named(table), List.copyOf(all.values()));
  }

  void drop(
      CatalogTable table,
      Seq<scala.collection.immutable.Map<String, String>> specs,
      boolean unlessGone,
      boolean keepRows) {
    Map<Map<String, String>, CatalogTablePartition> all = bySpec(of(named(table)));
    List<CatalogTablePartition> dropped = new ArrayList<>();
    List<scala.collection.immutable.Map<String, String>> missing = new ArrayList<>();
    for (var spec : CollectionConverters.asJava(specs)) {
      CatalogTablePartition found = all.remove(key(spec));
      if (found != null) {
        dropped.add(found);
      } else {
        missing.add(spec);
      }
    }
    if (!missing.isEmpty() && !unlessGone) {
      throw Raised.as(
          new NoSuchPartitionsException(
              table.database(),
              table.identifier().table(),
              CollectionConverters.asScala(missing).toSeq()));
    }
    if (!keepRows && table.tableType().equals(Tables.MANAGED)) {
      dropped.forEach(partition -> folders.delete(partition.location()));
    }
    replace(named(table), List.copyOf(all.values()));
  }

  void rename(
      CatalogTable table,
      Seq<scala.collection.immutable.Map<String, String>> from,
      Seq<scala.collection.immutable.Map<String, String>> to) {
    Map<Map<String, String>, CatalogTablePartition> all = bySpec(of(named(table)));
    for (int i = 0; i < from.length(); i++) {
      if (all.containsKey(key(to.apply(i)))) {
        throw Raised.as(
            new PartitionsAlreadyExistException(
                table.database(), table.identifier().table(), to.apply(i)));
      }
      CatalogTablePartition before = all.remove(key(from.apply(i)));
      if (before == null) {
        throw Raised.as(missing(table, from.apply(i)));
      }
      CatalogTablePartition after =
          Copies.named(before, SPARK.convertNullPartitionValues(to.apply(i)));
      if (table.tableType().equals(Tables.MANAGED)) {
        URI place = folder(table, after);
        folders.rename(before.location(), place);
        after = Copies.at(after, place);
      }
      all.put(key(after.spec()), after);
    }
    replace(named(table), List.copyOf(all.values()));
  }

  void alter(CatalogTable table, Seq<CatalogTablePartition> changed) {
    Map<Map<String, String>, CatalogTablePartition> all = bySpec(of(named(table)));
    for (CatalogTablePartition partition : CollectionConverters.asJava(changed)) {
      if (!all.containsKey(key(partition.spec()))) {
        throw Raised.as(missing(table, partition.spec()));
      }
      all.put(
          key(partition.spec()),
          Copies.named(partition, SPARK.convertNullPartitionValues(partition.spec())));
    }
    replace(named(table), List.copyOf(all.values()));
  }

  List<CatalogTablePartition> matching(
      CatalogTable table, scala.collection.immutable.Map<String, String> part) {
    scala.collection.immutable.Map<String, String> wanted = SPARK.convertNullPartitionValues(part);
    return of(named(table)).stream()
        .filter(partition -> SPARK.isPartialPartitionSpec(wanted, partition.spec()))
        .toList();
  }

  static NoSuchPartitionException missing(
      CatalogTable table, scala.collection.immutable.Map<String, String> spec) {
    return new NoSuchPartitionException(table.database(), table.identifier().table(), spec);
  }

  private static CatalogTablePartition located(
      CatalogTable table, CatalogTablePartition partition) {
    CatalogTablePartition named =
        Copies.named(partition, SPARK.convertNullPartitionValues(partition.spec()));
    return named.storage().locationUri().isDefined()
        ? named
        : Copies.at(named, folder(table, named));
  }

  private static URI folder(CatalogTable table, CatalogTablePartition partition) {
    return SPARK
        .generatePartitionPath(
            partition.spec(), table.partitionColumnNames(), new Path(table.location()))
        .toUri();
  }

  private static Map<Map<String, String>, CatalogTablePartition> bySpec(
      List<CatalogTablePartition> partitions) {
    Map<Map<String, String>, CatalogTablePartition> map = new LinkedHashMap<>();
    partitions.forEach(partition -> map.put(key(partition.spec()), partition));
    return map;
  }

  private static Map<String, String> key(scala.collection.immutable.Map<String, String> spec) {
    return new TreeMap<>(CollectionConverters.asJava(SPARK.convertNullPartitionValues(spec)));
  }

  private static Named named(CatalogTable table) {
    return new Named(table.database(), table.identifier().table());
  }

  /** The partition that a whole specification names. */
  Optional<CatalogTablePartition> one(
      CatalogTable table, scala.collection.immutable.Map<String, String> spec) {
    return spec.size() == table.partitionColumnNames().length()
        ? matching(table, spec).stream().findFirst()
        : Optional.empty();
  }

  /** Those that fit a part of a specification; without one all. */
  List<CatalogTablePartition> some(
      CatalogTable table, Option<scala.collection.immutable.Map<String, String>> part) {
    return part.isDefined() ? matching(table, part.get()) : of(named(table));
  }

  /** Their names, such as {@code year=2001/month=1}, in order. */
  List<String> names(
      CatalogTable table, Option<scala.collection.immutable.Map<String, String>> part) {
    List<String> names = new ArrayList<>();
    for (CatalogTablePartition partition : some(table, part)) {
      List<String> steps = new ArrayList<>();
      for (String column : Catalyst.list(table.partitionColumnNames())) {
        steps.add(
            ExternalCatalogUtils$.MODULE$.getPartitionPathString(
                column, partition.spec().apply(column)));
      }
      names.add(String.join("/", steps));
    }
    names.sort(null);
    return names;
  }
}
