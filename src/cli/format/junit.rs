//! `JUnit` XML: a file is a suite, a finding a failed case, a file without findings is not listed.

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use crate::cli::report::Report;
use crate::lang::Lang;

pub(super) fn render(report: &Report) -> String {
    let mut document = Document::new("article-lsp");
    for file in &report.files {
        let mut suite = TestSuite::new(file.path.as_str());
        for diagnostic in &file.diagnostics {
            let start = diagnostic.range.start;
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(diagnostic.severity.name());
            status.set_message(diagnostic.message.as_str());
            status.set_description(format!("{}:{}:{}: {}", file.path, start.line, start.column, diagnostic.message));
            let name = format!("{}:{}:{}", diagnostic.rule, start.line, start.column);
            let mut case = TestCase::new(name, status);
            case.set_classname(file.path.as_str());
            suite.add_test_case(case);
        }
        document.add_test_suite(suite);
    }
    for error in &report.errors {
        let mut suite = TestSuite::new(error.path.as_str());
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(error.message.get(report.lang));
        suite.add_test_case(TestCase::new("unreadable-file", status));
        document.add_test_suite(suite);
    }
    if document.test_suites.is_empty() {
        // Readers take a document without a case for a run that never happened.
        let mut suite = TestSuite::new("article-lsp");
        let name = match report.lang {
            Lang::En => format!("{} files", report.n_files),
            Lang::Zh => format!("{} 个文件", report.n_files),
        };
        suite.add_test_case(TestCase::new(name, TestCaseStatus::success()));
        document.add_test_suite(suite);
    }
    document.to_string().expect("memory takes everything") + "\n"
}
