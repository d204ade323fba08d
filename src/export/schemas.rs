//! JSON Schemas of what `--json` prints, one file a verb.

/// Every verb with its schema.
pub const SCHEMAS: &[(&str, &str)] = &[
    ("why", include_str!("../../data/schemas/why.json")),
    ("effects", include_str!("../../data/schemas/effects.json")),
    ("path", include_str!("../../data/schemas/path.json")),
    ("timeline", include_str!("../../data/schemas/timeline.json")),
    ("show", include_str!("../../data/schemas/show.json")),
    ("find", include_str!("../../data/schemas/find.json")),
    ("add", include_str!("../../data/schemas/add.json")),
    ("check", include_str!("../../data/schemas/check.json")),
    ("extract", include_str!("../../data/schemas/extract.json")),
];

/// Returns the JSON Schema of the document that `verb` prints, if it prints one.
///
/// ```
/// let schema = backstory::export::schema("why").unwrap();
/// assert!(schema.contains("backstory.why/1"));
/// ```
pub fn schema(verb: &str) -> Option<&'static str> {
    SCHEMAS.iter().find(|it| it.0 == verb).map(|it| it.1)
}
