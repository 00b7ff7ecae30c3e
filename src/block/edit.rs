//! An edited text: only the lines around the edit are split anew.

use super::{Block, Format, Split, split, wrap};
use crate::markdown;
use crate::text::{Kept, Span, Text};

impl Split {
    /// As [`Split::edited`]; none where blocks depend on more than the lines around them.
    ///
    /// A line that [parts](wrap::parts) the paragraphs around it is the end of what a block may depend on. So what is
    /// kept up to such a line, and from such a line on, stands as it was.
    pub(super) fn edited_near(&self, (old, text): (&Text, &Text), format: Format, kept: Kept) -> Option<Vec<Block>> {
        if !self.is_local || self.format != format {
            return None;
        }
        let parts = |line: &usize| wrap::parts(text, *line);
        let first = text.line_of(kept.before);
        let last = text.line_of(text.len() - kept.behind);
        let edited = text.line(first).cover(text.line(last));
        if format == Format::Markdown && markdown::may_hold_region(text.slice(edited)) {
            return None;
        }
        let from = (0..first).rev().find(parts).map_or(0, |line| line + 1);
        let to = (last + 1..text.line_count()).find(parts).unwrap_or(text.line_count());
        let old_to = to + old.line_count() - text.line_count();

        let begins_before = |line: usize| self.blocks.partition_point(|block| block.lines.start < line);
        let mut blocks = Vec::with_capacity(self.blocks.len() + to - from);
        blocks.extend_from_slice(&self.blocks[..begins_before(from)]);
        split(text, from..to, &[], None, &mut blocks);
        let first_behind = blocks.len();
        let moved = |span: Span| Span::new(span.start + text.len() - old.len(), span.end + text.len() - old.len());
        blocks.extend(self.blocks[begins_before(old_to)..].iter().map(|block| Block {
            span: moved(block.span),
            content: moved(block.content),
            lines: block.lines.start + to - old_to..block.lines.end + to - old_to,
            ..*block
        }));
        if let Some(first) = blocks.get(first_behind) {
            let end_before = first_behind.checked_sub(1).map_or(0, |before| blocks[before].lines.end);
            blocks[first_behind].blank_before = first.lines.start - end_before;
        }
        wrap::page_widths(text, &blocks).is_none().then_some(blocks)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::blocks;

    const WRAPPED: &str =
        "青川市总工会今年为全市各家企业\n的职工开办了二十四期技能培训班，\n已有三千多人参加，大家都说学到了\n真本领。";

    /// Lines of which a text is made: what parts paragraphs, what may be wrapped, what may hold others.
    fn line() -> impl Strategy<Value = String> {
        let lines = vec![
            "",
            "",
            "",
            " ",
            "\u{3000}",
            "\u{feff}",
            "甲。",
            "# 标题",
            "- 项目",
            "---",
            "+++",
            "```",
            "> 引文",
            "<div>",
            "|甲|乙|",
            "|-|-|",
            "青川市总工会今年为全市各家企业",
            "的职工开办了二十四期技能培训班，",
            "已有三千多人参加，大家都说学到了",
            "真本领。",
            WRAPPED,
        ];
        let lines = lines.into_iter().map(str::to_owned).chain([WRAPPED.replace('\n', "").repeat(2)]);
        prop::sample::select(lines.collect::<Vec<_>>())
    }

    /// Lines, each with what ends it.
    fn text(n_lines: std::ops::Range<usize>) -> impl Strategy<Value = String> {
        let line = (line(), prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\r", ""]));
        prop::collection::vec(line, n_lines).prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
    }

    proptest! {
        #[test]
        fn what_is_kept_changes_nothing(
            first in text(0..30),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0..30_usize, text(0..3)), 1..6),
            plain in any::<bool>(),
        ) {
            let format = if plain { Format::Plain } else { Format::Markdown };
            let mut old = Text::new(first);
            let mut kept = Split { blocks: blocks(&old, format), format, is_local: false };
            for (at, n_gone, inserted) in edits {
                let source = old.as_str();
                let start = source.floor_char_boundary(at.index(source.len() + 1));
                let end = source.ceil_char_boundary(start + n_gone);
                let new = Text::new([&source[..start], &inserted, &source[end..]].concat());
                kept = kept.edited((&old, &new), format, Kept::of(old.as_str(), new.as_str()));
                prop_assert_eq!(&kept.blocks, &blocks(&new, format));
                old = new;
            }
        }
    }
}
