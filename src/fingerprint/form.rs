//! Form notices: announcements of courts, of lost papers, of companies that close. One reads like the next by law, and
//! the names are all that tells them apart.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Words of the law that such a notice cannot do without.
const WORDS: [&str; 10] = [
    "声明作废",
    "申报债权",
    "公告送达",
    "起诉状副本",
    "缺席判决",
    "缺席审理",
    "缺席裁判",
    "注销登记",
    "本院受理",
    "特此公告",
];

static FORMS: LazyLock<AhoCorasick> = LazyLock::new(|| AhoCorasick::new(WORDS).expect("few words"));

/// Whether `text` is a form notice: two of them that differ at all are about two things.
pub(super) fn is_form(text: &str) -> bool {
    FORMS.is_match(text)
}
