//! Where a name begins and ends: words around it that the model took in are cut off, parts of it that go on are taken in.

use super::{COMPOUNDS, Known};
use crate::org::OrgKind;
use crate::org::grammar::NUMBERS;
use crate::org::lexicon::is_distinctive;
use crate::org::model::Found;
use crate::org::reading::Reading;
use crate::zh;

impl Known<'_> {
    /// Pushes what is left of `name` when words around names are cut off it, two names where it joins two.
    pub(super) fn mend(&self, mut name: Found, names: &mut Vec<Found>) {
        let chars = &self.reading.chars;
        // 建成了工匠学院: no name begins with a particle.
        if name.end - name.start > 3 && matches!(chars[name.start], '了' | '的' | '着' | '把' | '被') {
            name.start += 1;
        }
        while name.start < name.end && matches!(chars[name.start], '—' | ' ' | '·') {
            name.start += 1;
        }
        if !(name.start..name.end).any(|n| chars[n].is_alphabetic()) {
            return;
        }
        // 我 + 市水务集团.
        let is_our = chars[name.start] == '我'
            && matches!(self.char(name.start + 1), Some('省' | '市' | '县' | '区' | '镇' | '乡'));
        name.start += usize::from(is_our && name.end - name.start > 3);
        name.start += self.connective_before(name.start, name.end);
        name.start += self.verb_before(name.start, name.end);
        name.start += self.champion_before(name.start, name.end);
        name.start += usize::from(self.is_of_region(name.start, name.end));
        name.start = self.subject_of_report(name.start, name.end);
        name.start -= self.left_before(name.start, name.end);
        name.end = self.end_within(name.start, name.end);
        if let Some((left, right)) = self.founding(name.start, name.end) {
            names.extend(left.map(|end| Found { end, ..name }));
            names.push(Found { start: right, ..name });
            return;
        }
        name.start = self.behind_person(name.start, name.end);
        let joint = (name.start + 2..name.end.saturating_sub(2)).find(|&n| {
            matches!(chars[n], '和' | '与' | '及') && self.is_whole(name.start, n) && self.is_whole(n + 1, name.end)
        });
        match joint {
            Some(joint) => {
                names.push(Found { end: joint, ..name });
                names.push(Found { start: joint + 1, ..name });
            }
            None => names.push(name),
        }
    }

    /// Where the name `start..end` begins in a subtitle that says whom the report is about: 记 + 蓝鲸机床厂.
    fn subject_of_report(&self, start: usize, end: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        let opens = |n: usize| chars[n] == '记' && marks[n].title == 0 && (n == 0 || chars[n - 1] == '—');
        let Some(report) = (start.saturating_sub(LONGEST_LOST + 1)..=start).find(|&n| opens(n)) else { return start };
        let is_plain = |n: usize| zh::is_han(chars[n]) && marks[n].verb == 0;
        if report + 2 < end && (report + 1..start).all(is_plain) { report + 1 } else { start }
    }

    /// Whether the rank that the school or company `start..end` begins with says of which region it is: 我 + 省白川一中, 我 +
    /// 县恒岳泵业, but not 我 + 县自来水公司.
    fn is_of_region(&self, start: usize, end: usize) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        let last = &marks[end - 1];
        let has_root = match last.suffix_kind {
            Some(OrgKind::School) => start + 1 + usize::from(last.suffix_ending) < end,
            Some(OrgKind::Company) => is_distinctive(&chars[start + 1..end].iter().collect::<String>()),
            _ => false,
        };
        start.checked_sub(1).is_some_and(|n| matches!(chars[n], '我' | '本'))
            && matches!(chars[start], '省' | '市' | '县' | '区')
            && has_root
    }

    /// Where the relative name in `start..end` begins when the name joins a person to it: 安嘉禾和 + 区关工委.
    fn behind_person(&self, start: usize, end: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        let joint = (start + 2..=start + 3).find(|&n| n + 3 < end && matches!(chars[n], '和' | '与' | '及'));
        let Some(joint) = joint.filter(|joint| self.relative_begins(joint + 1, end)) else { return start };
        let is_plain = |n: usize| zh::is_han(chars[n]) && marks[n].body == 0 && marks[n].suffix_ending == 0;
        let is_person = zh::is_surname(chars[start])
            && marks[start].place == 0
            && marks[joint].place == 0
            && (start..joint).all(is_plain);
        if is_person { joint + 1 } else { start }
    }

    /// Whether `start..end` is a rank with an office: 区关工委.
    fn relative_begins(&self, start: usize, end: usize) -> bool {
        matches!(self.char(start), Some('区' | '市' | '县' | '省')) && self.is_whole(start, end)
    }

    /// Where the founder ends, if it is a body, and where the name of what it founds begins, in a name that joins both:
    /// 望湖街道党工委 + 成立 + 商圈党委. What becomes another body is joined to it in the same way: 青禾农机厂 + 更名为 + 青禾集团.
    fn founding(&self, start: usize, end: usize) -> Option<(Option<usize>, usize)> {
        let founded = |n: usize| {
            let verb = FOUNDING.iter().find(|verb| self.goes_on_with(n, verb))?;
            let behind = n + verb.chars().count();
            (behind + 1 < end && !matches!(self.char(behind), Some('处' | '办'))).then_some((n, behind))
        };
        let (verb, behind) = (start + 1..end.saturating_sub(3)).find_map(founded)?;
        let is_body = self.reading.marks[verb - 1].suffix_ending >= 2 || self.is_whole(start, verb);
        Some((Some(verb).filter(|_| is_body), behind))
    }

    /// Characters up to the end of 由 that the name `start..end` took in with what stands before it: 驿站由 + 区总工会.
    fn connective_before(&self, start: usize, end: usize) -> usize {
        let chars = &self.reading.chars;
        let is_agent = |&n: &usize| {
            let is_word = n > 0 && matches!(chars[n - 1], '自' | '理' | '缘' | '事' | '经');
            chars[n] == '由' && !is_word
        };
        (start..end.saturating_sub(3)).find(is_agent).map_or(0, |n| n + 1 - start)
    }

    /// Characters of a verb that the name `start..end` begins with: 邀集 of 邀集农业部, the second one of 致函宁川银行.
    fn verb_before(&self, start: usize, end: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        if usize::from(marks[start].body) == end - start {
            return 0;
        }
        let before = start.checked_sub(1);
        let is_within_clause = before.is_some_and(|n| zh::is_han(chars[n]));
        let whole_behind = |n: usize| {
            let (verb, place) = (usize::from(marks[n].verb), usize::from(marks[n].place));
            // 会同县 is a county, too: at the head of a clause it is meant.
            let is_place = n == start && place > verb && !is_within_clause;
            (verb >= 2 && !is_place && self.is_whole(n + verb, end)).then_some(n + verb - start)
        };
        let names_none = |n: usize| marks[n].place == 0 && marks[n].body == 0 && marks[n].suffix_ending < 2;
        let mut verbs = (start..end.min(start + MOST_BEFORE_VERB)).take_while(|&n| n == start || names_none(n - 1));
        if let Some(length) = verbs.find_map(whole_behind) {
            return length;
        }
        let is_adverb =
            matches!(chars[start], '连' | '却' | '则' | '经' | '约' | '请') && self.is_whole(start + 1, end);
        let straddles = before.is_some_and(|n| marks[n].verb == 2) && end - start > 3;
        usize::from(is_adverb || straddles)
    }

    /// Characters of what a match report calls the team `start..end` and took into its name: 卫冕冠军 + 石桥村队.
    fn champion_before(&self, start: usize, end: usize) -> usize {
        let word = CHAMPIONS.iter().find(|word| self.goes_on_with(start, word));
        let length = word.map_or(0, |word| word.chars().count());
        let is_team = self.reading.chars[end - 1] == '队' && start + length + 2 < end;
        if is_team { length } else { 0 }
    }

    /// Characters before the name `start..end` that belong to it: the first one of a root behind a preposition (在 + 枫 +
    /// 桥里社区居委会), the first half of a faculty (纺织与 + 材料工程学院).
    fn left_before(&self, start: usize, end: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        let is_plain = |n: usize| zh::is_han(chars[n]) && marks[n].verb == 0 && marks[n].suffix_ending == 0;
        let Some(before) = start.checked_sub(1) else { return 0 };
        // 市 + 九医院.
        let is_numbered = NUMBERS.contains(&chars[start])
            && matches!(marks[end - 1].suffix_kind, Some(OrgKind::Hospital | OrgKind::School));
        if is_numbered && matches!(chars[before], '省' | '市' | '县' | '区') {
            return 1;
        }
        let joins = matches!(chars[before], '与' | '和') && marks[start].place == 0 && marks[start].body == 0;
        if joins && (self.goes_on_with(end - 2, "学院") || chars[end - 1] == '系') {
            let half = [2, 4].into_iter().filter_map(|length| before.checked_sub(length));
            let whole = |half: &usize| self.reading.is_free_before(*half) && (*half..before).all(is_plain);
            return half.filter(whole).map(|half| start - half).next().unwrap_or(0);
        }
        // 韩某系 + 云 + 泽恒通物流有限公司.
        let is_accused = before >= 2 && chars[before - 1] == '系' && chars[before - 2] == '某';
        if is_accused && is_plain(before) && marks[start].place == 0 {
            return 1;
        }
        let is_preposition = |n: usize| matches!(chars[n], '在' | '从' | '由' | '向' | '到' | '让' | '请');
        let is_root = marks[start].place == 0
            && marks[start].body == 0
            && marks[end - 1].suffix_kind == Some(OrgKind::Community)
            && !matches!(chars[start], '区' | '市' | '县' | '镇' | '乡' | '村')
            && is_plain(before)
            && marks[before].vague_ending == 0
            && !matches!(chars[before], '原' | '老' | '新' | '旧' | '全' | '其' | '这' | '那')
            && !NUMBERS.contains(&chars[before]);
        usize::from(is_root && before.checked_sub(1).is_some_and(is_preposition))
    }

    /// Where the name `start..end` ends if it goes on over what follows it: 清源水务集团总会计师, 早稻田大学都有.
    fn end_within(&self, start: usize, end: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        let ends_name = |n: usize| {
            marks[n - 1].suffix_ending >= 2 || marks[start].body >= 3 && start + usize::from(marks[start].body) == n
        };
        let breaks_off = |n: usize| match chars[n] {
            '都' | '也' | '还' | '均' | '每' => true,
            '退' => self.goes_on_with(n, "退休"),
            '团' => self.goes_on_with(n, "团队") && n + 2 == end,
            '建' => n + 2 == end && matches!(chars[n + 1], '厂' | '校' | '院' | '馆' | '店'),
            '网' => self.goes_on_with(n, "网站") && n + 2 == end,
            '总' => n + 2 == end && self.goes_on_with(n, "总会计师"),
            '律' => n + 2 == end && self.goes_on_with(n, "律师"),
            _ if marks[n].verb >= 2 && self.ends_behind_verb(n + usize::from(marks[n].verb), end) => true,
            '会' => {
                n + 1 == end && self.char(end) == Some('长') && !matches!(self.char(end + 1), Some('期' | '年' | '达'))
            }
            _ if start + usize::from(marks[start].body) == n && n + usize::from(marks[n].title) == end => true,
            c => NUMBERS.contains(&c) && matches!(self.char(n + 1), Some('所' | '家' | '名')) && n + 2 < end,
        };
        let body = start + usize::from(marks[start].body);
        // 招商证券银行 + 业, 隆基绿能共 + 建.
        let is_cut = self.char(end).is_some_and(|c| COMPOUNDS.contains(&c))
            || body + 1 == end && marks[end - 1].suffix_ending == 0;
        if body >= start + 3 && body < end && is_cut {
            return body;
        }
        if let Some(before) = self.before_dormitory(start, end).or_else(|| self.before_squad_leader(start, end)) {
            return before;
        }
        if let Some(school) = self.before_subject(start, end) {
            return school;
        }
        (start + 3..end).find(|&n| breaks_off(n) && ends_name(n)).unwrap_or(end)
    }

    /// Where the school or hospital `start..end` ends when the subject of a person behind it is taken in: 双溪小学体育 + 教师,
    /// 双溪大学工业 + 设计专业.
    fn before_subject(&self, start: usize, end: usize) -> Option<usize> {
        let marks = &self.reading.marks;
        let school = end.checked_sub(2).filter(|&school| school > start)?;
        let is_school = matches!(marks[school - 1].suffix_kind, Some(OrgKind::School | OrgKind::Hospital))
            && marks[school - 1].suffix_ending >= 2;
        let is_person = || marks.get(end).is_some_and(|mark| mark.title >= 2);
        let is_taught = || [end, end + 2].into_iter().any(|n| self.goes_on_with(n, "专业"));
        (is_school && marks[end - 1].suffix_ending == 0 && (is_person() || is_taught())).then_some(school)
    }

    /// Where the university `start..end` ends when one of its dormitories is taken in: 双溪大学 + 东苑三舍.
    fn before_dormitory(&self, start: usize, end: usize) -> Option<usize> {
        let is_house = matches!(self.reading.chars[end - 1], '舍' | '楼' | '苑');
        (start + 4..end).find(|&n| is_house && self.goes_on_with(n - 2, "大学"))
    }

    /// Where the squad `start..end` ends when the first half of the word for its leader is taken in: 城管大队 + 大队 + 长.
    fn before_squad_leader(&self, start: usize, end: usize) -> Option<usize> {
        let chars = &self.reading.chars;
        let squad = end.checked_sub(2).filter(|&squad| squad > start + 2 && chars[squad - 1] == '队')?;
        let is_leader = matches!(chars[squad], '总' | '支' | '大' | '中' | '小' | '分')
            && chars[end - 1] == '队'
            && self.char(end) == Some('长');
        is_leader.then_some(squad)
    }

    /// Whether nothing of a name is left in `behind..end`, which stands behind a verb, but a court that is called upon:
    /// 双溪公司 + 诉至 + 法院.
    fn ends_behind_verb(&self, behind: usize, end: usize) -> bool {
        let last = &self.reading.marks[end - 1];
        behind >= end || last.suffix_kind == Some(OrgKind::Court) && behind + usize::from(last.suffix_ending) == end
    }

    /// Where the name `start..end` ends with the place in brackets or the parts of a committee or government that go on
    /// behind it: 县委 + 改革办, 县委 + 第三巡察组.
    pub(super) fn with_departments(&self, start: usize, mut end: usize) -> usize {
        let marks = &self.reading.marks;
        if end - start >= 4 && self.goes_on_with(end - 2, "大学") && self.char(end) == Some('（') {
            let place = marks.get(end + 1).map_or(0, |mark| usize::from(mark.place));
            if place > 0 && self.char(end + 1 + place) == Some('）') {
                return end + place + 2;
            }
        }
        if let Some(place) = marks.get(end).map(|mark| usize::from(mark.place)).filter(|&place| place > 0) {
            let branch = BRANCHES.iter().find(|branch| self.goes_on_with(end + place, branch));
            if let Some(branch) = branch.filter(|_| marks[end - 1].suffix_ending > 0) {
                return end + place + branch.chars().count();
            }
        }
        if let Some(form) = self.legal_form_behind(start, end) {
            return form;
        }
        if let Some(faculty) = self
            .faculty_behind(end)
            .or_else(|| self.institute_behind(end))
            .or_else(|| self.ministry_office_behind(start, end))
            .or_else(|| self.chamber_behind(end))
        {
            return faculty;
        }
        if let Some(branch) = self.branch_behind(start, end) {
            return branch;
        }
        while let Some(next) = self.department_behind(start, end) {
            end = next;
        }
        end
    }

    /// The end of the word for a company that goes on behind the company `start..end`, with what it does before it: 白鹭网络科技
    /// + 公司, 青禾餐饮 + 管理公司, but not 宁川银行 + 公司业务部.
    fn legal_form_behind(&self, start: usize, end: usize) -> Option<usize> {
        let marks = &self.reading.marks;
        let is_bank = self.char(end - 1) == Some('行');
        let is_company = marks[end - 1].suffix_kind == Some(OrgKind::Company) || self.ends_with_trade(start, end);
        let form_at = |n: usize| {
            let form = n + usize::from(marks.get(n)?.suffix);
            (form >= n + 2 && FORMS.iter().any(|word| self.goes_on_with(form - 2, word))).then_some(form)
        };
        let behind_trade = || {
            let trade = end + TRADE;
            form_at(trade).filter(|_| self.is_trade(end, trade))
        };
        let form = form_at(end).or_else(behind_trade).filter(|_| is_company && !is_bank)?;
        let goes_on = ["业务", "治理", "章程", "债", "制", "法", "化"].iter().any(|rest| self.goes_on_with(form, rest));
        (!goes_on).then_some(form)
    }

    /// Whether `start..end` is a root and the word for what a company does, without the word for a company: 青禾餐饮.
    fn ends_with_trade(&self, start: usize, end: usize) -> bool {
        start + ROOT + TRADE <= end
            && self.is_bare(&Found { start, end, margin: 0.0 })
            && self.is_trade(end - TRADE, end)
    }

    /// The end of the faculty with 与 or 和 in its name that goes on behind the university that ends at `end`.
    fn faculty_behind(&self, end: usize) -> Option<usize> {
        let Reading { chars, marks, .. } = self.reading;
        if end < 4 || !self.goes_on_with(end - 2, "大学") {
            return None;
        }
        let is_subject = |n: &usize| {
            let mark = &marks[*n];
            zh::is_han(chars[*n]) && mark.verb < 2 && mark.title < 2 && mark.place == 0 && mark.body == 0
        };
        let reach = (end..chars.len().min(end + LONGEST_FACULTY)).take_while(is_subject).last()? + 1;
        let joint = (end + 2..reach).find(|&n| matches!(chars[n], '与' | '和'))?;
        let is_end = |n: &usize| {
            matches!(marks[n - 1].suffix_kind, Some(OrgKind::School | OrgKind::Institute))
                && marks[n - 1].suffix_ending >= 2
        };
        let next = (joint + 4..=reach).find(is_end)?;
        (!(end + 1..=joint).any(|n| is_end(&n))).then_some(next)
    }

    /// The end of the institute that goes on behind the academy that ends at `end`: 双溪农业科学院 + 茶树研究所.
    fn institute_behind(&self, end: usize) -> Option<usize> {
        let Reading { chars, marks, .. } = self.reading;
        if end < 4 || !self.goes_on_with(end - 3, "科学院") {
            return None;
        }
        let is_subject = |&n: &usize| zh::is_han(chars[n]) && marks[n].verb < 2 && marks[n].title < 2;
        let institute = "研究所".chars().count();
        let mut reach = (end..chars.len().min(end + LONGEST_FACULTY)).take_while(is_subject).skip(1);
        reach.find(|&n| self.goes_on_with(n, "研究所")).map(|n| n + institute)
    }

    /// The end of the office that goes on behind the ministry `start..end`: 教育部 + 发展规划司.
    fn ministry_office_behind(&self, start: usize, end: usize) -> Option<usize> {
        let Reading { chars, marks, .. } = self.reading;
        if chars[end - 1] != '部' || usize::from(marks[start].body) != end - start {
            return None;
        }
        let is_subject = |n: &usize| {
            zh::is_han(chars[*n]) && marks[*n].verb < 2 && marks[*n].title < 2 && marks[*n].vague_ending == 0
        };
        let last = (end..chars.len().min(end + LONGEST_OFFICE)).take_while(is_subject).find(|&n| chars[n] == '司')?;
        (last >= end + 2 && chars[last - 1] != '公').then_some(last + 1)
    }

    /// The end of the department that goes on behind the committee, government or congress `start..end`.
    fn department_behind(&self, start: usize, end: usize) -> Option<usize> {
        let Reading { chars, marks, .. } = self.reading;
        let is_owner = (matches!(chars[end - 1], '委' | '府' | '大' | '协')
            || self.goes_on_with(end.saturating_sub(3), "委员会") && self.goes_on_with(end, "办公室"))
            && matches!(marks[end - 1].suffix_kind, Some(OrgKind::Party | OrgKind::Government));
        // 市纪委监委驻市财政局 + 纪检监察组.
        if self.goes_on_with(end, INSPECTION) && (start..end).any(|n| self.goes_on_with(n, "委驻")) {
            return Some(end + INSPECTION.chars().count());
        }
        let first = self.char(end).filter(|_| is_owner)?;
        // 民革云湖市委会.
        if first == '会' && matches!(marks[start].body_kind, Some(OrgKind::Party)) && self.char(end + 1) != Some('议')
        {
            return Some(end + 1);
        }
        if first == '驻' || self.goes_on_with(end, "派驻") {
            let reach = (end + 2..chars.len().min(end + LONGEST_OFFICE + 6)).take_while(|&n| zh::is_han(chars[n]));
            return reach.filter(|&n| self.goes_on_with(n, INSPECTION)).map(|n| n + INSPECTION.chars().count()).next();
        }
        let numbered = if first == '第' {
            1 + (end + 1..chars.len()).take_while(|&n| NUMBERS.contains(&chars[n])).count()
        } else {
            0
        };
        let department = usize::from(marks.get(end + numbered)?.department);
        let next = end + numbered + department;
        let is_part = department > 0 && (numbered == 0 || chars[next - 1] == '组');
        // 县委宣传部署, 省委组织部分党员.
        let is_word =
            chars[next - 1] == '部' && self.char(next).is_some_and(|c| matches!(c, '署' | '分' | '门' | '队'));
        (is_part && !is_word).then_some(next)
    }
}

/// Characters of the beginning of a name that the model may have lost behind such a word.
const LONGEST_LOST: usize = 2;

/// What is done to found a body or to make another of it; no name holds these words.
const FOUNDING: [&str; 11] =
    ["成立", "组建", "设立", "创办", "改造成", "改成", "改建成", "改建为", "更名为", "改名为", "改组为"];

/// What a match report calls a team before it names it.
const CHAMPIONS: [&str; 7] = ["卫冕冠军", "上届冠军", "冠军", "上届亚军", "亚军", "东道主", "升班马"];

/// Characters before which a verb is looked for that a name of the model begins with: 镇里邀集县水利局.
const MOST_BEFORE_VERB: usize = 4;

/// Characters of the longest faculty that is looked for, and of the longest office of a ministry.
const LONGEST_FACULTY: usize = 18;
const LONGEST_OFFICE: usize = 8;

/// Characters of the root of a company's name, and of a word for what it does, that stand before the word for a company.
const ROOT: usize = 2;
const TRADE: usize = 2;

/// What says that a company is one.
const FORMS: [&str; 2] = ["公司", "集团"];

/// What an inspection commission sends to an office.
const INSPECTION: &str = "纪检监察组";

/// What branches of a body end with, behind its name and a place.
const BRANCHES: [&str; 8] = ["分会", "代表处", "分社", "办事处", "调查队", "调查总队", "监管局", "专员办"];

#[cfg(test)]
mod tests {
    use crate::org::tests::check;

    #[test]
    fn names_end_before_the_word_for_a_leader_or_a_subject() {
        check("对此，望湖区城管大队大队长安嘉禾说，摊位已经挪走了。", &["望湖区城管大队"]);
        check("她是宁川学院食品专业的毕业生。", &["宁川学院"]);
        check("她是宁川科技大学工业设计专业的毕业生。", &["宁川科技大学"]);
    }

    #[test]
    fn names_begin_behind_persons_and_what_a_team_is_called() {
        check("安嘉禾和区关工委的志愿者结成帮教小组。", &["区关工委"]);
        check("双桥村队以三分之差战胜卫冕冠军石坝村队。", &["双桥村队", "石坝村队"]);
        check("被告人韩某系云泽恒通冷链物流有限公司原财务经理。", &["云泽恒通冷链物流有限公司"]);
    }

    #[test]
    fn our_county_is_no_part_of_its_company() {
        check("我县恒岭泵业、青禾石墨科技有限公司等三家企业入选。", &["恒岭泵业", "青禾石墨科技有限公司"]);
        check("我市公交集团新添二十辆客车。", &["市公交集团"]);
        check("记者从我市水务集团获悉，明天停水。", &["市水务集团"]);
    }

    #[test]
    fn what_becomes_a_body_is_no_part_of_its_name() {
        check("老纺织厂改造成工业博物馆的方案昨天公布。", &[]);
    }

    #[test]
    fn companies_go_on_with_what_they_do() {
        check("云禾餐饮管理公司的创始人苗小鹿告诉记者。", &["云禾餐饮管理公司"]);
    }
}
