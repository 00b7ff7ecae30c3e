//! The JSON of reviewdog, suggestions included. Its columns count bytes of UTF-8.

use serde_json::{Value, json};

use crate::cli::report::{Diagnostic, File, Range, Report};
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let mut diagnostics: Vec<Value> = Vec::new();
    for file in &report.files {
        diagnostics.extend(file.diagnostics.iter().map(|found| diagnostic(file, found)));
    }
    diagnostics.extend(report.errors.iter().map(|error| {
        json!({
            "message": error.message.get(report.lang),
            "location": { "path": error.path },
            "severity": "ERROR",
            "code": { "value": "unreadable-file" },
        })
    }));
    let document = json!({
        "source": { "name": "article-lsp" },
        "diagnostics": diagnostics,
    });
    serde_json::to_string_pretty(&document).expect("strings and numbers only") + "\n"
}

fn diagnostic(file: &File, diagnostic: &Diagnostic) -> Value {
    let range = |range: Range| json!(range.in_bytes(&file.text));
    // Each suggestion is offered by itself, and half a repair is none.
    let suggestions: Vec<Value> = diagnostic
        .fixes
        .iter()
        .filter_map(|fix| <&[_; 1]>::try_from(fix.edits.as_slice()).ok())
        .map(|[edit]| json!({ "range": range(edit.range), "text": edit.new_text }))
        .collect();
    json!({
        "message": diagnostic.message,
        "location": { "path": diagnostic.path, "range": range(diagnostic.range) },
        "severity": match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Information => "INFO",
        },
        "code": { "value": diagnostic.rule, "url": diagnostic.url },
        "suggestions": suggestions,
        "relatedLocations": diagnostic
            .related
            .iter()
            .map(|related| {
                // The bytes of another file are not at hand; a range without columns means whole lines.
                let lines = |Range { start, end }| json!({"start": {"line": start.line}, "end": {"line": end.line}});
                let is_here = related.path == file.path;
                let place = if is_here { range(related.range) } else { lines(related.range) };
                json!({ "message": related.message, "location": { "path": related.path, "range": place } })
            })
            .collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::cli::report::diagnostics;
    use crate::config::Config;
    use crate::lang::Lang;
    use crate::text::Text;
    use crate::workspace::check;

    #[test]
    fn a_repair_of_several_edits_is_no_suggestion() {
        let wrapped = "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加，大家都说学到了\n真本领。\n";
        let (page, found) = check(wrapped, Format::Markdown, None, &Config::default(), &mut Memo::default());
        assert_eq!(found[0].finding.fixes[0].edits.len(), 3);
        let diagnostics = diagnostics("a.md", &page.text, &found, Lang::En);
        let file = File { path: "a.md".into(), text: Text::clone(&page.text), fail_on: None, diagnostics };
        let told = diagnostic(&file, &file.diagnostics[0]);
        assert_eq!(told["suggestions"], json!([]));
        assert_eq!(told["location"]["range"]["end"], json!({"line": 4, "column": 13}));
    }
}
