"""The rivals of `bridge_speed.sh`: does what each line of its input names, and prints the seconds.

Usage: bridge_rival.py pyspark|raydp ROWS FOLDER, in an environment of its own that has the rival.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Ray's serialiser for Java reads fields of the JDK, which Java 17 closes; the list is raydp-submit's, and java.lang.reflect.
OPENED = [
    f"java.base/{package}"
    for package in (
        *("java.io", "java.lang", "java.lang.invoke", "java.lang.reflect", "java.math", "java.net"),
        *("java.nio", "java.text", "java.util", "java.util.concurrent", "java.util.concurrent.atomic"),
        *("sun.nio.ch", "sun.nio.cs", "sun.security.action", "sun.util.calendar"),
    )
]

COLUMNS = [f"c{i}" for i in range(10)]
SUM = " + ".join(f"sum({name})" for name in COLUMNS)
# The same for all: rows of a batch, and threads.
BATCH_ROWS = 16_384
THREADS = os.cpu_count() or 2


def wide(spark: Any, rows: int, parts: int = THREADS) -> Any:
    """The rows that everybody moves."""
    columns = [f"cast(id as double) + {i} as {name}" for i, name in enumerate(COLUMNS)]
    return spark.range(0, rows, 1, parts).selectExpr(*columns)


def pyspark(rows: int, folder: Path) -> dict[str, Callable[[], Any]]:
    """PySpark as its documentation advises: Arrow, the batch size given, one Python a thread."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import arrow_udf, pandas_udf

    spark = (
        SparkSession.builder.master(f"local[{THREADS}]")
        .config("spark.driver.memory", "3g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH_ROWS)
        .config("spark.python.worker.reuse", "true")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    table = wide(spark, rows)
    back = table.mapInArrow(lambda batches: batches, table.schema)

    @pandas_udf("double")
    def in_pandas(values: pd.Series) -> pd.Series:
        return values * 1.8 + 32.0

    @arrow_udf("double")
    def in_arrow(values: pa.Array) -> pa.Array:
        return pc.add(pc.multiply(values, 1.8), 32.0)

    def parquet() -> int:
        files = folder / "upload"
        shutil.rmtree(files, ignore_errors=True)
        table.write.parquet(str(files))
        return int(pq.read_table(files).num_rows)

    return {
        "round trip/mapInArrow": lambda: back.selectExpr(SUM).collect(),
        "function/pandas_udf": lambda: table.select(in_pandas("c0").alias("y"))
        .selectExpr("sum(y)")
        .collect(),
        "function/arrow_udf": lambda: table.select(in_arrow("c0").alias("y"))
        .selectExpr("sum(y)")
        .collect(),
        "upload/parquet": parquet,
    }


def raydp(rows: int, folder: Path) -> dict[str, Callable[[], Any]]:
    """RayDP: executors that are Ray actors, and a Ray dataset whose blocks are in the store."""
    import ray
    import raydp
    from raydp.spark import dataset

    opens = " ".join(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED)
    os.environ["JDK_JAVA_OPTIONS"] = opens
    # Rows are there up to three times: in Spark's cache, as bytes and as tables.
    ray.init(num_cpus=4, object_store_memory=4_000_000_000, include_dashboard=False)
    spark = raydp.init_spark("upload", num_executors=1, executor_cores=THREADS, executor_memory="4g")
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH_ROWS)
    # A part goes through Java's memory whole, and more than once: two of five million rows end it.
    table = wide(spark, rows, max(THREADS, rows // 500_000))
    release = getattr(dataset, "release_spark_recoverable", None)

    def upload() -> int:
        made = ray.data.from_spark(table)
        references = made.to_arrow_refs()
        ready, waiting = ray.wait(references, num_returns=len(references), fetch_local=False)
        return len(ready) - len(waiting)

    def released() -> None:
        if release is not None:
            release(table)

    return {"upload/raydp": upload, "release": released}


def main() -> None:
    """Says what it can, then works line by line."""
    name, rows, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    work = {"pyspark": pyspark, "raydp": raydp}[name](rows, folder)
    print("can", ",".join(key for key in work if "/" in key), flush=True)
    for line in sys.stdin:
        start = time.monotonic()
        work[line.strip()]()
        took = time.monotonic() - start
        # Before the next one is asked, whom this would slow.
        work.get("release", lambda: None)()
        print("took", took, flush=True)


if __name__ == "__main__":
    main()
