//! Labels, salutations and what closes a letter, dates, references to other pages, imprints, and the text below pictures.

use super::column::COLUMNS;
use super::{Look, Shape};
use crate::text::is_blank;
use crate::zh;

/// Who or what a label is about …
const SUBJECTS: [&str; 51] = [
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
    "群众",
    "企业",
    "官方",
    "学者",
    "业内",
    "多方",
];

/// … and what it gives. A label is one of these behind one of those: it generalises where a list does not.
const GIFTS: [&str; 60] = [
    "来问", "来信", "提问", "心解", "解答", "支招", "点评", "观点", "提示", "链接", "手记", "感言", "简介", "名片",
    "档案", "背景", "资料", "说法", "回放", "解读", "释义", "寄语", "心语", "按", "的话", "提要", "导读", "留言",
    "分析", "建议", "回复", "答复", "回应", "经过", "看点", "话题", "贴士", "词典", "解释", "人物", "故事", "声音",
    "速递", "摘要", "问答", "回眸", "快评", "短评", "观察", "连线", "新闻", "介绍", "调查", "探访", "追踪", "反馈",
    "感悟", "直击", "回音", "摘登",
];

/// Labels that are made otherwise.
const LABELS: [&str; 30] = [
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
];

/// A label has at most this many characters.
const MOST_LABEL: u32 = 8;

/// What `line` (trimmed, width folded) with `shape` is, if it is one of the forms of this file.
pub(super) fn look(line: &[char], shape: &Shape) -> Option<Look> {
    let dense: String = line.iter().filter(|c| !is_blank(**c)).collect();
    if is_jump(&dense, line) || is_index(line) && !is_folio(line) {
        return Some(Look::Jump);
    }
    if is_date(&dense) {
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
    if dense.ends_with('，') && ADDRESSES.iter().any(|start| dense.starts_with(start)) {
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

/// How an address to the reader begins that may end in a comma: 亲爱的妈妈，, 各位老师、各位同学，.
const ADDRESSES: [&str; 4] = ["亲爱的", "尊敬的", "敬爱的", "各位"];
/// It has at most this many characters.
const MOST_ADDRESSED: u32 = 16;

/// （下转第三版）, 上接第1版, 扫码观看 车间议事厅.
fn is_jump(dense: &str, line: &[char]) -> bool {
    if ["扫码", "扫描二维码"].iter().any(|start| dense.starts_with(start)) {
        let refers = line.contains(&' ') || line.contains(&'　');
        let names_more = || ["视频", "全文", "更多", "详情", "直播", "电子报"].iter().any(|end| dense.ends_with(end));
        return dense.chars().count() <= MOST_SCANNED && (refers || names_more());
    }
    let inner = dense.trim_matches(|c| zh::opens(c) || zh::closes(c) || matches!(c, '▲' | '▼' | '→' | '●'));
    ["下转", "上接", "紧接", "转接"].iter().any(|start| inner.starts_with(start))
        && inner.ends_with(['版', '页'])
        && inner.chars().count() <= 12
}

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

fn is_date(dense: &str) -> bool {
    let inner = dense.trim_matches(|c| zh::opens(c) || zh::closes(c));
    let of_date = |c: char| {
        c.is_ascii_digit() || "年月日号第总星期农历零〇一二三四五六七八九十初廿卅时分至-—－./：上下午".contains(c)
    };
    inner.chars().all(of_date)
        && (inner.contains(['月', '年']) || inner.matches(['-', '.', '/']).count() == 2)
        && inner.chars().any(|c| c.is_ascii_digit() || matches!(c, '一'..='龥'))
        && inner.chars().count() >= 4
        && inner.ends_with(|c: char| "日号年月期一二三四五六天".contains(c) || c.is_ascii_digit())
}

/// Who stands in the imprint of a page, beside a date, a number or other editors.
const EDITORS: [&str; 7] = ["责任编辑", "本版编辑", "本版责编", "美术编辑", "版式设计", "责任校对", "值班编委"];

/// What a line of a notice tells before its colon: 咨询电话：…, 办公时间：…, 联系人：….
const NOTICES: [&str; 18] = [
    "时间",
    "电话",
    "地址",
    "地点",
    "热线",
    "邮箱",
    "信箱",
    "网址",
    "传真",
    "联系",
    "联系人",
    "邮编",
    "日期",
    "主办",
    "承办",
    "协办",
    "主办单位",
    "票价",
];

/// Where to call or to write: what stands behind it is a number or an address, and the end of what is said.
const CONTACTS: [&str; 8] = ["电话", "热线", "邮箱", "信箱", "网址", "传真", "邮编", "微信"];

/// Whether `content` ends with where to call or to write.
pub(super) fn ends_in_contact(content: &str) -> bool {
    let is_of_value = |c: char| c.is_ascii() || is_blank(c) || c == '×';
    let name = content.trim_end_matches(|c| is_of_value(c) && c != ':');
    let value = &content[name.len()..];
    let is_number = value.chars().filter(|c| c.is_ascii_digit() || *c == '×').count() >= LEAST_NUMBER;
    let named =
        name.strip_suffix(['：', ':']).or(is_number.then_some(name)).map(|name| name.trim_end_matches(is_blank));
    named.is_some_and(|name| CONTACTS.iter().any(|end| name.ends_with(end)))
}

/// A number that people call has at least this many digits, whatever stands before it.
const LEAST_NUMBER: usize = 7;

/// The name of a value has at most this many characters: 新闻热线电话.
pub const MOST_FIELD_NAME: usize = 6;

/// Whether `content` begins with a field of a form: a name of two Hanzi and a colon, as others have that stand below: 来电：….
pub fn begins_field(content: &str) -> bool {
    let mut chars = content.chars();
    chars.by_ref().take(2).filter(|c| zh::is_han(*c)).count() == 2 && matches!(chars.next(), Some('：' | ':'))
}

fn is_imprint(dense: &str, line: &[char], shape: &Shape) -> bool {
    let starts = [
        "责任编辑：",
        "责编：",
        "本版责编",
        "编辑：",
        "美编：",
        "校对：",
        "版式：",
        "执行主编",
        "本版编辑",
        "值班编辑",
        "投稿邮箱",
        "新闻热线",
        "E-mail",
        "Email",
        "www.",
        "统一刊号",
        "国内统一",
    ];
    let is_page = || {
        let inner = dense.strip_prefix('第').unwrap_or(dense);
        let number = inner.strip_suffix('版').unwrap_or_default();
        !number.is_empty()
            && number.chars().count() <= 4
            && number.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
    };
    let names_editor = || shape.gaps > 0 && EDITORS.iter().any(|editor| dense.contains(editor));
    let is_furniture = || {
        names_editor()
            || is_notice(dense)
            || is_folio(line)
            || is_of_book(dense)
            || is_number_of_document(dense)
            || is_issue(dense, shape)
            || is_hotline(line)
            || are_editors(line)
            || is_publisher(dense, line, shape)
    };
    shape.stops == 0 && (starts.iter().any(|start| dense.starts_with(start)) || is_furniture())
        || is_page()
        || dense.starts_with("http")
}

/// Whether `dense` tells something that a notice tells: 咨询电话：…, 联系人：….
pub(super) fn is_notice(dense: &str) -> bool {
    let name = dense.split('：').next().unwrap_or_default();
    let n_chars = name.chars().count();
    name.len() < dense.len()
        && (2..=MOST_FIELD_NAME).contains(&n_chars)
        && NOTICES.iter().any(|end| name.ends_with(end))
}

/// The line at the head of a page: a date, the day of the week, and whatever else there is to say of the page. What it is
/// called may stand before them.
fn is_folio(line: &[char]) -> bool {
    let is_word = |word: &&[char]| !word.is_empty() && !matches!(word, ['·' | '|' | '｜' | '/']);
    let words = line.split(|c| is_blank(*c)).filter(is_word).take(MOST_OF_FOLIO);
    let words: Vec<String> = words.map(|word| word.iter().collect()).collect();
    words.windows(2).any(|pair| {
        let (date, day) = (&pair[0], &pair[1]);
        date.ends_with('日') && is_date(date) && ["星期", "周", "农历"].iter().any(|start| day.starts_with(start))
    })
}

/// The day of the week is among so many first words: 青川农报 技术 2022年4月28日 星期四.
const MOST_OF_FOLIO: usize = 4;

/// Under which number an office issued it: 青工发〔2024〕18号.
fn is_number_of_document(dense: &str) -> bool {
    dense.ends_with('号') && dense.contains(['〔', '［', '[']) && dense.chars().count() <= MOST_NUMBER
}

/// Such a number has at most this many characters.
const MOST_NUMBER: usize = 20;

/// A number to call and nothing else: 报料热线　96××60.
fn is_hotline(line: &[char]) -> bool {
    let Some(blank) = line.iter().position(|c| is_blank(*c)) else { return false };
    let name: String = line[..blank].iter().collect();
    let number = line[blank + 1..].iter().filter(|c| !is_blank(**c)).collect::<Vec<_>>();
    blank <= MOST_FIELD_NAME
        && CONTACTS.iter().any(|contact| name.ends_with(contact))
        && number.len() >= LEAST_HOTLINE
        && number.iter().all(|c| c.is_ascii_digit() || matches!(c, '×' | '-'))
}

/// The number of a service has at least this many digits: 95598.
const LEAST_HOTLINE: usize = 5;

/// Which issue of a paper it is: 今日8版　总第6021期　零售每份1元, 第1187期; where it is registered, and for whom it is.
fn is_issue(dense: &str, shape: &Shape) -> bool {
    let number = dense.strip_prefix('总').unwrap_or(dense).strip_prefix('第').and_then(|rest| rest.strip_suffix('期'));
    let is_counted = shape.gaps > 0 && shape.digits > 0 && dense.contains("总第") && dense.contains('期');
    let is_registered = ["统一刊号", "准印证", "内部资料", "免费赠阅"].iter().any(|word| dense.contains(word));
    let counts_alone = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    is_counted || is_registered && shape.pauses <= 1 && shape.chars <= MOST_ISSUE || number.is_some_and(counts_alone)
}

/// Where a paper is registered is said in at most this many characters.
const MOST_ISSUE: u32 = 40;

/// Who publishes the page: 中共青川市委宣传部　主办.
fn is_publisher(dense: &str, line: &[char], shape: &Shape) -> bool {
    let last: String = line.rsplit(|c| is_blank(*c)).next().unwrap_or_default().iter().collect();
    let stands_apart = shape.gaps > 0 && ["主办", "承办", "协办", "宣"].contains(&last.as_str());
    shape.pauses == 0 && (stands_apart || dense.starts_with("中共") && dense.ends_with("主办"))
}

/// What editors do, as the imprint of a page says; the longer before those that they begin with.
const DUTIES: [&str; 24] = [
    "责任编辑",
    "执行主编",
    "值班主任",
    "值班编委",
    "值班编辑",
    "值班总编",
    "美术编辑",
    "责任校对",
    "版式设计",
    "责编",
    "主编",
    "美编",
    "编辑",
    "编审",
    "审校",
    "校对",
    "版式",
    "版面",
    "组版",
    "设计",
    "审读",
    "审核",
    "统筹",
    "执行",
];

/// Whether `line` tells the editors of a page and nothing else but a date or where to call: 值班编辑　某某　版面　某某.
fn are_editors(line: &[char]) -> bool {
    let is_between = |c: &char| is_blank(*c) || matches!(c, '：' | '/' | '／' | '|' | '｜' | '丨');
    let line = [['本', '期'], ['本', '版']].iter().find_map(|which| line.strip_prefix(which)).unwrap_or(line);
    // Of a name that is set apart there are three words at most.
    let (mut n_duties, mut n_names, mut n_expected) = (0, 0, 0);
    for word in line.split(is_between).filter(|word| !word.is_empty()) {
        let text: String = word.iter().collect();
        let duty = DUTIES.iter().find(|duty| text.starts_with(**duty));
        let name = &word[duty.map_or(0, |duty| duty.chars().count())..];
        let is_contact = CONTACTS.contains(&text.as_str());
        n_duties += usize::from(duty.is_some() || is_contact);
        n_names += usize::from(!name.is_empty());
        let is_name = |longest| name.len() <= longest && name.iter().all(|c| zh::is_han(*c));
        let is_number = || text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '×' | '—'));
        let is_known = name.is_empty()
            || zh::personal_names(name).is_some()
            || n_expected > 0 && is_name(MOST_OF_NAME)
            || duty.is_none() && (is_number() || is_date(&text) || is_contact || text.starts_with("星期"));
        n_expected = if name.is_empty() { 3 } else { u32::saturating_sub(n_expected, 1) };
        if !is_known {
            return false;
        }
    }
    n_duties >= 2 && n_names + n_duties >= 3
}

/// What stands behind a duty is a name if it has at most this many characters.
const MOST_OF_NAME: usize = 4;

/// What is said of a book below its review: 《车间灯火》 周晓岚 著 青川出版社 定价：32.00元.
fn is_of_book(dense: &str) -> bool {
    dense.starts_with("作者：") && dense.contains("出版社")
        || dense.starts_with('《')
            && dense.contains("出版社")
            && ["著", "编", "译", "定价"].iter().any(|word| dense.contains(word))
}

/// Whether `content` is the text below a picture; it may be of any length.
pub(super) fn is_caption(content: &str) -> bool {
    // Emphasis of Markdown is no part of it.
    let content = content.trim_matches(|c| is_blank(c) || c == '*');
    begins_caption(content) || ends_in_credit(content) || is_pointed_at(content)
}

/// ▲夜市昨晚人潮涌动　图／某某: an arrow at the picture before it, who took that behind it.
fn is_pointed_at(content: &str) -> bool {
    let last = content.rsplit(is_blank).next().unwrap_or_default();
    let names = ["图／", "图/", "图：", "图:", "照片：", "照片:", "摄影／", "摄影："];
    content.starts_with(['▲', '△', '▼', '▽', '↑', '↓']) && names.iter().any(|name| last.starts_with(name))
}

/// Whether `content` begins as the text below a picture does: 图为…, 左图：…, 图②….
pub fn begins_caption(content: &str) -> bool {
    if !content.starts_with(['图', '左', '右', '上', '下', '题', '压', '资']) {
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
    ];
    let begins = starts.iter().any(|start| {
        content.strip_prefix(start).is_some_and(|rest| {
            *start == "图为" || start.ends_with(['：', ':']) || rest.starts_with(['：', ':', '为', '、', '是'])
        })
    });
    numbered || begins
}

/// …。（本报记者某某摄）, …。 新华社记者 某某 摄, …。 某某 摄, …。某某公司供图.
fn ends_in_credit(content: &str) -> bool {
    let inner = content.strip_suffix(['）', ')']).unwrap_or(content).trim_end_matches(is_blank);
    if !CREDITS.iter().any(|end| inner.ends_with(end)) {
        return false;
    }
    let start = inner.char_indices().rev().nth(MOST_CREDIT).map_or(0, |(at, _)| at);
    let tail = &inner[start..];
    let is_behind_sentence = tail.rfind(zh::ends_sentence).is_some_and(|stop| {
        let behind = tail[stop..].trim_start_matches(|c| zh::ends_sentence(c) || zh::closes(c) || is_blank(c));
        behind.chars().all(|c| zh::is_han(c) || c.is_alphanumeric() || is_blank(c))
    });
    let names_photographer =
        || tail.contains(['（', '(']) || ["记者", "通讯员", "摄影"].iter().any(|role| tail.contains(role));
    is_behind_sentence || inner.ends_with('摄') && names_photographer()
}

/// What the text of a picture ends in, behind whoever took it or sent it.
const CREDITS: [&str; 10] = ["摄", "供图", "供稿", "制图", " 图", "　图", "社发", "网发", "报发", " 资料"];

/// A credit has at most this many characters: two names and what they are.
const MOST_CREDIT: usize = 24;

#[cfg(test)]
mod tests {
    use super::super::Ending;
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
        ] {
            assert!(is_caption(caption), "{caption}");
        }
        assert!(["图②：村民在采莲。", "图二：村民在采莲。", "左图：运动会"].into_iter().all(begins_caption));
        assert!(!["图二楼的灯亮了。", "图书馆的灯亮了。", "左图书馆"].into_iter().any(begins_caption));
        assert!(!is_caption("他把这里的一切都拍摄"));
        assert!(!is_caption("灯亮了。他说，这是一张蓝图"));
        assert!(!is_caption("图书馆里坐满了人。"));
    }

    #[test]
    fn a_colon_alone_is_no_salutation() {
        let shape = super::super::shape;
        assert_eq!(shape("他这样说：").look, Look::Plain);
        assert_eq!(shape("他这样说：").ending, Ending::Colon);
    }
}
