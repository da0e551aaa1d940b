//! The JSON Schema of sidecars, for everybody who reads or writes them without us.

/// JSON Schema of the sidecar, draft 2020-12.
pub const SIDECAR_SCHEMA: &str = include_str!("sidecar.schema.json");
