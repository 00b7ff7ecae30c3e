//! The text below a picture, and who took that.

use crate::text::is_blank;
use crate::zh;

/// Whether `content` is the text below a picture; it may be of any length.
pub(super) fn is_caption(content: &str) -> bool {
    // Emphasis of Markdown is no part of it.
    let content = content.trim_matches(|c| is_blank(c) || c == '*');
    begins_caption(content) || ends_in_credit(content) || is_pointed_at(content) || points_out(content)
}

/// 周晓岚（左）和同事: where in the picture somebody stands. A short text that says so is below a picture.
fn points_out(content: &str) -> bool {
    let is_place = |behind: &str| {
        let place = behind.split('）').next().unwrap_or_default();
        place.len() < behind.len() && PLACES.contains(&place)
    };
    content.len() <= MOST_POINTED
        && content.match_indices('（').any(|(at, bracket)| is_place(&content[at + bracket.len()..]))
}

/// Bytes of such a text at most: 80 Hanzi.
const MOST_POINTED: usize = 240;

/// Where somebody stands in a picture.
const PLACES: [&str; 14] =
    ["左", "右", "中", "左一", "右一", "左二", "右二", "左三", "右三", "前", "前排左", "前排右", "后排左", "后排右"];

/// ▲夜市昨晚人潮涌动　图／某某: an arrow at the picture before it, who took that behind it.
fn is_pointed_at(content: &str) -> bool {
    let last = content.rsplit(is_blank).next().unwrap_or_default();
    let names = ["图／", "图/", "图：", "图:", "照片：", "照片:", "摄影／", "摄影："];
    content.starts_with(['▲', '△', '▼', '▽', '↑', '↓']) && names.iter().any(|name| last.starts_with(name))
}

/// Whether `content` begins as the text below a picture does: 图为…, 左图：…, 图②….
pub fn begins_caption(content: &str) -> bool {
    if !content.starts_with(['图', '左', '右', '上', '下', '题', '压', '资', '漫']) {
        return false;
    }
    let numbered = content.strip_prefix('图').is_some_and(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        rest.starts_with(|c| ('①'..='⑳').contains(&c)) || behind.len() < rest.len() && behind.starts_with(['：', ':'])
    });
    let starts = [
        "图为",
        "左图",
        "右图",
        "上图",
        "下图",
        "图：",
        "图:",
        "图片：",
        "图片:",
        "图片说明",
        "题图",
        "题头照片",
        "压题照片",
        "资料图片",
        "漫画：",
        "漫画:",
    ];
    let begins = starts.iter().any(|start| {
        content.strip_prefix(start).is_some_and(|rest| {
            *start == "图为" || start.ends_with(['：', ':']) || rest.starts_with(['：', ':', '为', '、', '是'])
        })
    });
    numbered || begins
}

/// …。（本报记者某某摄）, …。 新华社记者 某某 摄, …。 某某 摄, …。某某/摄, …。（某某公司供图）.
fn ends_in_credit(content: &str) -> bool {
    let inner = content.strip_suffix(['）', ')']).unwrap_or(content).trim_end_matches(is_blank);
    if !CREDITS.iter().any(|end| inner.ends_with(end)) {
        return false;
    }
    let start = inner.char_indices().rev().nth(MOST_CREDIT).map_or(0, |(at, _)| at);
    let tail = &inner[start..];
    let is_behind_sentence = tail.rfind(zh::ends_sentence).is_some_and(|stop| {
        let is_between = |c| zh::ends_sentence(c) || zh::closes(c) || is_blank(c) || matches!(c, '（' | '(');
        let behind = tail[stop..].trim_start_matches(is_between);
        behind.chars().all(|c| zh::is_han(c) || c.is_alphanumeric() || is_blank(c) || matches!(c, '/' | '／'))
    });
    let names_photographer =
        || tail.contains(['（', '(']) || ["记者", "通讯员", "摄影"].iter().any(|role| tail.contains(role));
    is_behind_sentence || inner.ends_with('摄') && names_photographer()
}

/// What the text of a picture ends in, behind whoever took it or sent it.
const CREDITS: [&str; 11] = ["摄", "供图", "供稿", "制图", " 图", "　图", "社发", "网发", "报发", " 资料", "资料图片"];

/// A credit has at most this many characters: two names and what they are.
const MOST_CREDIT: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_may_be_a_caption() {
        let long = format!("近日，{}。（本报记者周晓岚 摄）", "职工们在社区的活动中心里读书".repeat(10));
        assert!(is_caption(&long));
        for caption in [
            "▲夜市人潮涌动，摊贩忙个不停　图／青川市府提供",
            "雾中的青川。　乔波　摄",
            "找回的自行车。 青川公安供图",
            "充电宝。青川视觉 资料",
            "“好！”李望供图",
            "养路工在桥上检查护栏。（青川公路中心宣传科供图）",
            "雾中的青川。周晓岚/摄",
            "雾中的青川。（资料图片）",
            "周晓岚（左）和同事用手语交流。",
        ] {
            assert!(is_caption(caption), "{caption}");
        }
        assert!(begins_caption("漫画：“来，再来一碗”（周晓岚作）"));
        assert!(["图②：村民在采莲。", "图二：村民在采莲。", "左图：运动会"].into_iter().all(begins_caption));
        assert!(!["图二楼的灯亮了。", "图书馆的灯亮了。", "左图书馆"].into_iter().any(begins_caption));
        assert!(!is_caption("他把这里的一切都拍摄"));
        assert!(!is_caption("灯亮了。他说，这是一张蓝图"));
        assert!(!is_caption("图书馆里坐满了人。"));
        assert!(!is_caption("青川市（今青川区）"));
    }
}
