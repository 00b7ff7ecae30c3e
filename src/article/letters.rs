//! Who signs the letters of a page: someone from a place that no list holds, an office, whoever the letter is from under a
//! name of their own. Nothing but where such a line stands tells it from the kicker of what follows.

use super::Kind;
use super::lines::Lines;
use crate::block::Form;
use crate::shape::{Ending, Look, MOST_FIELD_NAME};
use crate::text::is_blank;
use crate::zh;

/// So many texts that someone signs make a page of letters.
const LEAST_LETTERS: usize = 2;

/// Whoever signs is named with at most this many characters: an office of a province.
const MOST_SIGNED: u32 = 16;

/// A person and the place that they write from have at most this many characters together.
const MOST_FROM: usize = 8;

/// Who is written to, and who writes under a name of their own, has at most this many characters.
const MOST_CALLED: u32 = 8;

/// Makes bylines of the headings in `kinds` that sign letters.
pub(super) fn settle(lines: &Lines, kinds: &mut [Kind]) {
    let signs = |n: usize| lines.shapes[n].look == Look::Signature && ends_text(lines, kinds, n);
    let has_letters = (1..kinds.len()).filter(|n| signs(*n)).nth(LEAST_LETTERS - 1).is_some();
    // Whether a letter is open that began with whom it is to.
    let mut is_addressed = false;
    for n in 1..kinds.len() {
        if addresses(lines, kinds, n) {
            is_addressed = true;
        } else if kinds[n].is_heading() {
            let is_name = is_addressed && lines.shapes[n].chars <= MOST_CALLED && is_end(lines, n + 1);
            if may_sign(lines, kinds, n) && (is_name || has_letters && names_sender(lines, kinds, n)) {
                kinds[n] = Kind::Byline;
            }
            is_addressed = false;
        }
    }
}

/// Whether block `n` stands right below the end of a text.
fn ends_text(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    kinds[n - 1] == Kind::Paragraph && lines.shapes[n - 1].ending == Ending::Stop
}

fn may_sign(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    let shape = &lines.shapes[n];
    ends_text(lines, kinds, n)
        && lines.blocks[n].form == Form::Text
        && shape.chars <= MOST_SIGNED
        && shape.han == shape.chars
        && !shape.is_banner
        && shape.look != Look::Label
}

/// Whether block `n` says whom the letter below it is to: 小葵：. It stands below a heading, a byline or the end of the
/// letter that it answers.
fn addresses(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    let shape = &lines.shapes[n];
    let is_called = shape.ending == Ending::Colon && shape.chars <= MOST_CALLED && shape.pauses == 1;
    let begins = || kinds[n - 1].is_heading() || kinds[n - 1] == Kind::Byline;
    shape.look == Look::Salutation && shape.ending == Ending::Colon || is_called && begins() && lines.heads_paragraph(n)
}

/// Whether a letter is over before block `n`: the page ends, a marked heading, an address or an answer follows.
fn is_end(lines: &Lines, n: usize) -> bool {
    let Some(shape) = lines.shapes.get(n) else { return true };
    let is_answer = shape.ending == Ending::Colon && shape.chars <= MOST_CALLED;
    // 来信请寄：…
    let tells_where = || {
        let colon = lines.content(n).chars().take(MOST_FIELD_NAME + 1).position(|c| matches!(c, '：' | ':'));
        shape.digits > 0 && colon.is_some_and(|colon| colon >= 2)
    };
    if tells_where() {
        return true;
    }
    lines.mark(n).is_some() || is_answer || matches!(shape.look, Look::Imprint | Look::Date | Look::Salutation)
}

/// Whether block `n`, on a page of letters, names an office, or a place and who writes from there; and nothing but another
/// heading follows, as it does where the next letter begins.
fn names_sender(lines: &Lines, kinds: &[Kind], n: usize) -> bool {
    if kinds.get(n + 1).is_some_and(|below| !below.is_heading() && !is_end(lines, n + 1)) {
        return false;
    }
    let content = lines.content(n);
    let words: Vec<Vec<char>> =
        content.split(is_blank).filter(|word| !word.is_empty()).map(|word| word.chars().collect()).collect();
    match words.as_slice() {
        [_] => super::signature::BODIES.iter().any(|end| content.ends_with(end)),
        [from, who] => {
            let is_person = (2..=3).contains(&who.len()) && zh::personal_names(who) == Some(1);
            let is_short = from.len() + who.len() <= MOST_FROM;
            let post: String = who.iter().collect();
            (2..=4).contains(&from.len()) && is_short && (is_person || crate::shape::POSTS.contains(&post.as_str()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Kind::{Banner, Byline, Title};
    use crate::article::testing::check;

    #[test]
    fn letters_have_titles_and_are_signed() {
        check(
            "路灯何时亮\n\n编辑同志：\n\n正文。\n\n安宁区 水塔街居民 周晓岚\n\n站牌为何看不见\n\n编辑同志：\n\n正文。\n\n市民 李望\n",
            &[
                (Title, "路灯何时亮"),
                (Byline, "安宁区 水塔街居民 周晓岚"),
                (Title, "站牌为何看不见"),
                (Byline, "市民 李望"),
            ],
        );
    }

    #[test]
    fn whoever_signs_a_letter_is_no_kicker_of_the_next() {
        let letters = "路灯何时亮\n\n正文。\n\n安宁区 水塔街居民 周晓岚\n\n站牌为何看不见\n\n正文。\n\n市民 李望\n\n";
        for signer in ["青川市园林管理委员会", "黑水 李晓岚", "黑水一中 班主任"] {
            check(
                &format!("{letters}公园何时开门\n\n正文。\n\n{signer}\n\n水费怎么算\n\n正文。\n"),
                &[
                    (Title, "路灯何时亮"),
                    (Byline, "安宁区 水塔街居民 周晓岚"),
                    (Title, "站牌为何看不见"),
                    (Byline, "市民 李望"),
                    (Title, "公园何时开门"),
                    (Byline, signer),
                    (Title, "水费怎么算"),
                ],
            );
        }
    }

    #[test]
    fn an_addressed_letter_is_signed_with_any_name() {
        check(
            "# 热线信箱\n\n小鹿姐姐：\n\n正文。\n\n想家的小周\n\n小周：\n\n正文。\n\n小鹿姐姐\n\n来信请寄：青川市水塔街12号　邮编：000001\n",
            &[(Banner, "热线信箱"), (Byline, "想家的小周"), (Byline, "小鹿姐姐")],
        );
    }

    #[test]
    fn a_letter_is_signed_above_when_and_where_it_was_written() {
        check(
            "# 寄往青川\n\n周晓岚\n\n亲爱的妈妈：\n\n正文。\n\n祝您安康。\n\n女儿 小岚\n\n2024年5月12日 于青川\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Title, "寄往青川"), (Byline, "周晓岚"), (Byline, "女儿 小岚"), (Title, "把课堂搬进车间")],
        );
    }
}
