//! `config schema`: what `article-lsp.toml` may say. An editor shows its descriptions, so they exist in Chinese, too.

use schemars::Schema;
use serde_json::Value;

use crate::config::File;
use crate::lang::Lang;

/// What each part of the schema is described as, by its JSON pointer.
const CHINESE: &[(&str, &str)] = &[
    ("", "article-lsp.toml：所在文件夹及其下所有文件夹的设置。"),
    ("/properties/lang", "消息的语言：`en` 或 `zh`。未设置时取终端或编辑器的语言。"),
    (
        "/properties/include",
        "在文件夹中检查哪些文件：相对于本文件的通配符。未设置时为 `*.md`、`*.markdown` 和 `*.txt`。",
    ),
    ("/properties/exclude", "不检查哪些文件和文件夹：相对于本文件的通配符。"),
    ("/properties/organisations", "已知机构的词典，`.toml` 或 `.csv` 文件，相对于本文件。"),
    ("/properties/fail-on", "问题达到哪一级别时 `check` 的退出码为 1；`never` 为从不。未设置时为 `warning`。"),
    (
        "/properties/least-confidence",
        "模型的把握低于此百分比（0 到 100）的断句、错位和残缺不报告。未设置时，凡有可能的都报告，把握达 90% 的为警告。",
    ),
    ("/properties/rules", "按名称设置规则的级别。"),
    ("/properties/overrides", "只用于部分文件的规则级别；一个文件符合多项时，以最后一项为准。"),
    ("/$defs/FailOn", "什么使 `check` 的退出码为 1。"),
    ("/$defs/FailOn/oneOf/0", "仅错误。"),
    ("/$defs/FailOn/oneOf/1", "警告和错误。"),
    ("/$defs/FailOn/oneOf/2", "任何问题。"),
    ("/$defs/FailOn/oneOf/3", "从不。"),
    ("/$defs/Lang", "界面的语言。"),
    ("/$defs/Lang/oneOf/0", "英文。"),
    ("/$defs/Lang/oneOf/1", "中文。"),
    ("/$defs/Override", "用于符合的文件的规则级别。"),
    ("/$defs/Override/properties/files", "哪些文件：相对于配置文件的通配符。"),
    ("/$defs/Override/properties/rules", "按名称设置规则的级别。"),
    ("/$defs/Setting", "规则的设置。`on` 取消上文的设置，规则恢复自身的级别。"),
    ("/$defs/Setting/oneOf/0", "按规则自身的级别报告。"),
    ("/$defs/Setting/oneOf/1", "不报告。"),
    ("/$defs/Setting/oneOf/2", "报告为提示。"),
    ("/$defs/Setting/oneOf/3", "报告为警告。"),
    ("/$defs/Setting/oneOf/4", "报告为错误。"),
];

/// The JSON schema with descriptions in `lang`.
pub(super) fn schema(lang: Lang) -> Schema {
    let mut schema = schemars::schema_for!(File);
    if lang == Lang::Zh {
        for (part, text) in CHINESE {
            if let Some(description) = schema.pointer_mut(&format!("{part}/description")) {
                *description = Value::from(*text);
            }
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pointer to every part of `value` that has a description.
    fn described(value: &Value, pointer: &str, found: &mut Vec<String>) {
        let parts: Vec<(String, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(key, part)| (key.clone(), part)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(n, part)| (n.to_string(), part)).collect(),
            _ => return,
        };
        if value.get("description").is_some_and(Value::is_string) {
            found.push(pointer.to_owned());
        }
        for (key, part) in parts {
            described(part, &format!("{pointer}/{key}"), found);
        }
    }

    #[test]
    fn every_description_is_there_in_chinese_and_none_is_left_over() {
        let mut found = Vec::new();
        described(schema(Lang::En).as_value(), "", &mut found);
        let mut known: Vec<&str> = CHINESE.iter().map(|(pointer, _)| *pointer).collect();
        found.sort();
        known.sort_unstable();
        assert_eq!(found, known);
    }
}
