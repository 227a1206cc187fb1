//! RON on disk: layout, located errors, durable publishing, the journal, drafts, and edits that keep comments.
