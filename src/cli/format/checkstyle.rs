//! Checkstyle XML, which Jenkins and many review tools read.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::cli::report::Report;
use crate::cli::terminal::visible;
use crate::diagnostic::Severity;

pub(super) fn render(report: &Report) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, report).expect("memory takes everything");
    String::from_utf8(writer.into_inner()).expect("written from strings") + "\n"
}

fn write(writer: &mut Writer<Vec<u8>>, report: &Report) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("checkstyle").with_attribute(("version", "4.3")).write_inner_content(|writer| {
        for file in &report.files {
            let element = writer.create_element("file").with_attribute(("name", visible(&file.path).as_ref()));
            element.write_inner_content(|writer| {
                for diagnostic in &file.diagnostics {
                    let severity = match diagnostic.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Information => "info",
                    };
                    writer
                        .create_element("error")
                        .with_attributes([
                            ("line", diagnostic.range.start.line.to_string().as_str()),
                            ("column", diagnostic.range.start.column.to_string().as_str()),
                            ("severity", severity),
                            ("message", visible(&diagnostic.message).as_ref()),
                            ("source", format!("article-lsp.{}", diagnostic.rule).as_str()),
                        ])
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
        for error in &report.errors {
            let element = writer.create_element("file").with_attribute(("name", visible(&error.path).as_ref()));
            element.write_inner_content(|writer| {
                let message = visible(error.message.get(report.lang));
                let attributes = [("severity", "error"), ("message", message.as_ref())];
                writer.create_element("error").with_attributes(attributes).write_empty().map(|_| ())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}
