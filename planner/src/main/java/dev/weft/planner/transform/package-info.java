/** TRANSFORM as text: featurisers written out, aggregates over all rows taken out to be fitted. */
@NullMarked
package dev.weft.planner.transform;

import org.jspecify.annotations.NullMarked;
