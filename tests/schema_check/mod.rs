//! The part of JSON Schema that our schemas use.

#![allow(clippy::unwrap_used, reason = "a schema that is wrong stops the test")]

use serde_json::Value;

pub fn check(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.trim_start_matches("#/$defs/");
        return check(root, &root["$defs"][name], value, at);
    }
    if let Some(wanted) = schema.get("const") {
        assert_eq!(value, wanted, "{at}");
    }
    if let Some(known) = schema["enum"].as_array() {
        assert!(known.contains(value), "{at}: {value} is none of {known:?}");
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let null = choices[0]["type"] == "null" && value.is_null();
        if !null {
            check(root, &choices[1], value, at);
        }
        return;
    }
    assert!(
        is_of_type(&schema["type"], value),
        "{at}: {value} is no {}",
        schema["type"]
    );
    if let Some(object) = value.as_object() {
        for key in schema["required"].as_array().into_iter().flatten() {
            assert!(object.contains_key(key.as_str().unwrap()), "{at}: no {key}");
        }
        for (key, value) in object {
            let rest = &schema["additionalProperties"];
            let inner = schema["properties"]
                .get(key)
                .or(rest.is_object().then_some(rest));
            let inner = inner.unwrap_or_else(|| panic!("{at}.{key} is not in the schema"));
            check(root, inner, value, &format!("{at}.{key}"));
        }
    }
    for (idx, value) in value.as_array().into_iter().flatten().enumerate() {
        check(root, &schema["items"], value, &format!("{at}[{idx}]"));
    }
}

fn is_of_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    };
    match wanted {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().any(|it| is(it.as_str().unwrap())),
        _ => true,
    }
}
