//! What the model means: statuses, roll-ups, findings, agreement, differences. Pure functions over the model.
