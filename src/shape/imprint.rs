//! The imprint of a page: its date, its number, its editors, who publishes it, where to call or to write.

use super::{MOST_FIELD_NAME, Shape, byline};
use crate::text::is_blank;
use crate::zh;

/// Whether `line` (`dense` without its blanks) is of the imprint of a page, or tells where to call or to write.
pub(super) fn is_imprint(dense: &str, line: &[char], shape: &Shape) -> bool {
    let starts = [
        "责任编辑：",
        "责编：",
        "本版责编",
        "编辑：",
        "美编：",
        "主编：",
        "副主编：",
        "本期主编：",
        "本版主编：",
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
    let names_editor = || shape.gaps > 0 && EDITORS.iter().any(|editor| dense.contains(editor));
    let is_furniture = || {
        names_editor()
            || is_notice(dense)
            || is_folio(line)
            || is_of_book(dense)
            || is_number_of_document(dense)
            || is_issue(dense, shape)
            || is_dated(line, shape)
            || is_hotline(line)
            || is_contact(line)
            || asks_to_write(dense, shape)
            || are_editors(line)
            || is_publisher(dense, line, shape)
    };
    shape.stops == 0 && (starts.iter().any(|start| dense.starts_with(start)) || is_furniture())
        || is_number_of_page(dense)
        || dense.starts_with("http")
}

/// Who stands in the imprint of a page, beside a date, a number or other editors.
const EDITORS: [&str; 7] = ["责任编辑", "本版编辑", "本版责编", "美术编辑", "版式设计", "责任校对", "值班编委"];

/// Whether `dense` is a date and nothing else: 2024年3月5日, 1998-01-03.
pub(super) fn is_date(dense: &str) -> bool {
    let inner = dense.trim_matches(|c| zh::opens(c) || zh::closes(c));
    let of_date = |c: char| {
        c.is_ascii_digit()
            || "年月日号第总星期农历零〇一二三四五六七八九十初廿卅时分至-—－./：上下午正冬腊闰".contains(c)
            || "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳未申酉戌亥".contains(c)
    };
    is_festival(inner)
        || inner.chars().all(of_date)
            && (inner.contains(['月', '年']) || inner.matches(['-', '.', '/']).count() == 2)
            && inner.chars().any(|c| c.is_ascii_digit() || matches!(c, '一'..='龥'))
            && inner.chars().count() >= 4
            && inner.ends_with(|c: char| "日号年月期一二三四五六天".contains(c) || c.is_ascii_digit())
}

/// Whether `date` is a year and what is kept in it: 2025年教师节, as those sign who write on such a day.
fn is_festival(date: &str) -> bool {
    let Some((year, day)) = date.split_once('年') else { return false };
    let is_year = year.len() == 4 && year.bytes().all(|c| c.is_ascii_digit());
    is_year
        && day.chars().count() <= MOST_FESTIVAL
        && day.chars().all(zh::is_han)
        && FESTIVALS.iter().any(|end| day.ends_with(end))
}

/// How such days are called, and the name has at most this many characters.
const FESTIVALS: [&str; 7] = ["节", "元旦", "清明", "端午", "中秋", "国庆", "除夕"];
const MOST_FESTIVAL: usize = 4;

/// The line at the head of a page: a date, the day of the week, and whatever else there is to say of the page. What it is
/// called may stand before them.
pub(super) fn is_folio(line: &[char]) -> bool {
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
        let is_contact = CONTACTS.iter().any(|contact| text.ends_with(contact));
        n_duties += usize::from(duty.is_some() || is_contact);
        n_names += usize::from(!name.is_empty());
        let is_name = |longest| name.len() <= longest && name.iter().all(|c| zh::is_han(*c));
        // A number to call, an address to write to.
        let is_number = || text.chars().all(|c| c.is_ascii() || matches!(c, '×' | '—'));
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

/// What stands behind a duty is a name if it has at most this many characters.
const MOST_OF_NAME: usize = 4;

/// Who publishes the page: 中共青川市委宣传部　主办.
fn is_publisher(dense: &str, line: &[char], shape: &Shape) -> bool {
    let last: String = line.rsplit(|c| is_blank(*c)).next().unwrap_or_default().iter().collect();
    let stands_apart = shape.gaps > 0 && PUBLISHES.iter().chain(&["宣"]).any(|word| last == *word);
    let publisher = || dense.strip_suffix("主办").map(|who| who.trim_end_matches("主管"));
    let is_publisher = |who: &str| who.starts_with("中共") || shape.chars <= MOST_PUBLISHER && byline::names_unit(who);
    let is_among_editors = || {
        let mut words = line.split(|c| is_blank(*c)).map(String::from_iter);
        shape.gaps > 1
            && words.any(|word: String| PUBLISHES.contains(&word.as_str()))
            && ["编辑", "主编", "美编", "责编"].iter().any(|duty| dense.contains(duty))
    };
    // 中共青川县委主管主办 青川日报社出版
    let all_publish = || {
        let does = |word: &[char]| {
            let word: String = word.iter().collect();
            PUBLISHES.iter().chain(&MAKES).any(|does| word.strip_suffix(does).is_some_and(|who| !who.is_empty()))
        };
        shape.gaps > 0 && line.split(|c| is_blank(*c)).filter(|word| !word.is_empty()).all(does)
    };
    shape.pauses == 0 && (stands_apart || publisher().is_some_and(is_publisher) || is_among_editors() || all_publish())
}

/// What those do who publish.
const PUBLISHES: [&str; 6] = ["主办", "承办", "协办", "联办", "合办", "主管"];

/// … and who make the paper.
const MAKES: [&str; 4] = ["出版", "印刷", "发行", "编印"];

/// Who publishes is said in at most this many characters where no blank tells it apart.
const MOST_PUBLISHER: u32 = 20;

/// Which issue of a paper it is: 今日8版　总第6021期　零售每份1元, 第1187期; where it is registered, and for whom it is.
fn is_issue(dense: &str, shape: &Shape) -> bool {
    let number = dense.strip_prefix('总').unwrap_or(dense).strip_prefix('第').and_then(|rest| rest.strip_suffix('期'));
    let is_counted = shape.gaps > 0 && shape.digits > 0 && dense.contains("总第") && dense.contains('期');
    let is_registered = ["统一刊号", "准印证", "内部资料", "免费赠阅"].iter().any(|word| dense.contains(word));
    let counts_alone = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    is_counted || is_registered && shape.pauses <= 1 && shape.chars <= MOST_ISSUE || number.is_some_and(counts_alone)
}

/// Whether `line` says of when a page is and of which issue, or which page it is: 第22期 · 2024年9月, 第四版　2024年3月5日,
/// 青川社区·2024年第4期.
fn is_dated(line: &[char], shape: &Shape) -> bool {
    if shape.pauses > 0 || !line.contains(&'年') || !line.contains(&'第') {
        return false;
    }
    let parts = line.split(|c| is_blank(*c) || matches!(c, '·' | '|' | '｜' | '■'));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(String::from_iter).collect();
    let is_issue = |part: &str| part.contains('第') && part.ends_with('期');
    let is_part = |part: &String| is_date(part) || is_issue(part) || is_number_of_page(part);
    let is_name = |part: &str| part.chars().count() <= MOST_PAPER && part.chars().all(zh::is_han);
    let Some((first, rest)) = parts.split_first() else { return false };
    let is_named = is_name(first) && rest.iter().any(|part| is_issue(part));
    !rest.is_empty() && (is_part(first) || is_named) && rest.iter().all(is_part)
}

/// Whether `dense` is the number of a page: 第3版, 2版.
fn is_number_of_page(dense: &str) -> bool {
    let inner = dense.strip_prefix('第').unwrap_or(dense);
    let number = inner.strip_suffix('版').unwrap_or_default();
    !number.is_empty()
        && number.chars().count() <= 4
        && number.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}

/// The name of a paper has at most this many characters.
const MOST_PAPER: usize = 8;

/// Where a paper is registered is said in at most this many characters.
const MOST_ISSUE: u32 = 40;

/// Under which number an office issued it: 青工发〔2024〕18号.
fn is_number_of_document(dense: &str) -> bool {
    dense.ends_with('号') && dense.contains(['〔', '［', '[']) && dense.chars().count() <= MOST_NUMBER
}

/// Such a number has at most this many characters.
const MOST_NUMBER: usize = 20;

/// What is said of a book below its review: 《车间灯火》 周晓岚 著 青川出版社 定价：32.00元.
fn is_of_book(dense: &str) -> bool {
    let is_edition = dense.ends_with("月版") || dense.ends_with("年版");
    is_edition && PRESSES.iter().any(|press| dense.contains(press)) && dense.contains(['著', '编', '译'])
        || dense.starts_with("作者：") && dense.contains("出版社")
        || dense.starts_with('《')
            && dense.contains("出版社")
            && ["著", "编", "译", "定价"].iter().any(|word| dense.contains(word))
}

/// Who publishes books.
const PRESSES: [&str; 4] = ["出版社", "书局", "书店", "书社"];

/// Whom to call, and the number, with when in brackets: 青川家电维修部：65xx8801（9:00—16:00）.
fn is_contact(line: &[char]) -> bool {
    let Some(colon) = line.iter().position(|c| *c == '：') else { return false };
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let of_number = |c: &&char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×' | '*' | '-' | '—');
    let n_number = value.iter().take_while(of_number).count();
    (2..=MOST_CALLED).contains(&name.len())
        && name.iter().all(|c| zh::is_han(*c))
        && n_number >= LEAST_NUMBER
        && (n_number == value.len() || value[n_number] == '（' && value.ends_with(&['）']))
}

/// Whoever is called is named with at most this many characters.
const MOST_CALLED: usize = 16;

/// Where readers are asked to send what they write: 来信请寄：青川市水塔街12号.
fn asks_to_write(dense: &str, shape: &Shape) -> bool {
    let (asked, address) = dense.split_once('：').unwrap_or_default();
    shape.digits > 0 && !address.is_empty() && ASKS_TO_WRITE.iter().any(|end| asked.ends_with(end))
}

/// How that is asked.
const ASKS_TO_WRITE: [&str; 6] = ["请寄", "请寄至", "请发", "请发至", "请发送至", "请投"];

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

/// Whether `dense` tells something that a notice tells: 咨询电话：…, 联系人：….
pub(super) fn is_notice(dense: &str) -> bool {
    let name = dense.split('：').next().unwrap_or_default();
    let n_chars = name.chars().count();
    name.len() < dense.len()
        && (2..=MOST_FIELD_NAME).contains(&n_chars)
        && NOTICES.iter().any(|end| name.ends_with(end))
}

/// Whether `content` tells a time behind a colon: 关门时间：6小时15分.
pub fn tells_time(content: &str) -> bool {
    content.split_once(['：', ':']).is_some_and(|(name, _)| name.ends_with("时间"))
}

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

/// Where to call or to write: what stands behind it is a number or an address, and the end of what is said.
const CONTACTS: [&str; 8] = ["电话", "热线", "邮箱", "信箱", "网址", "传真", "邮编", "微信"];

/// A number that people call has at least this many digits, whatever stands before it.
const LEAST_NUMBER: usize = 7;
