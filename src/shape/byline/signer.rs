//! Who signs without a role: a place, a post or a unit with a personal name beside it.

use super::{Look, MOST_PLACE, bracketed, ends_with, is, is_function, look_of_words, starts_with, trim};
use crate::text::is_blank;
use crate::zh;

/// Provinces and their like, as readers sign with them.
const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
];

/// How the post of someone who signs ends: 企业文化专家, 社区民警, 青川市第三中学学生.
pub const POSTS: [&str; 52] = [
    "专家",
    "教授",
    "主任",
    "律师",
    "医师",
    "医生",
    "编辑",
    "博士",
    "研究员",
    "咨询师",
    "讲师",
    "法官",
    "检察官",
    "民警",
    "主席",
    "书记",
    "局长",
    "校长",
    "院长",
    "老师",
    "读者",
    "网友",
    "市民",
    "居民",
    "村民",
    "职工",
    "学生",
    "教师",
    "家长",
    "农艺师",
    "工程师",
    "志愿者",
    "班长",
    "队长",
    "站长",
    "厂长",
    "经理",
    "技师",
    "司机",
    "工人",
    "会长",
    "科长",
    "处长",
    "工作人员",
    "楼长",
    "药师",
    "护师",
    "护士",
    "护士长",
    "营养师",
    "代表",
    "委员",
];

/// Whether `line` names one person and where they are from, what they are, or where they work or learn.
pub(super) fn signs(line: &[char]) -> bool {
    member(line) || reader(line)
}

/// 浙江 某某, 企业文化专家 某某, 青川市 李先生, 安宁区 东街居民 某某: a place or a post, a blank, a name.
fn reader(line: &[char]) -> bool {
    let mut words: Vec<&[char]> = line.split(|c| is_blank(*c)).filter(|word| !word.is_empty()).collect();
    let Some(name) = words.pop() else { return false };
    let has_post = POSTS.iter().any(|post| words.last().is_some_and(|from| ends_with(from, post)));
    let is_place = |from: &[char]| {
        PROVINCES.iter().any(|place| starts_with(from, place).is_some_and(|len| from.len() <= len + 5))
            || from.len() <= MOST_PLACE && from.last().is_some_and(|c| "省市县区镇乡村".contains(*c))
    };
    let known = match words.as_slice() {
        [from] => has_post || is_place(from),
        // Where they live or work may stand apart from what they are.
        [_, _] => has_post,
        _ => false,
    };
    let is_anonymous = name.len() <= MOST_ANONYMOUS && ANONYMOUS.iter().any(|word| ends_with(name, word));
    // 青川 一家长: whoever is one of many comes from a place.
    let is_one_of_place = || {
        let one = name
            .strip_prefix(&['一'])
            .map(|who| who.strip_prefix(&['位']).or(who.strip_prefix(&['名'])).unwrap_or(who));
        let is_place =
            matches!(words.as_slice(), [from] if from.len() <= MOST_PLACE && from.iter().all(|c| zh::is_han(*c)));
        // 青川 周先生
        let is_called = (3..=MOST_ANONYMOUS).contains(&name.len())
            && zh::is_surname(name[0])
            && ["先生", "女士"].iter().any(|word| ends_with(name, word));
        is_place && (is_called || one.is_some_and(|who| ONES.iter().any(|word| is(who, word))))
    };
    known && line.len() <= 24 && (is_anonymous || zh::personal_names(name) == Some(1)) || is_one_of_place()
}

/// Whether `line` names someone and where they work, learn or come from: 青川中学 某某, 某某（青川市第一中学）, ［美］某某, and
/// behind a pupil who taught them.
fn member(line: &[char]) -> bool {
    let taught = line.iter().position(|c| matches!(c, '指' | '辅')).filter(|&at| {
        TEACHERS.iter().any(|role| starts_with(&line[at..], role).is_some())
            && look_of_words(&line[at..], false) == Some(Look::Byline)
    });
    let line = trim(&line[..taught.unwrap_or(line.len())]);
    let is_person = |name: &[char]| {
        name.len() <= MOST_PERSON
            && zh::personal_names(name) == Some(1)
            && !name.last().is_some_and(|c| BODY_ENDS.contains(c))
    };
    if let Some(open) = line.iter().position(|c| *c == '（').filter(|open| *open > 0)
        && let Some(unit) = bracketed(&line[open..])
        && is_person(trim(&line[..open]))
    {
        // Whom someone speaks for, too: 某某（青川市人大代表）.
        return is_unit(unit) || is_post(unit);
    }
    if let ['[' | '［', country @ .., ']' | '］'] = &line[..line.len().min(3)]
        && country.iter().all(|c| zh::is_han(*c))
    {
        return look_of_words(&line[3..], true).is_some();
    }
    let Some(blank) = line.iter().rposition(|c| is_blank(*c)) else { return false };
    // The place may stand apart from the unit: 青川 红星机械厂 某某.
    let from = trim(&line[..blank]);
    let unit = from
        .iter()
        .position(|c| is_blank(*c))
        .filter(|at| (2..=MOST_TOWN).contains(at) && from[..*at].iter().all(|c| zh::is_han(*c)));
    is_person(&line[blank + 1..]) && is_unit(trim(&from[unit.unwrap_or(0)..]))
}

/// Whether `words` say what someone is and nothing else.
fn is_post(words: &[char]) -> bool {
    words.len() <= MOST_UNIT && words.iter().all(|c| zh::is_han(*c)) && POSTS.iter().any(|post| ends_with(words, post))
}

/// Whether `unit` ends as the names of those do whom people work for or learn with.
pub(super) fn ends_unit(unit: &[char]) -> bool {
    (LEAST_UNIT..=MOST_UNIT).contains(&unit.len()) && UNIT_ENDS.iter().any(|end| ends_with(unit, end))
}

/// Whether `unit` is the name of those whom people work for or learn with; students say when they began: 文学院2016级.
fn is_unit(unit: &[char]) -> bool {
    let joins = |c: &char| matches!(c, '与' | '和') && unit.len() >= LEAST_JOINED;
    let of_name =
        |c: &char| (zh::is_han(*c) || c.is_ascii_digit() || matches!(c, '（' | '）')) && (!is_function(*c) || joins(c));
    let named = match unit {
        [named @ .., '级'] => named.strip_suffix(trailing_digits(named)).unwrap_or(named),
        _ => unit,
    };
    unit.iter().all(of_name) && ends_unit(named)
}

/// The digits at the end of `chars`.
fn trailing_digits(chars: &[char]) -> &[char] {
    let n_digits = chars.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    &chars[chars.len() - n_digits..]
}

/// A name that joins two things has at least this many characters: 文学与传媒学院.
const LEAST_JOINED: usize = 6;

/// Who taught the pupil that wrote it.
const TEACHERS: [&str; 3] = ["指导老师", "指导教师", "辅导老师"];

/// The name of one person has at most this many characters.
const MOST_PERSON: usize = 4;

/// Characters that names of departments end with and those of people do not: 县教育局 党委.
const BODY_ENDS: [char; 9] = ['委', '会', '部', '队', '组', '处', '科', '室', '局'];

/// How the names of those end whom people work for or learn with.
const UNIT_ENDS: [&str; 33] = [
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "党校",
    "医院",
    "公司",
    "集团",
    "银行",
    "支行",
    "厂",
    "矿",
    "局",
    "厅",
    "站",
    "队",
    "所",
    "院",
    "部",
    "处",
    "科",
    "班",
    "社",
    "中心",
    "社区",
    "街道",
    "委",
    "会",
    "工会",
    "车间",
    "工段",
    "办公室",
];

/// The name of a town has at most this many characters.
const MOST_TOWN: usize = 4;

/// Such a name has at least and at most so many characters: 炼钢厂, 青川市安宁区第一实验小学五（3）班.
const LEAST_UNIT: usize = 3;
const MOST_UNIT: usize = 18;

/// How those sign who do not give their whole name.
const ANONYMOUS: [&str; 6] = ["先生", "女士", "读者", "市民", "居民", "村民"];

/// Those who sign as one of many.
const ONES: [&str; 8] = ["家长", "读者", "市民", "居民", "村民", "学生", "教师", "职工"];

/// 欧阳先生: the longest of them.
const MOST_ANONYMOUS: usize = 4;
