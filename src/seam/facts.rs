//! What a block says by itself: how it begins and ends, how long it is, what stays open in it.
//!
//! Facts depend on the bytes of the block and on the model alone, so they are kept from one analysis to the next.

use std::sync::OnceLock;

use super::joint::{self, Before, Behind};
use super::language::{END, FirstGrams, Found, Language, ORDER, Reading};
use super::lexicon::{LONGEST, Readings};
use super::{Model, edge};
use crate::shape::Shape;
use crate::text::is_blank;
use crate::zh::{self, Set};

/// What a block says by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The first characters, normalised, at most [`OPENING`].
    pub opening: Vec<char>,
    /// The last characters, normalised, at most [`ENDING`].
    pub ending: Vec<char>,
    /// How it looks.
    pub shape: Shape,
    // What only some blocks are asked for is found out when they are.
    end: OnceLock<End>,
    start: OnceLock<Start>,
    first_words: OnceLock<FirstWords>,
    named: OnceLock<Named>,
    topic: OnceLock<Pairs>,
    pairs: OnceLock<Pairs>,
}

/// What the models say of the end of a block.
#[derive(Clone, PartialEq, Debug)]
pub struct End {
    /// Logarithm of the probability that a text ends after its last characters.
    pub here: f32,
    /// Logarithm of the probability that a sentence ends there.
    pub sentence: f32,
    /// Logarithm of the probability that a clause ends there.
    pub clause: f32,
    /// The character model, having read its last characters.
    pub reading: Reading,
    /// How its last [`LONGEST`] characters read as words.
    pub words: Readings,
    /// Length and frequency of its last word.
    pub last_word: (usize, f32),
    /// Log-odds of the edge model that a clause ends there.
    pub edge: f32,
    /// What the joint model looks at.
    pub before: Before,
    /// Whether it ends in a surname.
    pub is_surname: bool,
    /// Whether it ends in an office.
    pub is_office: bool,
}

/// What the words say that a block starts with.
#[derive(Clone, PartialEq, Debug)]
pub struct FirstWords {
    /// How its first [`LONGEST`] characters read as words from each on.
    pub readings: Readings,
    /// Length and frequency of its first word.
    pub first: (usize, f32),
    /// Log-odds of the edge model that a sentence starts there.
    pub edge: f32,
    /// What the joint model looks at.
    pub behind: Behind,
}

/// What the start of a block makes of a name that stands before it or that the seam cuts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Named {
    /// Whether it goes on like the given name of one who speaks.
    pub given: bool,
    /// Whether it goes on like the name of one who speaks.
    pub whole: bool,
    /// Whether a comma or a bracket stands behind what is as long as a given name.
    pub comma: bool,
}

/// What the character model says of the start of a block.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Start {
    /// How much likelier its first characters are at the start of a text than in its middle, as a logarithm.
    pub here: f32,
    /// How much likelier its first characters are at the start of a clause than within one, as a logarithm.
    pub clause: f32,
    /// How much likelier its first characters are at the start of a sentence than within one, as a logarithm.
    pub sentence: f32,
    /// Logarithm of the probability that a text starts with its first two characters.
    pub alone: f32,
    /// Logarithms of the probabilities of its first characters at the start of a text; 0 behind its last.
    pub each: [f32; SHOWN],
    /// The character model, having read these characters.
    pub reading: Reading,
    /// The n-grams within these characters, by the one that they end with.
    pub grams: [Found; SHOWN],
}

/// Characters by which a start is judged: those whose context reaches back to the start.
pub const SHOWN: usize = ORDER - 1;
/// Characters kept from the start: enough for what a heading's words are taken up in.
pub const OPENING: usize = 96;
/// Characters kept from the end: a whole title, or the last sentence of a paragraph.
pub const ENDING: usize = 64;

/// `c` as the models know it: full width, figures and Latin letters all alike, quotation marks in one style.
#[inline]
pub const fn normal(c: char) -> char {
    match zh::fold_width(c) {
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        c => zh::fold_quotation(c),
    }
}

/// The characters of `content` as the models know them.
pub fn normalised(content: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    // Nearly all characters are Hanzi, and no other question has to be asked of one.
    content.chars().filter_map(|c| if zh::is_han(c) { Some(c) } else { (!is_blank(c)).then(|| normal(c)) })
}

/// The first `N` characters of `content`, normalised, and how many there are.
pub fn first_of<const N: usize>(content: &str) -> ([char; N], usize) {
    let (mut kept, mut n, mut at) = (['\0'; N], 0, 0);
    while n < N {
        if let Some(c) = zh::hanzi_at(content.as_bytes(), at) {
            kept[n] = c;
            (n, at) = (n + 1, at + zh::HANZI_BYTES);
            continue;
        }
        let Some(c) = content[at..].chars().next() else { break };
        at += c.len_utf8();
        if !is_blank(c) {
            kept[n] = normal(c);
            n += 1;
        }
    }
    (kept, n)
}

/// The last `N` characters of `content`, normalised; fewer where it has fewer.
fn last_of<const N: usize>(content: &str) -> Vec<char> {
    let mut kept = ['\0'; N];
    let mut n = N;
    let mut at = content.len();
    while n > 0 {
        if let Some(c) = zh::hanzi_before(content.as_bytes(), at) {
            n -= 1;
            kept[n] = c;
            at -= zh::HANZI_BYTES;
            continue;
        }
        let Some(c) = content[..at].chars().next_back() else { break };
        at -= c.len_utf8();
        if !is_blank(c) {
            n -= 1;
            kept[n] = normal(c);
        }
    }
    kept[n..].to_vec()
}

/// Judges a start by the characters from whose context it is seen: the first [`SHOWN`].
pub fn start(opening: &[char], language: &Language) -> Start {
    let (mut reading, mut of_clause, mut of_sentence) = (language.at_start, language.at_clause, language.at_sentence);
    let FirstGrams { alone: grams, behind: [at_start, at_clause, at_sentence] } = language.first_grams(opening);
    let mut start = Start { here: 0.0, clause: 0.0, sentence: 0.0, alone: 0.0, each: [0.0; SHOWN], reading, grams };
    for (n, &c) in opening.iter().take(SHOWN).enumerate() {
        let (step, gain) = language.read_both_ways(&mut reading, c, at_start[n]);
        start.here += gain;
        start.clause += language.read_both_ways(&mut of_clause, c, at_clause[n]).1;
        start.sentence += language.read_both_ways(&mut of_sentence, c, at_sentence[n]).1;
        start.each[n] = step.log_probability;
    }
    Start { alone: start.each[0] + start.each[1], reading, ..start }
}

/// Surnames of most people, for a name that the seam cuts behind its first character.
static SURNAMES: Set = Set::new(
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边",
);

/// Whether `ending` ends in an office that stands before a name.
const fn is_office(ending: &[char]) -> bool {
    matches!(
        ending,
        [.., '记', '者']
            | [.., '通', '讯', '员']
            | [.., '主', '席' | '任']
            | [.., '书', '记']
            | [.., '秘', '书', '长']
            | [.., '局' | '部' | '厂' | '院' | '校' | '市' | '省' | '县' | '队', '长']
            | [.., '总', '理' | '统']
            | [.., '教', '授']
            | [.., '经', '理']
            | [.., '董', '事', '长']
            | [.., '工', '程', '师']
            | [.., '负', '责', '人']
    )
}

/// What `opening` makes of a name that it begins in the middle of or behind.
pub fn named(opening: &[char]) -> Named {
    let speaks = |at: usize| opening.get(at..).is_some_and(speaks);
    let comma = |at: usize| matches!(opening.get(at), Some('，' | '、' | '（'));
    Named { given: speaks(1) || speaks(2), whole: speaks(2) || speaks(3), comma: comma(1) || comma(2) }
}

/// Whether `text` begins with a word that follows the name of one who speaks.
const fn speaks(text: &[char]) -> bool {
    matches!(
        text,
        ['说' | '道' | '讲' | '称' | '摄', ..]
            | ['认', '为', ..]
            | ['表', '示', ..]
            | ['介', '绍', ..]
            | ['指', '出', ..]
            | ['告', '诉', ..]
            | ['强', '调', ..]
            | ['透', '露', ..]
            | ['坦', '言', ..]
            | ['回', '忆', ..]
            | ['报', '道', ..]
            | ['宣', '布', ..]
            | ['解', '释', ..]
            | ['先', '生', ..]
            | ['同', '志', ..]
    )
}

/// Characters of no topic.
static COMMON: Set = Set::new(
    "的一是在了和有为不人这中大上个国到我以要他时来用们生地出就分对成会可年也而说于之与及等其本从将被把着或但并由",
);

/// A pair of characters less likely than this, once in 60,000, says what a text is about.
const RARE: f32 = -11.0;

/// A set of pairs of characters: of at most [`OPENING`] and [`ENDING`] characters, asked for many.
#[derive(Clone, PartialEq, Debug)]
pub struct Pairs {
    /// Each once, in the order in which they came.
    pairs: Vec<[char; 2]>,
    /// A hash table with open addressing of places in `pairs`, from 1 on; 0 where there is none.
    places: Box<[u8; PLACES]>,
}

/// Three times as many as there are pairs: one look in two finds its place at once.
const PLACES: usize = 512;

impl Pairs {
    /// The pairs of neighbours in `stretches`, of which both `are_meant`.
    fn new(stretches: &[&[char]], are_meant: impl Fn(char) -> bool) -> Self {
        let most = stretches.iter().map(|chars| chars.len()).sum();
        let mut set = Self { pairs: Vec::with_capacity(most), places: Box::new([0; PLACES]) };
        for chars in stretches {
            let mut before = None;
            for &c in *chars {
                let c = Some(c).filter(|c| are_meant(*c));
                if let (Some(before), Some(c)) = (before, c) {
                    set.insert([before, c]);
                }
                before = c;
            }
        }
        set
    }

    fn insert(&mut self, pair: [char; 2]) {
        if let Err(free) = self.find(pair) {
            self.pairs.push(pair);
            self.places[free] = self.pairs.len() as u8;
        }
    }

    /// The place of `pair`, or where in the table it would be put.
    #[inline]
    fn find(&self, pair: [char; 2]) -> Result<usize, usize> {
        let hash = (u64::from(pair[0]) << 32 | u64::from(pair[1])).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = (hash >> 40) as usize % PLACES;
        loop {
            match self.places[at] {
                0 => return Err(at),
                place if self.pairs[usize::from(place) - 1] == pair => return Ok(usize::from(place) - 1),
                _ => at = (at + 1) % PLACES,
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Those that stand in one of `texts`, too.
    pub fn shared_with<'t>(&self, texts: impl IntoIterator<Item = &'t [char]>) -> impl Iterator<Item = [char; 2]> + '_ {
        let mut shared = [false; OPENING + ENDING];
        for chars in texts {
            for (&first, &second) in chars.iter().zip(chars.iter().skip(1)) {
                if let Ok(place) = self.find([first, second]) {
                    shared[place] = true;
                }
            }
        }
        self.pairs.iter().zip(shared).filter_map(|(pair, shared)| shared.then_some(*pair))
    }
}

fn topic(chars: &[char]) -> Pairs {
    Pairs::new(&[chars], |c| zh::is_han(c) && !COMMON.contains(c))
}

impl Facts {
    /// Reads the content of a block.
    pub fn new(content: &str, shape: &Shape) -> Self {
        let (kept, n) = first_of::<OPENING>(content);
        let opening = kept[..n].to_vec();
        let ending = if opening.len() < OPENING {
            opening[opening.len().saturating_sub(ENDING)..].to_vec()
        } else {
            last_of::<ENDING>(content)
        };
        Self {
            opening,
            ending,
            shape: *shape,
            end: OnceLock::new(),
            start: OnceLock::new(),
            first_words: OnceLock::new(),
            named: OnceLock::new(),
            topic: OnceLock::new(),
            pairs: OnceLock::new(),
        }
    }

    /// The last `n` characters.
    pub fn last(&self, n: usize) -> &[char] {
        &self.ending[self.ending.len() - n.min(self.ending.len())..]
    }

    /// The first `n` characters.
    pub fn first(&self, n: usize) -> &[char] {
        &self.opening[..n.min(self.opening.len())]
    }

    /// What `model`, always the same one, says of its end.
    pub fn end(&self, model: &Model) -> &End {
        self.end.get_or_init(|| {
            let reading = model.language.after(self.last(ORDER - 1).iter().copied());
            let ends = |end: char| model.language.read(&mut { reading }, end).log_probability;
            let here = ends(END);
            let sentence = here.exp() + ends('。').exp();
            let last = edge::last(&self.ending);
            let stretches = model.lexicon.stretches(last);
            let first_of_last = last.len() - self.last(LONGEST).len();
            let words = stretches.readings(first_of_last);
            let best = stretches.best();
            End {
                here,
                sentence: sentence.ln(),
                clause: (sentence + ends('，').exp() + ends('；').exp()).ln(),
                reading,
                words,
                last_word: stretches.last_word(first_of_last, &words),
                edge: model.edges.end(&self.ending, best.read()),
                before: joint::before(&self.ending, best.read()),
                is_surname: self.ending.last().is_some_and(|c| SURNAMES.contains(*c)),
                is_office: is_office(&self.ending),
            }
        })
    }

    /// Keeps what is known already of its start.
    pub fn keep_start(&self, start: Start) {
        self.start.get_or_init(|| start);
    }

    /// What `model`, always the same one, says of its start.
    pub fn start(&self, model: &Model) -> &Start {
        self.start.get_or_init(|| start(&self.opening, &model.language))
    }

    /// What `model`, always the same one, says of the words that it starts with.
    pub fn first_words(&self, model: &Model) -> &FirstWords {
        self.first_words.get_or_init(|| {
            let stretches = model.lexicon.stretches(&self.opening);
            let readings = stretches.readings_of_rest();
            let first = stretches.first_word(&readings);
            let best = stretches.best();
            FirstWords {
                readings,
                first,
                edge: model.edges.start(&self.opening, best.read()),
                behind: joint::behind(&self.opening, best.read()),
            }
        })
    }

    /// What its start makes of a name.
    pub fn named(&self) -> Named {
        *self.named.get_or_init(|| named(&self.opening))
    }

    /// What its end is about: fewer than [`ENDING`] pairs.
    pub fn topic(&self) -> &Pairs {
        self.topic.get_or_init(|| topic(&self.ending))
    }

    /// The pairs of Hanzi in its first and its last characters.
    pub fn pairs(&self) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::new(&self.ends(), zh::is_han))
    }

    /// Its first and its last characters.
    pub fn ends(&self) -> [&[char]; 2] {
        // What is no longer than its opening ends within it.
        [&self.opening, if self.opening.len() < OPENING { &[] } else { &self.ending }]
    }
}

/// Whether `pair` is rare: what it is in says what a text is about, of all texts of a page.
pub fn is_rare(pair: [char; 2], language: &Language) -> bool {
    language.pair(pair[0], pair[1]) < RARE
}
