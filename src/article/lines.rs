//! The lines of a page before its blocks have kinds, and what their form and their look say of themselves.

use super::Kind;
use crate::block::{Block, Convention, Form};
use crate::shape::{self, Look, Shape};
use crate::text::Text;

/// A page before its blocks have kinds.
pub(super) struct Lines<'a> {
    pub text: &'a Text,
    pub blocks: &'a [Block],
    pub shapes: &'a [Shape],
    pub convention: Convention,
}

impl Lines<'_> {
    pub fn content(&self, n: usize) -> &str {
        self.text.slice(self.blocks[n].content)
    }

    /// The contents of `blocks`.
    pub fn contents(&self, blocks: &[usize]) -> Vec<&str> {
        blocks.iter().map(|n| self.content(*n)).collect()
    }

    /// Whether a text as long as a paragraph stands below block `n`.
    pub fn heads_paragraph(&self, n: usize) -> bool {
        self.shapes.get(n + 1).is_some_and(|below| below.chars >= LEAST_PARAGRAPH)
    }

    /// The number of `#`, if the line begins with any.
    pub fn mark(&self, n: usize) -> Option<u8> {
        self.blocks[n].mark()
    }
}

/// A text of at least this many characters is a paragraph and not another heading.
pub(super) const LEAST_PARAGRAPH: u32 = 40;

/// A text of more characters is far too long for a heading.
pub(super) const MOST_LONG: u32 = 90;

/// What the form of a block alone says; [`Kind::Title`] stands for any heading.
pub(super) const fn by_form(block: &Block) -> Kind {
    match block.form {
        Form::Heading(_) => Kind::Title,
        Form::Text => Kind::Paragraph,
        Form::ListItem => Kind::ListItem,
        Form::Table => Kind::Table,
        Form::Image => Kind::Image,
        Form::Html => Kind::Html,
        Form::Quote => Kind::Quote,
        Form::Code => Kind::Code,
        Form::FrontMatter => Kind::FrontMatter,
        Form::Break => Kind::Break,
    }
}

/// What the form and the look of block `n` say by themselves; nothing where it may be a heading or text.
pub(super) fn by_look(lines: &Lines, n: usize) -> Option<Kind> {
    let (block, shape) = (&lines.blocks[n], &lines.shapes[n]);
    let marked = lines.mark(n).is_some();
    let is_date = matches!(shape.look, Look::Date | Look::Figures) && !marked;
    let is_caption = shape.look == Look::Caption && shape.chars > 12;
    // ### 关门时间：6小时15分 above what happened then.
    if marked && shape.look == Look::Imprint && lines.heads_paragraph(n) && shape::tells_time(lines.content(n)) {
        return None;
    }
    match (by_form(block), shape.look) {
        (Kind::Title | Kind::Paragraph, Look::Byline | Look::Credit | Look::Signature) => Some(Kind::Byline),
        (Kind::Title | Kind::Paragraph, Look::Salutation | Look::Jump | Look::Imprint) => Some(Kind::Paragraph),
        (Kind::Title | Kind::Paragraph, _) => {
            (is_date || is_caption || block.is_wrapped() || shape.chars == 0).then_some(Kind::Paragraph)
        }
        (other, _) => Some(other),
    }
}
