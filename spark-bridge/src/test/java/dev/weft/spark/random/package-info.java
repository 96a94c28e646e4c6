/** Random tables and queries over them, one file a family. */
@NullMarked
package dev.weft.spark.random;

import org.jspecify.annotations.NullMarked;
