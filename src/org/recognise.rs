//! From a stretch of text to the names in it: what the model finds, mended by what grammar and lists know for certain.
//!
//! The model weighs the words around a name and is unsure where they are unusual. What is whole by the lexicon alone (a
//! body of the list, a division or the word for its rank with an office) is a name in any context, unless the model is
//! firmly against it; and where such a name begins or ends, a longer one of the model is cut.

mod branch;
mod chamber;
mod mend;
mod misread;
mod quoted;
mod school;

use super::OrgKind;
use super::grammar::{self, Candidate, NUMBERS};
use super::jurisdiction;
use super::lexicon::{Entry, Rank, lexicon};
use super::model::{CERTAIN, Found, Scratch, model};
use super::place;
use super::reading::{Reading, Unwrapped};
use crate::zh;

/// Reads stretches one after the other; keeps the memory.
#[derive(Default, Debug)]
pub(super) struct Recogniser {
    reading: Reading,
    scratch: Scratch,
}

/// Where a name is found, in bytes of the stretch, and how sure that is.
pub(super) struct Stretch {
    pub start: usize,
    pub end: usize,
    pub margin: f32,
}

impl Recogniser {
    /// The names in `flat`, in order, in bytes of the stretch that was unwrapped.
    pub(super) fn names(&mut self, flat: &Unwrapped, is_traditional: bool) -> Vec<Stretch> {
        self.reading.read(&flat.text, is_traditional);
        let found = model().names(&self.reading, &mut self.scratch);
        let (reading, scratch) = (&self.reading, &self.scratch);
        let known = Known { reading, scratch };
        let mut names = Vec::with_capacity(found.len());
        for name in found {
            known.mend(name, &mut names);
        }
        names.retain(|name| !known.is_misread(name));
        let whole = known.bodies().chain(known.offices()).chain(known.parts());
        for proposal in whole.chain(known.rooted()).chain(known.quoted()).chain(known.numbered_schools()) {
            admit(&mut names, &proposal, CERTAIN);
        }
        for proposal in known.units() {
            admit(&mut names, &proposal, school::UNIT_MARGIN);
        }
        for name in &mut names {
            name.end = known.with_departments(name.start, name.end);
        }
        names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
        let mut end = 0;
        names.retain(|name| {
            let is_free = name.start >= end;
            end = end.max(name.end);
            is_free
        });
        let bytes = |name: Found| {
            let bytes = flat.range(self.reading.bytes(name.start, name.end));
            Stretch { start: bytes.start, end: bytes.end, margin: name.margin }
        };
        names.into_iter().map(bytes).collect()
    }

    /// What was read last.
    pub(super) const fn reading(&self) -> &Reading {
        &self.reading
    }
}

/// A name that the lexicon proposes.
struct Proposal {
    start: usize,
    end: usize,
    /// Whether it is put in place of shorter names that the model found in it.
    replaces: bool,
}

/// Puts `proposal` among `names` with `margin` unless others stand in its way.
fn admit(names: &mut Vec<Found>, proposal: &Proposal, margin: f32) {
    let &Proposal { start, end, replaces } = proposal;
    let is_within = |name: &&Found| name.start < end && start < name.end;
    let covers = |name: &Found| start <= name.start && name.end <= end && name.end - name.start < end - start;
    if names.iter().filter(is_within).all(|name| replaces && covers(name)) {
        names.retain(|name| !is_within(&name));
        names.push(Found { start, end, margin });
    }
}

/// Least margin, by the model, of what the lexicon is less sure of: a name that is no office (县图书馆), one behind a place
/// that is no division (美国财政部), one behind a division that no list holds (望湖区教育局).
/// On 1,067 mentions of invented pages -2, -4 and -8 gave F1 .9647, .9656 and .9656 for the first; -4, -8 and -14 gave
/// .9656, .9656 and .9652 for the second, .9652, .9656 and .9661 for the third, where more caution costs little.
const LEAST_OTHER: f32 = -4.0;
const LEAST_SHORT: f32 = -8.0;
const LEAST_GUESSED: f32 = -8.0;

/// By how much the model may be less sure of a name with the root of its place (青鹭镇人民政府) than of the same without it.
const MOST_LOST: f32 = 2.0;

/// Least margin, by the model, of a name that a free place begins with a field and a suffix behind it, and of a company
/// that a root begins. On 375 mentions of invented newspaper pages 0, -4, -6 and -8 for both find 1, 5, 6 and 7 more and
/// no false one; on 231 pages of 1998 -8 adds common nouns, and for companies -6 does.
const LEAST_PLACED: f32 = -6.0;
const LEAST_ROOTED: f32 = -4.0;

/// Least margin of a police station that a root begins (车站派出所 has up to -2.5, 辖区派出所 -17), and of a party cell of a
/// community that a root begins.
const LEAST_STATION: f32 = -1.5;
const LEAST_CELL: f32 = -2.0;

/// Characters of an office that is hardly called without the place before it: 出入境边防检查站.
const LONG_OFFICE: usize = 5;

/// Least margin of a studio that is called by a person's name: behind 成立了 those have down to -2.2.
const LEAST_STUDIO: f32 = -4.0;

/// What grammar and lexicon say of a stretch.
struct Known<'a> {
    reading: &'a Reading,
    scratch: &'a Scratch,
}

impl Known<'_> {
    fn char(&self, n: usize) -> Option<char> {
        self.reading.chars.get(n).copied()
    }

    fn goes_on_with(&self, n: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.char(n + k) == Some(c))
    }

    /// Whether a name may end at `end`: nothing, punctuation, a verb, an adverb or a title follows.
    fn is_free_behind(&self, end: usize) -> bool {
        let follows = |c: char| {
            let mark = &self.reading.marks[end];
            !zh::is_han(c) || mark.verb > 0 || mark.title > 0 || PREDICATES.contains(&c)
        };
        self.char(end).is_none_or(follows)
    }

    /// Whether `start..end` is a whole name by lexicon and grammar.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let Some(mark) = self.reading.marks.get(start).filter(|_| start + 1 < end) else { return false };
        let suffix = usize::from(self.reading.marks[end - 1].suffix_ending);
        usize::from(mark.body) == end - start
            || suffix >= 2 && suffix <= end - start && self.is_owner(start, end - suffix)
            || self.scratch.candidates().contains(&Candidate { start, end })
    }

    /// Whether `start..suffix` says whose the office is that `suffix` begins: a rank, places, the committee of a rank.
    fn is_owner(&self, start: usize, suffix: usize) -> bool {
        self.relative(suffix) == Some(start) || start < suffix && self.places(suffix).is_some_and(|(s, _)| s == start)
    }

    /// Where the relative name begins whose suffix begins at `suffix`: 区总工会, 省委宣传部, 市委.
    fn relative(&self, suffix: usize) -> Option<usize> {
        let is_rank = |n: usize| matches!(self.char(n), Some('区' | '市' | '县' | '省' | '镇' | '乡'));
        if is_rank(suffix) && self.char(suffix + 1) != Some('场') {
            return Some(suffix);
        }
        let starts = ZONES.iter().filter_map(|zone| Some((suffix.checked_sub(zone.chars().count())?, zone)));
        if let Some((zone, _)) = starts.into_iter().find(|&(start, zone)| self.goes_on_with(start, zone)) {
            return Some(zone);
        }
        let before = suffix.checked_sub(1)?;
        if self.reading.chars[before] == '委' && suffix >= 2 && is_rank(suffix - 2) {
            return Some(suffix - 2);
        }
        let rank = self.before_term(suffix).checked_sub(1)?;
        is_rank(rank).then_some(rank)
    }

    /// Where the number of its term begins before the congress or committee whose suffix begins at `suffix`: 市 + 十届 +
    /// 人大常委会. `suffix` where none does.
    fn before_term(&self, suffix: usize) -> usize {
        let chars = &self.reading.chars;
        let is_number = |c: &&char| NUMBERS.contains(c) || c.is_ascii_digit();
        let Some(term) = suffix.checked_sub(1).filter(|&n| chars[n] == '届') else { return suffix };
        let number = term - chars[..term].iter().rev().take_while(is_number).count();
        match number.checked_sub(1) {
            _ if number == term => suffix,
            Some(ordinal) if chars[ordinal] == '第' => ordinal,
            _ => number,
        }
    }

    /// Where the places begin that stand without a gap before `end`, and the rank of the last one.
    fn places(&self, end: usize) -> Option<(usize, Rank)> {
        let mut start = end;
        let mut rank = None;
        let is_place = |n: usize, end: usize| {
            let mark = &self.reading.marks[n];
            mark.place > 0
                && n + usize::from(mark.place) == end
                && self.reading.chars[n] != '全'
                && self.reading.means_place(n)
        };
        while let Some(n) = (start.saturating_sub(LONGEST_PLACE)..start).find(|&n| is_place(n, start)) {
            rank = rank.or(self.reading.marks[n].rank);
            start = n;
        }
        rank.map(|rank| (start, rank))
    }

    /// Bodies of the list. A long one is a word of nothing else; a short one stands where nothing else goes on.
    fn bodies(&self) -> impl Iterator<Item = Proposal> {
        let Reading { chars, marks, .. } = self.reading;
        (0..chars.len()).filter(|&n| marks[n].body >= 2).filter_map(|n| {
            let length = usize::from(marks[n].body);
            let end = n + length;
            let closed = |c: Option<char>| c.is_none_or(|c| !zh::is_han(c) && !matches!(c, '“' | '《' | '‘'));
            let before = n.checked_sub(1).map(|n| chars[n]);
            let stands = match length {
                2 => {
                    !marks[n].is_word
                        && self.reading.is_free_before(n)
                        && !before.is_some_and(|c| c.is_ascii_alphanumeric())
                        && (self.char(end).is_some_and(|c| matches!(c, '、' | '，' | '和' | '与'))
                            || marks.get(end).is_some_and(|mark| mark.verb >= 2 || mark.title >= 2))
                }
                3 => {
                    closed(before) && closed(self.char(end))
                        || self.reading.is_free_before(n) && (self.is_free_behind(end) || self.is_organ(n, end))
                }
                _ if marks[n].is_word => self.reading.is_free_before(n) && self.is_free_behind(end),
                _ => before != Some('《') && !self.char(end).is_some_and(|c| COMPOUNDS.contains(&c)),
            };
            stands.then(|| Proposal { start: n, end, replaces: self.is_free_behind(end) })
        })
    }

    /// Whether the listed body `start..end` is an organ of a state behind which no longer word begins: 立法院 + 昨天, but not
    /// 立法会 + 议员.
    fn is_organ(&self, start: usize, end: usize) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        marks[start].body_kind == Some(OrgKind::Government)
            && matches!(chars[end - 1], '院' | '署' | '部' | '会' | '局' | '委')
            && self.char(end).is_none_or(|c| !GOING_ON.contains(&c) && !COMPOUNDS.contains(&c))
    }

    /// Offices of divisions: 青岛市民政局, 市水文局, though 市民 is a word, too.
    fn offices(&self) -> impl Iterator<Item = Proposal> {
        let chars = &self.reading.chars;
        (2..=self.reading.len()).filter_map(move |end| {
            let mark = &self.reading.marks[end - 1];
            let length = usize::from(mark.suffix_ending);
            let kind = mark.suffix_kind.filter(|_| length >= 2)?;
            let suffix = end - length;
            let is_office = matches!(kind, OrgKind::Party | OrgKind::Union | OrgKind::Government | OrgKind::Court);
            let is_guild = kind == OrgKind::Association
                && (matches!(chars[end - 1], '协' | '联') || self.goes_on_with(suffix, "农会"));
            // 婚姻家庭纠纷人民调解委员会.
            let is_mediator = length > 5 && self.goes_on_with(end - 5, "调解委员会");
            let is_clear = is_office || is_guild || is_mediator || length >= 3 && kind != OrgKind::Other;
            let ends = length >= 3 || self.is_free_behind(end) || self.before_term(suffix) < suffix;
            // 中国代表团 is at one event; 中小学 goes on to 中小学校.
            let is_other =
                chars[end - 1] == '团' && !NUMBERS.contains(&chars[end - 2]) || self.goes_on_with(end - 1, "学校");
            if !is_clear || !ends || is_other || self.char(end).is_some_and(|c| COMPOUNDS.contains(&c)) {
                return None;
            }
            let certain = |start: usize| Some(Proposal { start, end, replaces: true });
            let likely = |start: usize, least: f32| certain(start).filter(|_| self.scratch.margin(start, end) >= least);
            // 市政府 is a suffix, and the 市 in it part of 青岛市.
            let places =
                self.places(suffix).or_else(|| self.places(suffix + 1).filter(|(_, rank)| *rank < Rank::Country));
            if let Some((start, rank)) = places {
                return match rank {
                    Rank::Province | Rank::Prefecture | Rank::County if length >= 3 => certain(start),
                    Rank::Province | Rank::Prefecture | Rank::County | Rank::Township => likely(start, LEAST_OTHER),
                    _ if is_office && length >= 3 || self.is_court_of_county(start, suffix, end) => {
                        likely(start, LEAST_SHORT)
                    }
                    _ => None,
                };
            }
            let start = self.relative(suffix)?;
            if self.reading.is_free_before(start) {
                return if is_office {
                    certain(start)
                } else {
                    likely(start, LEAST_OTHER).filter(|_| self.is_free_behind(end))
                };
            }
            let roots = place::ROOT.into_iter().filter_map(|length| start.checked_sub(length));
            let margin = |start: &usize| self.scratch.margin(*start, end);
            let is_township = matches!(chars[start], '镇' | '乡');
            let root = roots
                .filter(|&root| self.is_root(root, start))
                .max_by(|one, other| margin(one).total_cmp(&margin(other)))
                // Townships are the divisions that the list is least sure to hold.
                .filter(|root| margin(root) + if is_township { MOST_LOST } else { 0.0 } >= margin(&start))?;
            likely(root, LEAST_GUESSED).map(|proposal| Proposal { replaces: is_township, ..proposal })
        })
    }

    /// Whether `suffix..end` is the court of the county `start..suffix`, called without its rank: 渑池法院, but not 河南法院.
    fn is_court_of_county(&self, start: usize, suffix: usize, end: usize) -> bool {
        let county: String = self.reading.chars[start..suffix].iter().collect();
        self.goes_on_with(suffix, "法院")
            && suffix + 2 == end
            && self.reading.is_free_before(start)
            && !jurisdiction::is_large(&county)
    }

    /// What the grammar makes of a body of the list and a suffix behind it: 立法会发展事务委员会.
    fn parts(&self) -> impl Iterator<Item = Proposal> {
        let Reading { chars, marks, .. } = self.reading;
        self.scratch.candidates().iter().filter_map(|&Candidate { start, end }| {
            let body = start + usize::from(marks[start].body);
            let is_part = body >= start + 3
                && body < end
                && marks[end - 1].suffix_ending >= 3
                && (body..end).all(|n| zh::is_han(chars[n]) && marks[n].body == 0);
            (is_part && self.scratch.margin(start, end) >= LEAST_OTHER).then(|| Proposal {
                start,
                end,
                // 国家税务总局 + 长沙市雨花区税务局.
                replaces: marks[body].place > 0,
            })
        })
    }

    /// Names that stand free and that a place or a rank begins, with a field and a suffix behind it (望湖区农机质量检验中心), and
    /// companies that a root begins (双溪顺达客运公司).
    fn rooted(&self) -> impl Iterator<Item = Proposal> {
        let Reading { chars, marks, .. } = self.reading;
        (4..=self.reading.len()).filter_map(move |end| {
            let length = usize::from(marks[end - 1].suffix_ending);
            // 省地质局, but not 县里的布局.
            let is_bureau = || chars[end - 1] == '局' && !SITUATIONS.contains(&chars[end - 2]);
            let is_short =
                length == 1 && (matches!(chars[end - 1], '厂' | '厅') || is_bureau()) && self.is_free_behind(end);
            let kind = marks[end - 1].suffix_kind.filter(|_| length >= 2 || is_short)?;
            let goes_on = |c: char| COMPOUNDS.contains(&c) || c == '校';
            if self.char(end).is_some_and(goes_on) || self.goes_on_with(end - 1, "学校") {
                return None;
            }
            let suffix = end - length;
            let is_modifier = |&n: &usize| {
                let mark = &marks[n];
                let is_verb = mark.verb >= 2 && !self.goes_on_with(n, "服务");
                let is_word = !is_verb && mark.title < 2 && (mark.vague_ending == 0 || chars[n] == '全');
                zh::is_han(chars[n])
                    && is_word
                    && (mark.verb != 1 || WITHIN_WORDS.contains(&chars[n]) || grammar::is_inside_place(self.reading, n))
            };
            let reach = (suffix.saturating_sub(LONGEST_MODIFIER)..suffix).rev().take_while(is_modifier).last()?;
            (reach..suffix - 1).filter(|&start| self.reading.is_free_before(start)).find_map(|start| {
                let least = self.least_rooted(start, suffix, end, kind)?;
                (self.scratch.margin(start, end) >= least).then_some(Proposal { start, end, replaces: false })
            })
        })
    }

    /// The least margin of the name `start..end` with a suffix of `kind` that begins at `suffix`; none where it is none.
    fn least_rooted(&self, start: usize, suffix: usize, end: usize, kind: OrgKind) -> Option<f32> {
        let Reading { chars, marks, .. } = self.reading;
        let behind = self.behind_places(start, suffix);
        if kind == OrgKind::Party && behind == start {
            let is_cell = (start + 2..suffix).any(|n| self.goes_on_with(n, "社区"));
            return is_cell.then_some(LEAST_CELL);
        }
        let is_field = |n: usize| marks[n].place == 0 && marks[n].body == 0 && marks[n].suffix_ending < 2;
        if behind + 2 > suffix || !(behind..suffix).all(is_field) {
            return None;
        }
        match kind {
            OrgKind::Government if behind == start => {
                let is_station = self.goes_on_with(suffix, "派出所") || end >= suffix + LONG_OFFICE;
                (suffix <= start + 4 && is_station).then_some(LEAST_STATION)
            }
            OrgKind::Studio if behind == start => self.is_of_master(start, suffix).then_some(LEAST_STUDIO),
            _ if behind == start => self.is_rooted_company(start, suffix, end).then_some(LEAST_ROOTED),
            OrgKind::Government if chars[end - 1] == '厅' => Some(LEAST_PLACED),
            OrgKind::Government if chars[end - 1] == '局' && end == suffix + 1 => Some(LEAST_OTHER),
            OrgKind::Company
            | OrgKind::School
            | OrgKind::Hospital
            | OrgKind::Institute
            | OrgKind::Association
            | OrgKind::Court => Some(LEAST_PLACED),
            _ => None,
        }
    }

    /// The end of the places of China, or of the word for a rank, that begin at `start`.
    fn behind_places(&self, start: usize, suffix: usize) -> usize {
        let Reading { chars, marks, .. } = self.reading;
        let mut behind = start;
        while behind < suffix && marks[behind].place > 0 && marks[behind].rank != Some(Rank::Country) {
            behind += usize::from(marks[behind].place);
        }
        if behind > start {
            return behind;
        }
        if matches!(chars[start], '省' | '市' | '县') {
            return start + 1;
        }
        let ranks = place::ROOT.into_iter().map(|length| start + length).filter(|&rank| rank + 1 < suffix);
        ranks
            .filter(|&rank| matches!(chars[rank], '市' | '县' | '区' | '镇'))
            .find(|&rank| self.is_root(start, rank))
            .map_or(start, |rank| rank + 1)
    }

    /// Whether `start..end` is a company by a root of two and more characters and by what companies do, which the suffix
    /// says or a word before it.
    fn is_rooted_company(&self, start: usize, suffix: usize, end: usize) -> bool {
        let chars = &self.reading.chars;
        let is_trade = |n: usize| self.is_trade(n, suffix);
        // 桥下 + 机床厂.
        let is_root = !matches!(chars[start + 1], '下' | '里' | '前' | '后' | '内' | '外');
        is_root
            && matches!(chars[end - 1], '司' | '厂' | '社' | '锁' | '馆')
            && (end - suffix >= 3 || (start + 2..suffix - 1).any(is_trade))
            && !is_trade(start)
    }

    /// Whether the studio whose suffix begins at `suffix` is called by the person `start..suffix`: 安嘉禾 + 创新工作室.
    fn is_of_master(&self, start: usize, suffix: usize) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        let is_plain = |n: usize| marks[n].title == 0 && marks[n].suffix_ending == 0 && marks[n].vague_ending == 0;
        suffix == start + 3
            && zh::is_surname(chars[start])
            && (start..suffix).all(is_plain)
            && !self.is_trade(start, start + 2)
            && self.goes_on_with(suffix, "创新工作室")
    }

    /// Whether `start..end` is a word for what a company does: 餐饮.
    fn is_trade(&self, start: usize, end: usize) -> bool {
        let Some(word) = self.reading.chars.get(start..end) else { return false };
        lexicon().get(&word.iter().collect::<String>()).is_some_and(Entry::is_trade)
    }

    /// Whether `root..rank` may be the name of a division that no list holds, without the word for its rank.
    fn is_root(&self, root: usize, rank: usize) -> bool {
        let Reading { chars, marks, .. } = self.reading;
        root < rank
            && self.reading.is_free_before(root)
            && !place::within_word(chars[rank - 1], chars[rank])
            && (root..rank).all(|n| {
                let mark = &marks[n];
                zh::is_han(chars[n])
                    && mark.verb == 0
                    && mark.vague_ending == 0
                    && mark.title == 0
                    && mark.suffix_ending < 2
            })
    }

    /// Whether neither list nor suffix says that `name` is that of a body.
    fn is_bare(&self, name: &Found) -> bool {
        let marks = &self.reading.marks;
        marks[name.end - 1].suffix_ending == 0 && marks[name.start].body == 0
    }
}

/// Characters of the longest name of a place.
const LONGEST_PLACE: usize = 11;

/// Zones that have a committee and offices: each is called so where it is the only one.
const ZONES: [&str; 5] = ["开发区", "高新区", "经开区", "新区", "园区"];

/// Characters that make a word for how things stand of 局 behind them: 格局, 布局, 当局.
const SITUATIONS: [char; 16] =
    ['格', '布', '结', '大', '全', '当', '僵', '残', '败', '政', '战', '棋', '时', '定', '开', '破'];

/// Verbs of one character that stand in other words, too: 土地, 合同.
const WITHIN_WORDS: [char; 7] = ['地', '经', '同', '使', '有', '为', '过'];

/// Characters of what stands before the suffix of a name that is looked for.
const LONGEST_MODIFIER: usize = 12;

/// Characters that a predicate begins with and hardly a word that a name is part of.
const PREDICATES: [char; 12] = ['已', '曾', '仍', '未', '拟', '昨', '派', '给', '每', '若', '换', '却'];

/// Characters that make a longer word of the end of an organ's name: 立法会 + 议员, 教育部 + 门, 监察院 + 校.
const GOING_ON: [char; 15] = ['长', '期', '士', '校', '议', '员', '团', '区', '楼', '门', '队', '署', '分', '见', '谈'];

/// Characters that make a common noun of a name before them: 中国银行业, 北京大学生.
const COMPOUNDS: [char; 8] = ['业', '生', '者', '式', '型', '性', '化', '类'];
