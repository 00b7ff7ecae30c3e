//! Who wrote it, who took it, who sent it: bylines, credits and signatures, and the dateline that begins a report.
//!
//! A small grammar and no list of papers: a line is cut into words at blanks and marks; each word is a role (记者),
//! one or more personal names, a medium before a role, or something else. A line with something else is text,
//! unless brackets stand around it and it ends or begins as a credit does.

mod signer;

pub use signer::POSTS;
use signer::signs;

use super::{Look, person};
use crate::text::is_blank;
use crate::zh;

/// Words that say what a person did; the longer before those that they end in.
const ROLES: [&str; 55] = [
    "记者",
    "通讯员",
    "评论员",
    "特约评论员",
    "观察员",
    "撰稿人",
    "撰稿",
    "撰文",
    "实习生",
    "作者",
    "编者",
    "摄影师",
    "摄影报道",
    "摄影",
    "报道",
    "报导",
    "采写",
    "采访",
    "整理",
    "编译",
    "编辑",
    "制图",
    "制表",
    "绘图",
    "漫画",
    "插图",
    "插画",
    "编剧",
    "主讲",
    "主讲人",
    "指导老师",
    "指导教师",
    "辅导老师",
    "讲述",
    "受访者",
    "作词",
    "作曲",
    "执笔",
    "文图",
    "图文",
    "图片",
    "供稿",
    "供图",
    "译者",
    "口述",
    "主持人",
    "主持",
    "策划",
    "统筹",
    "监制",
    "拍摄",
    "文",
    "图",
    "摄",
    "画",
];

/// How many of the [`ROLES`], the first ones, have more than one character.
const LONGER_ROLES: usize = 51;
/// The first characters of these: most characters of a line begin none.
const BEGIN_ROLES: &str = "记通评特观撰实作编摄报采整制绘漫插执文图供译口主讲受策统监拍指辅";

/// Roles that make a byline by themselves, without a name.
const STANDING: [&str; 5] = ["本报评论员", "特约评论员", "本刊评论员", "本报编辑部", "本报记者"];

/// What stands before a role: the paper, the rank, the post.
const RANKS: [&str; 21] = [
    "本报",
    "本刊",
    "本网",
    "本台",
    "本社",
    "特约",
    "特派",
    "特邀",
    "首席",
    "高级",
    "见习",
    "实习",
    "全媒体",
    "全媒",
    "融媒",
    "融媒体",
    "栏目",
    "本期",
    "本版",
    "学生",
    "校园",
];

/// Who sends reports: a dateline begins with one of these.
const SENDERS: [&str; 18] = [
    "本报",
    "本刊",
    "本台",
    "本网",
    "新华社",
    "中新社",
    "新华网",
    "中新网",
    "人民网",
    "人民日报",
    "央视",
    "中央社",
    "路透社",
    "路透",
    "法新社",
    "美联社",
    "共同社",
    "中国新闻网",
];

/// Characters that end a medium's name before “记者” and before the date of a report.
const MEDIA_ENDS: [char; 7] = ['报', '网', '社', '台', '刊', '端', '视'];

/// How the text of a credit ends within its brackets.
const CREDIT_ENDS: [&str; 19] = [
    "供稿",
    "供图",
    "提供",
    "摄",
    "摄影",
    "摄影报道",
    "社发",
    "报发",
    "整理",
    "编译",
    "综合报道",
    "绘",
    "制图",
    "图片报道",
    "个人观点",
    "资料图片",
    "资料照片",
    "资料图",
    "未经本人审阅",
];

/// How it begins.
const CREDIT_STARTS: [&str; 19] = [
    "来源：",
    "来源｜",
    "资料来源",
    "数据来源",
    "图片来源",
    "稿件来源",
    "据：",
    "作者系",
    "作者为",
    "作者是",
    "本文作者",
    "作者单位",
    "附图",
    "摘自",
    "选自",
    "转自",
    "原载",
    "本文摘自",
    "据《",
];

/// What `line` (trimmed, width folded) is, if it names who made the article.
pub(super) fn look(line: &[char]) -> Option<Look> {
    let closed_up = closed_up(line);
    let line = closed_up.as_deref().unwrap_or(line);
    if !line.first().is_some_and(|c| opens_bracket(*c))
        && let Some(lead) = lead_chars(line)
    {
        let rest = trim(&line[lead..]);
        let names_reporters = || bracketed(rest).is_some_and(|inner| look_of_words(inner, true).is_some());
        return (rest.is_empty() || names_reporters()).then_some(Look::Byline);
    }
    let marks = line.iter().take_while(|c| is_mark(**c) || is_blank(**c)).count();
    if line[..marks].contains(&'—') && is(&line[marks..], "编者") {
        return Some(Look::Signature);
    }
    let marked = line[..marks].iter().any(|c| is_mark(*c) && *c != '—');
    let rest = &line[marks..];
    if let Some(inner) = bracketed(rest) {
        let from_unit = || signs(inner).then_some(Look::Signature);
        return credit(inner).or_else(|| look_of_words(inner, true)).or_else(from_unit);
    }
    if ["来源：", "图片来源：", "资料来源：", "数据来源：", "稿件来源："]
        .iter()
        .any(|start| starts_with(rest, start).is_some())
    {
        return Some(Look::Credit);
    }
    if is_agency_credit(rest) || credits_pictures(rest) || is_lent(rest) {
        return Some(Look::Credit);
    }
    if names_asked(rest) {
        return Some(Look::Byline);
    }
    match look_of_words(rest, marked) {
        // A mark before names says that they wrote it: □ 某某 某某, ■某某局 某某.
        Some(Look::Signature) => Some(Look::Byline),
        // ——记车间工人 某某 is the subtitle of a portrait.
        None if signs(rest) && !(line[..marks].contains(&'—') && matches!(rest, ['记' | '访', ..])) => {
            Some(if marked { Look::Byline } else { Look::Signature })
        }
        found => found.or_else(|| photographer(rest)),
    }
}

/// `line` with the blanks gone from a name at its end that is set apart, behind a mark or other words: ■ 周 晓 岚.
fn closed_up(line: &[char]) -> Option<Vec<char>> {
    let mut rest = line.strip_suffix(&['）']).unwrap_or(line);
    let mut name = Vec::new();
    while let [before @ .., c] = rest
        && zh::is_han(*c)
        && before.last().is_none_or(|c| is_blank(*c) || opens_bracket(*c))
        && name.len() < 3
    {
        name.insert(0, *c);
        rest = trim(before);
    }
    let is_name = name.len() >= 2 && zh::personal_names(&name) == Some(1);
    (is_name && !rest.is_empty()).then(|| {
        let blanks = usize::from(!rest.last().is_some_and(|c| opens_bracket(*c)));
        let closing = line.ends_with(&['）']).then_some('）');
        rest.iter().copied().chain(std::iter::repeat_n(' ', blanks)).chain(name).chain(closing).collect()
    })
}

/// The characters of the dateline at the start of `line`: 本报讯, 新华社某地某月某日电, 青川晚报讯.
pub(super) fn lead(line: &str) -> Option<usize> {
    let line = line.trim_start_matches(is_blank);
    if let Some(lead) = reporters_lead(line) {
        return Some(lead);
    }
    let sent = line.trim_start_matches(|c| opens_bracket(c) || c == '据');
    let is_medium = || sent.chars().take(MOST_MEDIUM).any(|c| MEDIA_ENDS.contains(&c));
    if !is_medium() && !SENDERS.iter().any(|sender| sent.starts_with(sender)) {
        return None;
    }
    let chars: Vec<char> = line.chars().take(MOST_LEAD + 4).map(zh::fold_width).collect();
    lead_chars(&chars)
}

/// Whether `c` opens a bracket that a dateline may be set in.
const fn opens_bracket(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '[' | '〔')
}

/// The characters of the start of a report that names the reporters and where they are: 〔记者某某／某地报导〕, and the same
/// without brackets.
fn reporters_lead(line: &str) -> Option<usize> {
    let is_bracketed = line.starts_with(opens_bracket);
    let mut chars = line.char_indices().take(MOST_LEAD);
    let end = if is_bracketed {
        let (close, _) = chars.find(|(_, c)| matches!(c, '〕' | '】' | '）' | ')' | ']'))?;
        ["报导", "报道", "专电"].iter().any(|end| line[..close].ends_with(end)).then_some(close)?
    } else {
        let (slash, _) = chars.find(|(_, c)| matches!(c, '／' | '/'))?;
        let mut ends = line.char_indices().take(MOST_LEAD).map(|(at, c)| at + c.len_utf8());
        let end = ends.find(|&end| line[..end].ends_with("报导") || line[..end].ends_with("专电"))?;
        (slash < end && ["记者", "编译", "特派员"].iter().any(|role| line[..slash].contains(role))).then_some(end)?
    };
    Some(line[..end].chars().count() + usize::from(is_bracketed))
}

/// A dateline has at most this many characters: a paper of eight, a place of eight, a date of ten.
const MOST_LEAD: usize = 28;
/// The name of a medium has at most this many: 中国青年报客户端.
const MOST_MEDIUM: usize = 8;

fn lead_chars(line: &[char]) -> Option<usize> {
    let open = usize::from(line.first().is_some_and(|c| opens_bracket(*c)));
    let start = open + usize::from(line.get(open) == Some(&'据'));
    let rest = &line[start..line.len().min(start + MOST_LEAD)];
    let known = SENDERS.iter().find_map(|sender| starts_with(rest, sender));
    let sender = known.or_else(|| medium(rest))?;
    for at in sender..rest.len() {
        let (c, next) = (rest[at], rest.get(at + 1));
        let ends = match c {
            '讯' => !matches!(next, Some('问' | '息' | '号' | '速' | '员' | '社')),
            '电' => !matches!(next, Some('影' | '视' | '话' | '子' | '力' | '脑' | '台' | '网' | '商' | '器')),
            _ => false,
        };
        if ends {
            let place_and_date = &rest[sender..at];
            let dated = place_and_date.is_empty() && (known.is_some() || c == '讯')
                || known.is_some() && place_and_date.len() <= if c == '电' { 2 } else { 4 }
                || place_and_date.contains(&'日');
            return (dated || is(place_and_date, "综合")).then_some(start + at + 1);
        }
        if !(zh::is_han(c) || c.is_ascii_digit() || is_blank(c) || matches!(c, '、' | '·')) {
            return None;
        }
    }
    None
}

/// The characters of the name of a medium at the start of `line`, with a date or its 讯 behind it: 青川晚报讯.
fn medium(line: &[char]) -> Option<usize> {
    let is_name = |c: &char| zh::is_han(*c);
    let n_chars = line.iter().take(MOST_MEDIUM).take_while(|c| is_name(c)).count();
    (2..=n_chars)
        .find(|&n| MEDIA_ENDS.contains(&line[n - 1]) && line.get(n).is_some_and(|c| *c == '讯' || c.is_ascii_digit()))
}

/// What a bracket holds, when it opens at the start of `line`, closes at its end and nowhere between.
fn bracketed(line: &[char]) -> Option<&[char]> {
    let (first, last) = (line.first()?, line.last()?);
    let matching = matches!((first, last), ('（', '）') | ('【', '】') | ('[' | '［', ']' | '］') | ('〔', '〕'));
    let inner = &line[1..line.len().max(2) - 1];
    (matching && !inner.contains(last)).then(|| trim(inner))
}

fn credit(inner: &[char]) -> Option<Look> {
    let starts = CREDIT_STARTS.iter().any(|start| starts_with(inner, start).is_some());
    let ends = CREDIT_ENDS.iter().any(|end| ends_with(inner, end));
    let sent = lead_chars(inner) == Some(inner.len());
    let sentence = inner.iter().any(|c| zh::ends_sentence(*c));
    // （2024年6月28日青川市人民代表大会通过）
    let is_passed = inner.contains(&'日') && ["通过", "公布", "印发", "施行"].iter().any(|end| ends_with(inner, end));
    (starts || !sentence && (ends || sent || is_passed)).then_some(Look::Credit)
}

/// What a line of words is: `enclosed` in brackets or behind a mark, where names alone suffice.
fn look_of_words(line: &[char], enclosed: bool) -> Option<Look> {
    let (mut roles, mut names, mut taken, mut words) = (0, 0, false, 0);
    if STANDING.iter().any(|standing| is(line, standing)) {
        return Some(Look::Byline);
    }
    // A mark may stand before each of those who wrote it: □ 本报记者 某某 □ 通讯员 某某.
    let is_between = |c: &char| {
        is_blank(*c)
            || matches!(c, '、' | '，' | '/' | '／' | '|' | '｜' | '：' | '；' | '&')
            || is_mark(*c) && *c != '—'
    };
    let all: Vec<&[char]> = line.split(is_between).filter(|word| !word.is_empty()).collect();
    let mut rest = all.as_slice();
    while let [word, behind @ ..] = rest {
        words += 1;
        rest = behind;
        // A name of two characters is set as wide as one of three: 周 岚.
        if let ([family], [[given], behind @ ..]) = (word, behind)
            && (roles > 0 || enclosed)
            && zh::is_surname(*family)
            && zh::is_han(*given)
            && !SHORT_ROLES.contains(given)
        {
            (names, taken, rest) = (names + 1, false, behind);
            continue;
        }
        let word = if roles > 0 { without_age(word) } else { word };
        let found = read_word(word, roles > 0)?;
        roles += found.roles;
        names += found.names;
        taken = found.taken;
    }
    match (roles, names) {
        (0, 0) => None,
        (0, _) if enclosed => Some(Look::Signature),
        (0, 1) if words == 1 && !line.contains(&'·') => Some(Look::Name),
        (0, _) => None,
        (_, 0) => None,
        _ if taken => Some(Look::Credit),
        _ => Some(Look::Byline),
    }
}

/// `word` without the age that stands behind a name in brackets: 某某（72岁）.
fn without_age(word: &[char]) -> &[char] {
    let open = word.iter().position(|c| *c == '（').unwrap_or(word.len());
    match &word[open..] {
        ['（', age @ .., '）'] if person::is_age(&String::from_iter(age)) => &word[..open],
        _ => word,
    }
}

/// Whether `line` names those who were asked: 受访专家：青川市医院主任医师 某某.
fn names_asked(line: &[char]) -> bool {
    let asked = ASKED.iter().find_map(|who| starts_with(line, who));
    asked.is_some_and(|len| line[len..].len() >= 2 && !line.iter().any(|c| zh::ends_sentence(*c)))
}

/// How such a line begins.
const ASKED: [&str; 8] =
    ["受访专家：", "受访嘉宾：", "受访者：", "答疑专家：", "指导专家：", "口述人：", "讲述人：", "采访对象："];

/// Whether `line` says where the pictures of a page come from: 本版图片均由作者提供.
fn credits_pictures(line: &[char]) -> bool {
    let text: String = line.iter().collect();
    let what = ["本版", "本组", "本文", "以上"].iter().find_map(|which| text.strip_prefix(which)).unwrap_or(&text);
    let whose = ["图片", "照片", "配图", "图"].iter().find_map(|picture| what.strip_prefix(picture));
    whose.is_some_and(|whose| whose.trim_start_matches('均').starts_with(['由', '为', '系']))
        && ["提供", "摄", "拍摄", "供图", "资料图"].iter().any(|end| text.ends_with(end))
        && line.len() <= MOST_OF_CREDIT
}

/// Whether `line` says what a picture shows and who lent it: 庭审现场　青川市法院供图.
fn is_lent(line: &[char]) -> bool {
    let whose = line.rsplit(|c| is_blank(*c)).next().unwrap_or_default();
    ends_with(line, "供图")
        && whose.len() < line.len()
        && line.len() <= MOST_OF_CREDIT
        && line.iter().all(|c| zh::is_han(*c) || is_blank(*c))
}

/// Where pictures come from is said in at most this many characters.
const MOST_OF_CREDIT: usize = 24;

/// What one word of a byline holds.
struct Word {
    roles: usize,
    names: usize,
    /// Whether it ends in 摄: whoever is named took a picture.
    taken: bool,
}

/// A word of a byline; nothing when it is no part of one.
fn read_word(word: &[char], after_role: bool) -> Option<Word> {
    // 文·某某
    if let [role, '·', name @ ..] = word
        && SHORT_ROLES.contains(role)
    {
        return read_word(name, true).map(|word| Word { roles: word.roles + 1, ..word });
    }
    // 邹文 and 李图 are names, whatever their second character means.
    if word.len() == 2 && zh::personal_names(word) == Some(1) {
        return Some(Word { roles: 0, names: 1, taken: false });
    }
    let taken = ends_with(word, "摄") || ends_with(word, "摄影") || ends_with(word, "摄影报道");
    // A role that stands further behind has more than names before it.
    let searched = &word[..word.len().min(MOST_NAMES + LONGEST_ROLE)];
    let is_place =
        |front: &[char]| front.len() <= MOST_PLACE && front.iter().all(|c| zh::is_han(*c) && !is_function(*c));
    if after_role
        && let [front @ .., '报', '道' | '导'] = word
        && is_place(front)
    {
        return Some(Word { roles: 1, names: 0, taken });
    }
    if let Some((at, len)) = find_role(searched) {
        if !is_medium(&word[..at]) {
            // The role may stand behind the names: 周晓岚摄影报道.
            let tail = &word[at + len..];
            let names = names(&word[..at], after_role)?;
            if tail.is_empty() {
                return Some(Word { roles: 1, names, taken });
            }
            // The next may follow without a blank: 本报记者某某通讯员某某.
            let next = zh::personal_names(tail).filter(|_| !taken && tail.len() <= MOST_NAMES)?;
            return Some(Word { roles: 1, names: names + next, taken });
        }
        let rest = strip_verbs(&word[at + len..]);
        if rest.is_empty() {
            return Some(Word { roles: 1, names: 0, taken });
        }
        let inner = read_word(rest, false).filter(|inner| inner.names > 0)?;
        return Some(Word { roles: 1 + inner.roles, names: inner.names, taken: taken || inner.taken });
    }
    if let [role] = word
        && SHORT_ROLES.contains(role)
    {
        return Some(Word { roles: 1, names: 0, taken: *role == '摄' });
    }
    if RANKS.iter().any(|rank| is(word, rank)) || is_sender(word) {
        return Some(Word { roles: 0, names: 0, taken });
    }
    let stripped = strip_verbs(word);
    let names = names(stripped, after_role)?;
    Some(Word { roles: usize::from(stripped.len() < word.len()), names, taken })
}

/// Roles of one character.
const SHORT_ROLES: [char; 8] = ['文', '图', '摄', '画', '绘', '发', '著', '译'];

fn is_sender(word: &[char]) -> bool {
    SENDERS.iter().any(|sender| is(word, sender))
}

/// Whether `before` can stand before “记者”: a medium, a rank, a post abroad, or nothing.
fn is_medium(before: &[char]) -> bool {
    before.is_empty()
        || before.len() <= 12
            && before.iter().all(|c| zh::is_han(*c) || matches!(c, '—' | '·' | '-' | '“' | '”'))
            && (RANKS.iter().any(|rank| starts_with(before, rank).is_some() || ends_with(before, rank))
                || before.last().is_some_and(|c| MEDIA_ENDS.contains(c)))
}

fn strip_verbs(word: &[char]) -> &[char] {
    for verb in ["摄影报道", "报道", "摄影", "供图", "供稿", "整理", "摄", "文", "图", "绘", "电"] {
        if ends_with(word, verb) {
            return &word[..word.len() - verb.chars().count()];
        }
    }
    word
}

/// How many personal names `word` is made of. Behind a role any two to four characters are a name.
fn names(word: &[char], after_role: bool) -> Option<usize> {
    if (5..=16).contains(&word.len()) && word.contains(&'·') && word.iter().all(|c| zh::is_han(*c) || *c == '·') {
        return Some(1);
    }
    if word.len() < 2 || word.len() > MOST_NAMES || !word.iter().all(|c| zh::is_han(*c)) {
        return None;
    }
    let segmented = zh::personal_names(word);
    // 许知远航: a name of four characters begins with a surname.
    let may_be_name = || word.len() <= 3 || word.len() == 4 && zh::is_surname(word[0]);
    segmented.or((after_role && may_be_name() && !word.iter().any(|c| is_function(*c))).then_some(1))
}

/// Six names of three characters: more are not set without a blank between them.
const MOST_NAMES: usize = 18;

/// Characters of the longest role, 特约评论员.
const LONGEST_ROLE: usize = 5;

/// Whether `c` stands in phrases and in no name.
pub(super) const fn is_function(c: char) -> bool {
    FUNCTION.contains(c)
}

/// Whether `words` are a role, a colon and who had it: 供稿：安宁街道.
pub(super) fn begins_with_role(words: &[char]) -> bool {
    let role = ROLES[..LONGER_ROLES].iter().find_map(|role| starts_with(words, role));
    let who = role.and_then(|len| words[len..].strip_prefix(&['：']));
    who.is_some_and(|who| (2..=MOST_NAMES).contains(&who.len()) && who.iter().all(|c| zh::is_han(*c) || is_blank(*c)))
}

/// Whether `words` are the name of those whom people work for and nothing else: 青川市人民医院.
pub fn names_unit(words: &str) -> bool {
    let words: Vec<char> = words.chars().collect();
    // 和 and 对 are in names, too: 和平医院.
    words.iter().all(|c| zh::is_han(*c) && !"由的在是".contains(*c)) && signer::ends_unit(&words)
}

/// Whether `words` are the name of a medium and nothing else: 青川日报客户端.
pub(super) fn names_medium(words: &str) -> bool {
    let n_chars = words.chars().count();
    (2..=MOST_PAPER).contains(&n_chars) && words.chars().all(zh::is_han) && words.ends_with(MEDIA_ENDS)
}

/// The whole name of a medium has at most this many characters: 中国新闻网视频客户端.
const MOST_PAPER: usize = 12;

/// Characters that a given name does not hold and a verb phrase behind “记者” does: 记者了解到, 记者从.
static FUNCTION: zh::Set = zh::Set::new("的了是在从到和与就也都将被把对为以而及于着过看问说走来去不有");

/// 志愿者 某某 摄: whoever took a picture, whatever they are.
fn photographer(line: &[char]) -> Option<Look> {
    let words: Vec<&[char]> = line.split(|c| is_blank(*c)).filter(|word| !word.is_empty()).collect();
    let [from @ .., name, taken] = words.as_slice() else { return None };
    let is_word = |word: &[char], most| (2..=most).contains(&word.len()) && word.iter().all(|c| zh::is_han(*c));
    let is_known = from.len() <= 1 && from.iter().all(|from| is_word(from, MOST_PLACE));
    (is_known && is_word(name, 4) && ["摄", "摄影", "供图"].iter().any(|word| is(taken, word))).then_some(Look::Credit)
}

/// 新华社发, 资料图片, 青川视觉供图: an agency whose picture it is.
fn is_agency_credit(line: &[char]) -> bool {
    // 新华社发（某某摄）
    let open = line.iter().position(|c| *c == '（');
    let line = open.filter(|&open| bracketed(&line[open..]).is_some()).map_or(line, |open| &line[..open]);
    let Some(end) = AGENCY_ENDS.iter().find(|end| ends_with(line, end)) else { return false };
    let agency = &line[..line.len() - end.chars().count()];
    agency.len() <= MOST_PLACE
        && agency.iter().all(|c| (zh::is_han(*c) || c.is_ascii_alphanumeric()) && !is_function(*c))
}

/// How such a line ends.
const AGENCY_ENDS: [&str; 6] = ["社发", "资料图片", "资料照片", "供图", "供稿", "提供图片"];

/// A place before the name of a reader has at most this many characters: a city and its district.
const MOST_PLACE: usize = 8;

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '□' | '■'
            | '◆'
            | '◇'
            | '●'
            | '○'
            | '◎'
            | '⊙'
            | '◉'
            | '▲'
            | '△'
            | '▼'
            | '※'
            | '*'
            | '＊'
            | '•'
            | '☆'
            | '★'
            | '—'
    )
}

/// Whether `chars` are those of `word`.
fn is(chars: &[char], word: &str) -> bool {
    starts_with(chars, word) == Some(chars.len())
}

fn trim(mut chars: &[char]) -> &[char] {
    while let [first, rest @ ..] = chars
        && is_blank(*first)
    {
        chars = rest;
    }
    while let [rest @ .., last] = chars
        && is_blank(*last)
    {
        chars = rest;
    }
    chars
}

/// The characters of `word` that `chars` starts with.
fn starts_with(chars: &[char], word: &str) -> Option<usize> {
    let mut n_chars = 0;
    for c in word.chars() {
        if chars.get(n_chars) != Some(&c) {
            return None;
        }
        n_chars += 1;
    }
    Some(n_chars)
}

fn ends_with(chars: &[char], word: &str) -> bool {
    let len = word.chars().count();
    chars.len() >= len && starts_with(&chars[chars.len() - len..], word).is_some()
}

/// Where the first of the longer roles stands in `chars`, and its characters; of several the longest.
fn find_role(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).filter(|&at| BEGIN_ROLES.contains(chars[at])).find_map(|at| {
        let len = ROLES[..LONGER_ROLES].iter().filter_map(|role| starts_with(&chars[at..], role)).max()?;
        Some((at, len))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_longer_role_is_looked_for() {
        for (n, role) in ROLES.iter().enumerate() {
            assert_eq!(n < LONGER_ROLES, role.chars().count() > 1, "{role}");
            assert!(n >= LONGER_ROLES || role.starts_with(|c| BEGIN_ROLES.contains(c)), "{role}");
            assert!(role.chars().count() <= LONGEST_ROLE, "{role}");
        }
    }
}
