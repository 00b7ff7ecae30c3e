//! The turn of someone who speaks, as dialogues and columns of letters print it: 问：, 记者：, 律师 周晓岚：.

use super::byline::POSTS;
use crate::text::is_blank;
use crate::zh;

/// Who speaks without a name.
const SPEAKERS: [&str; 10] = ["问", "答", "记者", "编者", "主持人", "法官", "律师", "专家", "读者", "网友"];

/// A post, a blank and a name have at most this many characters.
const MOST_NAMED: usize = 12;
/// A name and, in brackets, who that is: 周晓岚（青川市第三中学校长）.
const MOST_PRESENTED: usize = 24;

/// Whether `content` begins a turn: with a word for who speaks, with a post and a name, or with a name and a post in brackets,
/// and a colon. A name alone may be the rest of a sentence: …党委书记 ¶ 周晓岚：“….
pub fn begins_turn(content: &str) -> bool {
    let is_colon = |c: char| matches!(c, '：' | ':');
    let mut first = content.char_indices().take(MOST_PRESENTED + 1);
    let Some((n, (at, _))) = first.by_ref().enumerate().find(|(_, (_, c))| is_colon(*c)) else { return false };
    let speaker = content[..at].trim_matches(is_blank);
    if let Some(name) = speaker.strip_suffix(['）', ')']).and_then(|speaker| speaker.split(['（', '(']).next()) {
        return zh::personal_names(&name.trim_matches(is_blank).chars().collect::<Vec<_>>()) == Some(1);
    }
    if n > MOST_NAMED {
        return false;
    }
    let post = SPEAKERS.iter().chain(&POSTS).find_map(|post| speaker.strip_prefix(post));
    post.is_some_and(|name| {
        let name: Vec<char> = name.trim_start_matches(is_blank).chars().collect();
        name.is_empty() && SPEAKERS.contains(&speaker) || zh::personal_names(&name) == Some(1)
    })
}

#[cfg(test)]
mod tests {
    use super::begins_turn;

    #[test]
    fn a_post_a_name_and_a_colon_begin_a_turn() {
        for content in [
            "问：怎样报名？",
            "记者:您怎么看",
            "律师 周晓岚：用人单位",
            "读者李望：我今年",
            "周晓岚（青川镇镇长）：路修好了",
        ] {
            assert!(begins_turn(content), "{content}");
        }
        for content in
            ["周晓岚：“我今年", "说：好", "律师说：好", "记者了解到：", "记者周晓岚", "局长（兼）：", "", "："]
        {
            assert!(!begins_turn(content), "{content}");
        }
    }
}
