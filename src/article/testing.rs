//! What the tests of kinds call: a page in, its headings and bylines out.

use super::{Kind, Memo, Page};
use crate::block::Format;

/// What stands in a page for 正文。
pub(super) const BODY: &str =
    "区总工会今年为各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。";

pub(super) fn parse(source: &str) -> Page {
    Page::parse(source.replace("正文。", BODY), Format::Markdown, &mut Memo::default())
}

/// Asserts which lines of `source` are of which kind; lines of other kinds are passed over.
#[track_caller]
pub(super) fn check(source: &str, expected: &[(Kind, &str)]) {
    let page = parse(source);
    let found: Vec<(Kind, &str)> = (0..page.blocks.len())
        .filter(|n| page.kinds[*n].is_heading() || page.kinds[*n] == Kind::Byline)
        .map(|n| (page.kinds[n], page.content(n)))
        .collect();
    assert_eq!(found, expected);
}
