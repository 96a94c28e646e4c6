/**
 * Spark's catalog as files of the project: {@link dev.weft.spark.catalog.ProjectCatalog} is what
 * Spark asks, {@link dev.weft.spark.catalog.Stored} reads and writes one kind of file, the {@code
 * …Codec}s say what stands in them, and {@link dev.weft.spark.catalog.FolderLock} lets one process
 * write at a time.
 */
@NullMarked
package dev.weft.spark.catalog;

import org.jspecify.annotations.NullMarked;
