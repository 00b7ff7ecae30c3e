//! Names of columns and of pages: 简讯, 工会时评, 要闻 02.

use super::{Ending, Shape};
use crate::zh;

/// Names of columns of short reports and comments: they look like labels, and head articles of their own.
pub(super) const COLUMNS: [&str; 10] =
    ["简讯", "快讯", "短讯", "短波", "短新闻", "一句话新闻", "时评", "微评", "快评", "直击"];

/// The name of a page or a column has at most this many characters.
const MOST_BANNER: u32 = 10;

/// How the names of columns end: 党建时评, 工会视窗, 高考特刊·志愿; and of papers: 青川日报.
const COLUMN_ENDS: [&str; 51] = [
    "时评",
    "评论",
    "视点",
    "观察",
    "论坛",
    "聚焦",
    "之窗",
    "视窗",
    "纪事",
    "专栏",
    "热线",
    "信箱",
    "速递",
    "快讯",
    "简讯",
    "短讯",
    "短波",
    "速览",
    "要目",
    "要闻",
    "综合新闻",
    "访谈",
    "副刊",
    "周刊",
    "之声",
    "茶座",
    "随笔",
    "杂谈",
    "专版",
    "特刊",
    "专刊",
    "言论",
    "好做法",
    "风采",
    "连载",
    "日报",
    "晚报",
    "晨报",
    "时报",
    "之言",
    "周报",
    "导报",
    "商报",
    "早报",
    "都市报",
    "青年报",
    "工人报",
    "建设报",
    "社区报",
    "教育报",
    "科技报",
];

/// Whether `content` is the whole name of a column of short reports or comments.
pub fn is_column(content: &str) -> bool {
    let name: String = content.chars().filter(|c| zh::is_han(*c)).collect();
    COLUMNS.contains(&name.as_str())
}

/// Whether `content` reads as the name of a page or a column.
pub(super) fn is_banner(content: &str, shape: &Shape) -> bool {
    if shape.chars > MOST_BANNER || !matches!(shape.ending, Ending::Bare | Ending::Closer) {
        return false;
    }
    // A mark before a line heads a part of an article: ■ 向每一度电要效益.
    if content.starts_with(super::numbering::is_bullet) {
        return false;
    }
    let name = content.trim_matches(|c| zh::opens(c) || zh::closes(c) || c == '·');
    // 往事·口述: of two halves; the titles of poems have longer ones.
    let is_pair = || {
        let mut halves = name.split('·').map(|half| (half.chars().count(), half.chars().all(zh::is_han)));
        (halves.next(), halves.next(), halves.next()) == (Some((2, true)), Some((2, true)), None)
    };
    is_column(content)
        || is_pair()
        || name.split('·').any(|name| COLUMN_ENDS.iter().any(|end| name.ends_with(end) && name.len() > end.len()))
        || name.split_once(char::is_whitespace).is_some_and(|(mark, _)| is_page_number(mark))
}

/// Whether `mark` counts pages: G, 02, A3, 二. A spaced-out title (守 塔 人) begins with one Hanzi, too.
fn is_page_number(mark: &str) -> bool {
    matches!(mark.chars().next(), Some(c) if mark.chars().count() == 1 && (!zh::is_han(c) || "一二三四五六七八九十".contains(c)))
        || mark.len() <= 3 && mark.bytes().all(|c| c.is_ascii_alphanumeric())
}
