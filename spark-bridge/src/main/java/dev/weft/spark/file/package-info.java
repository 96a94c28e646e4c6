/** Files: what a LOAD reads and what a SAVE writes. */
@NullMarked
package dev.weft.spark.file;

import org.jspecify.annotations.NullMarked;
