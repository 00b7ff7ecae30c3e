//! SARIF 2.1.0, which code scanning of GitHub and many other services read.
//!
//! Columns count Unicode scalar values, and the document says so: without `columnKind` a reader counts UTF-16.

use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Invocation, Location, Message, MultiformatMessageString,
    Notification, PhysicalLocation, Region, Replacement, ReportingConfiguration, ReportingDescriptor,
    Result as Finding, ResultLevel, Run, Sarif, Tool, ToolComponent,
};

use crate::cli::report::{self, Diagnostic, Range, Report};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::rules::{RULES, Rule};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(report: &Report) -> String {
    let driver = ToolComponent::builder()
        .name("article-lsp")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(RULES.iter().map(|rule| descriptor(rule, report.lang)).collect::<Vec<_>>())
        .build();
    let errors: Vec<Notification> = report
        .errors
        .iter()
        .map(|error| {
            Notification::builder()
                .level("error")
                .message(message(error.message.get(report.lang)))
                .locations(vec![Location::builder().physical_location(physical(&error.path, None)).build()])
                .build()
        })
        .collect();
    let invocation =
        Invocation::builder().execution_successful(errors.is_empty()).tool_execution_notifications(errors).build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind("unicodeCodePoints")
        .invocations(vec![invocation])
        .results(report.diagnostics().map(finding).collect::<Vec<_>>())
        .build();
    let document = Sarif::builder().schema(SCHEMA).version("2.1.0").runs(vec![run]).build();
    serde_json::to_string_pretty(&document).expect("strings and numbers only") + "\n"
}

fn descriptor(rule: &Rule, lang: Lang) -> ReportingDescriptor {
    let text = |text: &str| MultiformatMessageString::builder().text(text).build();
    let docs = rule.docs.get(lang);
    ReportingDescriptor::builder()
        .id(rule.name)
        .short_description(text(rule.summary.get(lang)))
        .full_description(text(rule.summary.get(lang)))
        .help_uri(rule.url())
        .help(MultiformatMessageString::builder().text(docs).markdown(docs).build())
        .default_configuration(ReportingConfiguration::builder().level(level_name(rule.severity)).build())
        .build()
}

fn finding(diagnostic: &Diagnostic) -> Finding {
    let related: Vec<Location> = diagnostic
        .related
        .iter()
        .enumerate()
        .map(|(n, related)| {
            Location::builder()
                .id(n as i64)
                .message(message(&related.message))
                .physical_location(physical(&related.path, Some(related.range)))
                .build()
        })
        .collect();
    let fingerprint = ("content/v1".to_owned(), diagnostic.fingerprint.clone());
    let mut finding = Finding::builder()
        .rule_id(diagnostic.rule.as_str())
        .level(match diagnostic.severity {
            Severity::Error => ResultLevel::Error,
            Severity::Warning => ResultLevel::Warning,
            Severity::Information => ResultLevel::Note,
        })
        .message(message(&diagnostic.message))
        .locations(vec![
            Location::builder().physical_location(physical(&diagnostic.path, Some(diagnostic.range))).build(),
        ])
        .partial_fingerprints(std::collections::BTreeMap::from([fingerprint]))
        .related_locations(related)
        .build();
    finding.rule_index = RULES.iter().position(|rule| rule.name == diagnostic.rule).map(|n| n as i64);
    finding.fixes = (!diagnostic.fixes.is_empty()).then(|| diagnostic.fixes.iter().filter_map(fix).collect());
    finding
}

fn fix(fix: &report::Fix) -> Option<Fix> {
    let path = &fix.edits.first()?.path;
    let replacements: Vec<Replacement> = fix
        .edits
        .iter()
        .map(|edit| {
            Replacement::builder()
                .deleted_region(region(edit.range))
                .inserted_content(ArtifactContent::builder().text(edit.new_text.as_str()).build())
                .build()
        })
        .collect();
    let change = ArtifactChange::builder().artifact_location(artifact(path)).replacements(replacements).build();
    Some(Fix::builder().description(message(&fix.title)).artifact_changes(vec![change]).build())
}

const fn level_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

fn message(text: &str) -> Message {
    Message::builder().text(text).build()
}

fn physical(path: &str, range: Option<Range>) -> PhysicalLocation {
    let mut location = PhysicalLocation::builder().artifact_location(artifact(path)).build();
    location.region = range.map(region);
    location
}

fn region(range: Range) -> Region {
    Region::builder()
        .start_line(range.start.line as i64)
        .start_column(range.start.column as i64)
        .end_line(range.end.line as i64)
        .end_column(range.end.column as i64)
        .build()
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(path)).build()
}

/// `path` as a URI reference: what a URI may not hold is percent-encoded.
fn uri(path: &str) -> String {
    // On Windows a path from the root begins with its drive.
    let (mut uri, path) = match path.as_bytes() {
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => (["file:///", &path[..2]].concat(), &path[2..]),
        [b'/', ..] => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("三月/1 版[a].md"), "%E4%B8%89%E6%9C%88/1%20%E7%89%88%5Ba%5D.md");
        assert_eq!(uri("/a.md"), "file:///a.md");
        assert_eq!(uri("C:/x/第1版.md"), "file:///C:/x/%E7%AC%AC1%E7%89%88.md");
        assert_eq!(uri("a:b.md"), "a%3Ab.md");
    }
}
