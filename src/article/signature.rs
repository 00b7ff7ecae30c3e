//! Names that stand by themselves: who wrote the article below or above, who signs a notice.

use super::Kind;
use super::lines::Lines;
use super::run::MOST_RUN_CHARS;
use crate::block::Form;
use crate::shape::{Ending, Look, Shape, names_unit};
use crate::text::is_blank;
use crate::zh;

/// A lone word that may be a personal name is a byline below a heading and a signature below an article; elsewhere
/// it stays what its score made of it.
pub(super) fn settle_names(lines: &Lines, kinds: &mut [Kind]) {
    for n in 0..kinds.len() {
        let shape = &lines.shapes[n];
        let bracketed = shape.first == '（' && shape.last == '）' && shape.han + 2 == shape.chars;
        let is_line = lines.blocks[n].form == Form::Text && (shape.han == shape.chars || bracketed);
        let lone = is_line && (2..=4).contains(&shape.han);
        // 余 秋: a name of two characters is set as wide as one of three; one of three, too, may be set apart.
        let is_spaced = shape.gaps == 1 && shape.han == 2
            || shape.gaps == 2 && shape.han == 3 && lone && zh::is_surname(shape.first);
        if writes_for_unit(lines, kinds, n) {
            kinds[n] = Kind::Byline;
            continue;
        }
        if !is_line || shape.chars > MOST_NAMED || !matches!(kinds[n], Kind::Title | Kind::Paragraph) {
            continue;
        }
        let are_names = are_names(lines.content(n));
        if !lone && !are_names {
            continue;
        }
        let above = n.checked_sub(1).map(|n| (kinds[n], &lines.shapes[n]));
        let is_marked = n > 0 && lines.mark(n - 1).is_some();
        let below = kinds.get(n + 1).map(|kind| (*kind, &lines.shapes[n + 1]));
        // The first poem of a cycle is called 其一.
        let is_cycle = |shape: &Shape| shape.first == '其' && shape.chars <= MOST_POEM && shape.numbering.is_some();
        // Below the name of a page stands its imprint.
        let is_body = |shape: &Shape| !shape.lead && shape.look != Look::Imprint;
        let heads_text = below.is_none_or(|(kind, shape)| kind == Kind::Paragraph && is_body(shape) || is_cycle(shape));
        let below_title = above
            .is_some_and(|(kind, shape)| kind == Kind::Title && (shape.look != Look::Name || is_marked))
            && heads_text;
        let closes = above.is_some_and(|(kind, shape)| kind == Kind::Paragraph && shape.ending == Ending::Stop)
            && below.is_none_or(|(kind, _)| kind == Kind::Title);
        let is_name = shape.look == Look::Name;
        // A word of three characters is a title where who wrote it stands below, the name of a column where that stands below the
        // next title, and so is one that counts: 诗二首.
        let is_word = || {
            let counts = ['首', '则', '题', '篇'].contains(&shape.last);
            let names_author = |n: usize| {
                lines
                    .shapes
                    .get(n)
                    .is_some_and(|shape| matches!(shape.look, Look::Name | Look::Byline | Look::Signature))
            };
            let is_column = shape.is_banner || shape.look == Look::Label;
            !counts && !is_column && !names_author(n + 1) && !names_author(n + 2)
        };
        let signs = closes && lone && (is_name || bracketed || shape.chars <= 3 && is_word());
        // Below the title of a picture stands who made it, whatever follows.
        let made_picture = is_name
            && above.is_some_and(|(kind, above)| kind == Kind::Title && above.last == '）')
            && ARTS.iter().any(|art| lines.content(n - 1).ends_with(art));
        // A pen name is any word; but one of several words that head the parts of an article heads the first of them.
        let is_pen_name = || {
            shape.look == Look::Plain
                && lone
                && !bracketed
                && below_title
                && lines.mark(n).is_none()
                && !heads_next_part(lines, kinds, n)
                && above.is_some_and(|(_, above)| (above.chars >= LEAST_TITLED || above.pauses > 0) && !above.is_banner)
        };
        if (is_name || is_spaced || are_names) && below_title || signs || made_picture || is_pen_name() {
            kinds[n] = Kind::Byline;
        }
    }
}

/// Whether block `n` stands between a title and its text and is where someone works and a word of two or three characters,
/// which may be any as a pen name is: 青川机械厂 老树.
fn writes_for_unit(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    let shape = &lines.shapes[n];
    let is_line = kinds[n] == Kind::Title
        && lines.mark(n).is_none()
        && shape.gaps == 1
        && shape.han == shape.chars
        && shape.chars <= MOST_SIGNATURE;
    if !is_line || n == 0 || kinds[n - 1] != Kind::Title {
        return false;
    }
    let above = &lines.shapes[n - 1];
    let is_title =
        above.chars >= LEAST_TITLED && !above.is_banner && matches!(above.ending, Ending::Bare | Ending::Closer);
    let has_text = || kinds.get(n + 1) == Some(&Kind::Paragraph) && !lines.shapes[n + 1].lead;
    let (unit, name) = lines.content(n).split_once(is_blank).unwrap_or_default();
    let is_word = || (2..=3).contains(&name.chars().count());
    is_title && has_text() && is_word() && names_unit(unit)
}

/// 其十二: the number of a poem in a cycle has at most this many characters.
const MOST_POEM: u32 = 3;

/// What sort of picture it is, as its title says.
const ARTS: [&str; 9] =
    ["（油画）", "（国画）", "（中国画）", "（版画）", "（书法）", "（摄影）", "（木刻）", "（剪纸）", "（漫画）"];

/// The title above a pen name has at least this many characters: a shorter line is the name of a column above a short
/// title.
const LEAST_TITLED: u32 = 6;

/// Whether a heading as short as block `n` stands by itself between the paragraphs behind it.
fn heads_next_part(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    let is_part = |at: usize| kinds[at] == Kind::Title && lines.shapes[at].chars <= MOST_PART;
    // Below verse nothing goes on.
    if lines.shapes.get(n + 1).is_some_and(|below| below.ending == Ending::Pause && below.chars <= MOST_RUN_CHARS) {
        return false;
    }
    let next = (n + 1..kinds.len()).find(|at| kinds[*at].is_heading());
    next.is_some_and(|at| is_part(at) && kinds.get(at + 1).is_none_or(|kind| !kind.is_heading()))
}

/// Such a heading has at most this many characters.
const MOST_PART: u32 = 5;

/// Whether `content`, of at most [`MOST_NAMED`] characters, is two or three personal names, with blanks between them or
/// without.
fn are_names(content: &str) -> bool {
    let words: Vec<Vec<char>> =
        content.split(is_blank).filter(|word| !word.is_empty()).map(|word| word.chars().collect()).collect();
    match words.as_slice() {
        // Four characters are a name and a given one as often as two names.
        [word] => word.len() > 4 && zh::personal_names(word).is_some_and(|n| (2..=3).contains(&n)),
        words => {
            let is_name = |word: &Vec<char>| word.len() <= 3 && zh::personal_names(word) == Some(1);
            (2..=3).contains(&words.len()) && words.iter().all(is_name)
        }
    }
}

/// Three names of three characters.
const MOST_NAMED: u32 = 9;

/// A line between a notice and its date signs the notice, with nothing of it behind the date; so does one below it
/// that its title begins with (青川市法院公告 … 青川市法院), and the name of a company between a whole paragraph and the
/// marked heading of what follows, if it has no mark itself.
pub(super) fn settle_signatures(lines: &Lines, kinds: &mut [Kind]) {
    let mut title = None;
    for n in 1..kinds.len() {
        if kinds[n - 1] == Kind::Title {
            title = Some(n - 1);
        }
        let (shape, block) = (&lines.shapes[n], &lines.blocks[n]);
        let is_line = kinds[n].is_heading()
            && block.form == Form::Text
            && shape.chars <= MOST_SIGNATURE
            && shape.pauses + shape.stops == 0;
        let above = n - 1;
        let closes = !kinds[above].is_heading() && kinds[above] != Kind::Byline;
        let is_over = |n: usize| {
            let goes_on =
                |kind: Kind| !kind.is_heading() && !matches!(lines.shapes[n].look, Look::Jump | Look::Imprint);
            kinds.get(n).is_none_or(|kind| !goes_on(*kind))
        };
        let is_dated = lines.shapes.get(n + 1).is_some_and(|below| below.look == Look::Date) && is_over(n + 2);
        let is_named =
            || title.is_some_and(|title| lines.content(title).starts_with(lines.content(n))) && is_over(n + 1);
        let is_body = || {
            let content = lines.content(n);
            lines.shapes[above].ending == Ending::Stop
                && lines.blocks.get(n + 1).is_none_or(|below| below.mark().is_some())
                && BODIES.iter().any(|end| content.ends_with(end))
        };
        if is_line && closes && (is_dated || is_named() || is_body()) {
            kinds[n] = Kind::Byline;
        }
    }
}

/// How the names of those end who sign notices without a date.
pub(super) const BODIES: [&str; 6] = ["公司", "委员会", "办事处", "办公室", "管理局", "管理处"];

/// Whoever signs a notice is named with at most this many characters: a ministry and its bureau.
const MOST_SIGNATURE: u32 = 24;

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Section, Title};
    use crate::article::testing::check;

    #[test]
    fn a_name_below_a_title_is_a_byline() {
        check("车间里的灯火\n\n周晓岚\n\n正文。\n\n正文。\n", &[(Title, "车间里的灯火"), (Byline, "周晓岚")]);
    }

    #[test]
    fn a_name_below_a_letter_signs_it() {
        check(
            "要不要换一份工作\n\n正文。\n\n晓岚\n\n让职工走进温暖的家\n\n本报讯 正文。\n",
            &[(Title, "要不要换一份工作"), (Byline, "晓岚"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn who_wrote_it_may_have_any_name() {
        for byline in [
            "青川中学 周晓岚",
            "青川机械厂 老树",
            "（青川理工学院 周晓岚）",
            "姑苏客",
            "文·周晓岚",
            "周晓岚 李望",
            "周晓岚李望",
            "周晓岚（青川市第一小学）",
        ] {
            check(&format!("旧书摊上的缘分\n\n{byline}\n\n正文。\n"), &[(Title, "旧书摊上的缘分"), (Byline, byline)]);
        }
    }

    #[test]
    fn who_wrote_a_poem_may_have_any_name() {
        check(
            "正文。\n\n诗一首\n\n灯下，听雨\n\n山月\n\n夜从江上来，\n\n不说一句话。\n\n灯一盏盏亮，\n\n像有人在等，\n\n等一条旧船。\n",
            &[(Banner, "诗一首"), (Title, "灯下，听雨"), (Byline, "山月")],
        );
        check(
            "灯火二首\n\n周 老 农\n\n其一\n\n夜夜江边守一灯，风来雨去几人经。\n",
            &[(Title, "灯火二首"), (Byline, "周 老 农"), (Section, "其一")],
        );
    }

    #[test]
    fn who_made_a_picture_stands_below_its_title() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n水塔街的早晨（油画）\n\n周晓岚\n\n区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Title, "水塔街的早晨（油画）"),
                (Byline, "周晓岚"),
                (Title, "区图书馆新馆开馆"),
            ],
        );
    }
}
