/** Relations as models see them: features by kind, labels, and the Predict node over an input. */
@NullMarked
package dev.weft.planner.model;

import org.jspecify.annotations.NullMarked;
