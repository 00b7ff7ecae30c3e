//! The units of a university by the names that they go by on its own pages: 外国语学院, 教务处. Each university has one
//! of that name, so such a name means a body only where the page says which university it is about.

/// Whether `name` is that of a school of a university, of one of its offices or of a club of a school, without the
/// university.
pub(super) fn is_unit(name: &[char]) -> bool {
    OFFICES.iter().any(|office| office.chars().eq(name.iter().copied()))
        || (1..name.len()).any(|end| {
            let (subject, rest) = name.split_at(end);
            behind(rest, SCHOOL).is_some_and(|club| (club.is_empty() || is_club(club)) && is_subject(subject))
        })
}

/// What the schools of a university end with.
pub(super) const SCHOOL: &str = "学院";

/// Characters of the longest subject of a school.
pub(super) const LONGEST_SUBJECT: usize = 12;

/// Characters of the name of a club behind its school: 观星社.
pub(super) const CLUB: std::ops::RangeInclusive<usize> = 3..=4;

/// Whether `name`, which stands behind a school, is what a club of students is called.
pub(super) fn is_club(name: &[char]) -> bool {
    CLUB.contains(&name.len()) && name.ends_with(&['社'])
}

/// Whether `subject` is made of nothing but the words for what is taught.
fn is_subject(subject: &[char]) -> bool {
    let goes_on = |rest: &[char]| match rest {
        [] => true,
        ['与' | '和' | '及', rest @ ..] | rest => is_subject(rest),
    };
    DISCIPLINES.iter().any(|word| behind(subject, word).is_some_and(goes_on))
}

/// What stands behind `word` at the beginning of `chars`.
fn behind<'a>(chars: &'a [char], word: &str) -> Option<&'a [char]> {
    let length = word.chars().count();
    let (first, rest) = chars.split_at_checked(length)?;
    word.chars().eq(first.iter().copied()).then_some(rest)
}

/// What is taught, and how the names of schools put it. 法学院 and 商学院 are common nouns as often as names.
const DISCIPLINES: &[&str] = &[
    "马克思主义",
    "哲学",
    "历史",
    "考古",
    "文化",
    "遗产",
    "文学",
    "人文",
    "社会",
    "科学",
    "中文",
    "汉语",
    "国学",
    "语言",
    "外国语",
    "外语",
    "英语",
    "俄语",
    "日语",
    "翻译",
    "新闻",
    "传播",
    "传媒",
    "出版",
    "法学",
    "法律",
    "政治",
    "公共",
    "管理",
    "行政",
    "国际",
    "关系",
    "民族",
    "事务",
    "经济",
    "经贸",
    "贸易",
    "金融",
    "财政",
    "财经",
    "税务",
    "会计",
    "统计",
    "工商",
    "商务",
    "保险",
    "物流",
    "旅游",
    "酒店",
    "数学",
    "力学",
    "物理",
    "化学",
    "化工",
    "生命",
    "生物",
    "生态",
    "地理",
    "地质",
    "地球",
    "大气",
    "海洋",
    "天文",
    "空间",
    "遥感",
    "测绘",
    "环境",
    "资源",
    "能源",
    "动力",
    "安全",
    "工程",
    "技术",
    "机械",
    "机电",
    "电气",
    "电子",
    "电力",
    "信息",
    "通信",
    "自动化",
    "控制",
    "计算机",
    "软件",
    "网络",
    "智能",
    "人工智能",
    "大数据",
    "微电子",
    "光电",
    "仪器",
    "制造",
    "材料",
    "冶金",
    "矿业",
    "石油",
    "纺织",
    "服装",
    "轻工",
    "食品",
    "土木",
    "建筑",
    "规划",
    "城市",
    "交通",
    "运输",
    "汽车",
    "船舶",
    "航空",
    "航天",
    "水利",
    "水电",
    "农学",
    "农业",
    "园艺",
    "园林",
    "林学",
    "植物",
    "动物",
    "畜牧",
    "兽医",
    "水产",
    "草业",
    "基础医学",
    "临床医学",
    "口腔医学",
    "药学",
    "护理",
    "公共卫生",
    "艺术",
    "设计",
    "音乐",
    "美术",
    "体育",
    "心理",
    "教育",
    "继续教育",
    "经管",
];

/// Offices that every university has.
const OFFICES: &[&str] = &[
    "教务处",
    "学工处",
    "学生工作处",
    "学生工作部",
    "研究生工作部",
    "教师工作部",
    "研究生处",
    "研究生会",
    "科研处",
    "招生办公室",
    "招生就业处",
    "就业指导中心",
    "学生就业指导中心",
    "学生资助中心",
    "学生资助管理中心",
    "教师发展中心",
    "国际合作与交流处",
    "国际交流处",
    "后勤保障部",
    "后勤保障处",
    "资产管理处",
    "本科生院",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(name: &str) -> Vec<char> {
        name.chars().collect()
    }

    #[test]
    fn schools_are_named_by_what_they_teach() {
        for name in ["外国语学院", "生命科学学院", "数学与统计学院", "电子信息工程学院", "教务处"]
        {
            assert!(is_unit(&chars(name)), "{name}");
        }
        for name in ["学院", "商学院", "隔壁学院", "蓝鲸学院", "青岛理工学院", "处", "外国语学校"]
        {
            assert!(!is_unit(&chars(name)), "{name}");
        }
    }
}
