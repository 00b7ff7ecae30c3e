//! Labels, salutations and what closes a letter, references to other pages, and the fields of a form.

use super::column::COLUMNS;
use super::imprint::{is_date, is_folio, is_imprint};
use super::{Look, Shape};
use crate::text::is_blank;
use crate::zh;

/// Who or what a label is about …
const SUBJECTS: [&str; 54] = [
    "读者",
    "专家",
    "记者",
    "律师",
    "法官",
    "编者",
    "编辑",
    "嘉宾",
    "网友",
    "职工",
    "作者",
    "人物",
    "案例",
    "案件",
    "新闻",
    "相关",
    "背景",
    "事件",
    "知识",
    "政策",
    "阅读",
    "核心",
    "内容",
    "温馨",
    "特别",
    "延伸",
    "名词",
    "本期",
    "本版",
    "今日",
    "法条",
    "数据",
    "图片",
    "小",
    "现场",
    "各方",
    "一线",
    "经验",
    "采访",
    "名家",
    "热点",
    "民生",
    "部门",
    "职能部门",
    "市民",
    "居民",
    "村民",
    "群众",
    "企业",
    "官方",
    "学者",
    "业内",
    "多方",
    "健康",
];

/// … and what it gives. A label is one of these behind one of those: it generalises where a list does not.
const GIFTS: [&str; 62] = [
    "来问", "来信", "提问", "心解", "解答", "支招", "点评", "观点", "提示", "链接", "手记", "感言", "简介", "名片",
    "档案", "背景", "资料", "说法", "回放", "解读", "释义", "寄语", "心语", "按", "的话", "提要", "导读", "留言",
    "分析", "建议", "回复", "答复", "回应", "经过", "看点", "话题", "贴士", "词典", "解释", "人物", "故事", "声音",
    "速递", "摘要", "问答", "回眸", "快评", "短评", "观察", "连线", "新闻", "介绍", "调查", "探访", "追踪", "反馈",
    "感悟", "直击", "回音", "摘登", "速览", "阅读",
];

/// Labels that are made otherwise.
const LABELS: [&str; 33] = [
    "嘉宾",
    "导语",
    "提要",
    "摘要",
    "导读",
    "链接",
    "点评",
    "短评",
    "案例",
    "案情",
    "答疑",
    "问题",
    "回答",
    "图说",
    "图表",
    "画外音",
    "扫一扫",
    "了解更多",
    "更多内容",
    "扫码阅读",
    "以案说法",
    "工作亮点",
    "新闻背景",
    "编后",
    "编余",
    "启事",
    "更正",
    "来函照登",
    "来信摘登",
    "声音",
    "数说",
    "警示",
    "提示",
];

/// A label has at most this many characters.
pub const MOST_LABEL: u32 = 8;

/// What `line` (trimmed, width folded) with `shape` is, if it is one of the forms of this file.
pub(super) fn look(line: &[char], shape: &Shape) -> Option<Look> {
    let dense: String = line.iter().filter(|c| !is_blank(**c)).collect();
    if is_jump(&dense, line) || is_index(line) && !is_folio(line) {
        return Some(Look::Jump);
    }
    if is_date(&dense) || is_signed_date(line) {
        return Some(Look::Date);
    }
    if is_imprint(&dense, line, shape) {
        return Some(Look::Imprint);
    }
    if is_salutation(&dense, shape) {
        return Some(Look::Salutation);
    }
    (shape.chars <= MOST_LABEL && is_label(&dense)).then_some(Look::Label)
}

fn is_label(dense: &str) -> bool {
    let name =
        dense.trim_matches(|c| zh::opens(c) || zh::closes(c) || matches!(c, '：' | '■' | '●' | '◆' | '□' | '▲' | '·'));
    let is_pair =
        || SUBJECTS.iter().any(|subject| name.strip_prefix(subject).is_some_and(|rest| GIFTS.contains(&rest)));
    let is_set_off = dense.len() > 4 && dense.starts_with('·') && dense.ends_with('·');
    LABELS.contains(&name) || COLUMNS.contains(&name) || is_set_off || is_pair()
}

fn is_salutation(dense: &str, shape: &Shape) -> bool {
    let is_wish = dense.starts_with('祝') && dense.ends_with('！') && shape.stops == 1;
    if is_wish || FORMULAS.contains(&dense.trim_end_matches('。')) {
        return true;
    }
    if dense.ends_with(['，', '：']) && ADDRESSES.iter().any(|start| dense.starts_with(start)) {
        return shape.chars <= MOST_ADDRESSED;
    }
    let Some(addressed) = dense.strip_suffix('：') else { return false };
    let ends =
        ["你好", "您好", "同志", "先生", "女士", "朋友", "朋友们", "同志们", "老师", "读者", "网友", "编辑", "们"];
    shape.chars <= 16 && shape.pauses == 1 && ends.iter().any(|end| addressed.ends_with(end))
}

/// Whether `content` begins with whom it speaks to: 同志们，一年之计…, 各位代表！.
pub fn begins_address(content: &str) -> bool {
    let rest = ADDRESSED.iter().find_map(|word| content.strip_prefix(word));
    rest.is_some_and(|rest| rest.starts_with(['，', '！', '：', '、']))
}

/// Who is spoken to in a speech.
const ADDRESSED: [&str; 7] = ["同志们", "朋友们", "同学们", "乡亲们", "各位代表", "各位委员", "各位同志"];

/// What letters and notices close with.
const FORMULAS: [&str; 9] =
    ["此致", "敬礼！", "致礼！", "特此公告", "特此通告", "特此通知", "特此声明", "特此说明", "特此证明"];

/// How an address to the reader begins, whoever that is: 亲爱的妈妈：, 各位老师、各位同学，.
const ADDRESSES: [&str; 4] = ["亲爱的", "尊敬的", "敬爱的", "各位"];
/// It has at most this many characters.
const MOST_ADDRESSED: u32 = 16;

/// Whether `content` is what the paper or an office has to announce, whatever the article above is about: 征稿启事.
pub fn announces(content: &str, shape: &Shape) -> bool {
    shape.chars <= MOST_NOTICE && NOTICES.iter().any(|end| content.ends_with(end))
}

/// How such titles end.
const NOTICES: [&str; 4] = ["启事", "公告", "通告", "声明"];

/// Such a title has at most this many characters; a longer one says something of it.
const MOST_NOTICE: u32 = 8;

/// When and where a letter was written: 2024年5月12日 于青川, 2024年5月12日 母亲节夜.
fn is_signed_date(line: &[char]) -> bool {
    let Some(blank) = line.iter().position(|c| is_blank(*c)) else { return false };
    let [date, rest] = [&line[..blank], &line[blank + 1..]].map(String::from_iter);
    let n_chars = rest.chars().count();
    let is_place = rest.starts_with('于') && n_chars <= MOST_LABEL as usize;
    let is_hour = rest.ends_with(['夜', '晨', '晚']) && n_chars <= MOST_HOUR;
    rest.chars().all(zh::is_han) && (is_place || is_hour) && date.ends_with('日') && is_date(&date)
}

/// When on a day is said in at most this many characters: 母亲节夜.
const MOST_HOUR: usize = 5;

/// （下转第三版）, 上接第1版, 扫码观看 车间议事厅.
fn is_jump(dense: &str, line: &[char]) -> bool {
    if ["扫码", "扫描二维码"].iter().any(|start| dense.starts_with(start)) {
        let refers = line.contains(&' ') || line.contains(&'　');
        let names_more = || ["视频", "全文", "更多", "详情", "直播", "电子报"].iter().any(|end| dense.ends_with(end));
        return dense.chars().count() <= MOST_SCANNED && (refers || names_more());
    }
    // A11版《车间灯火》选读
    if let Some((page, title)) = dense.split_once("版《") {
        let is_number = (1..=3).contains(&page.len()) && page.bytes().all(|c| c.is_ascii_alphanumeric());
        return is_number && PARTS.iter().any(|end| title.ends_with(end)) && dense.chars().count() <= MOST_SCANNED;
    }
    let inner = dense.trim_matches(|c| zh::opens(c) || zh::closes(c) || matches!(c, '▲' | '▼' | '→' | '●'));
    ["下转", "上接", "紧接", "转接"].iter().any(|start| inner.starts_with(start))
        && inner.ends_with(['版', '页'])
        && inner.chars().count() <= 12
}

/// What another page prints of a book.
const PARTS: [&str; 4] = ["》选读", "》节选", "》书摘", "》连载"];

/// What a line beside a code to scan says has at most this many characters.
const MOST_SCANNED: usize = 16;

/// An entry of the index of a front page: 山村教师的“云课堂” 3版.
fn is_index(line: &[char]) -> bool {
    let blank = line.iter().rposition(|c| is_blank(*c));
    let Some((entry, page)) = blank.map(|blank| (&line[..blank], &line[blank + 1..])) else { return false };
    let page: String = page.iter().filter(|c| !matches!(c, '第' | '（' | '）')).collect();
    let number = page.strip_suffix('版').unwrap_or_default();
    entry.len() >= LEAST_ENTRY
        && (1..=3).contains(&number.chars().count())
        && number.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}

/// Shorter entries are the name of the page itself: 要闻 3版.
const LEAST_ENTRY: usize = 6;

/// The name of a value has at most this many characters: 新闻热线电话.
pub const MOST_FIELD_NAME: usize = 6;

/// Whether `content` begins with a field of a form: a name of two Hanzi and a colon, as others have that stand below: 来电：….
pub fn begins_field(content: &str) -> bool {
    let mut chars = content.chars();
    chars.by_ref().take(2).filter(|c| zh::is_han(*c)).count() == 2 && matches!(chars.next(), Some('：' | ':'))
}

#[cfg(test)]
mod tests {
    use super::super::Ending;
    use super::*;

    #[test]
    fn a_colon_alone_is_no_salutation() {
        let shape = super::super::shape;
        assert_eq!(shape("他这样说：").look, Look::Plain);
        assert_eq!(shape("他这样说：").ending, Ending::Colon);
    }
}
