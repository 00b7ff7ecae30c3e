//! The text becomes a page of articles: every block gets its kind, headings their groups, articles their parts.

use std::ops::Range;

use crate::block::{self, Block, Convention, Form, Format};
use crate::fingerprint::{Copy, Echo};
use crate::seam::Seam;
use crate::text::Text;
use crate::zh;

/// What a block is in the page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A page banner or the name of a column (版头、栏目).
    Banner,
    /// The line above a title (引题).
    Kicker,
    /// A title (主题).
    Title,
    /// The line below a title (副题).
    Subtitle,
    /// A heading inside an article (小标题).
    Section,
    /// A label of a box or a part: 阅读提示, 读者来问.
    Label,
    /// The title of a picture or the text that goes with it.
    Caption,
    /// Who wrote it, took it, sent it.
    Byline,
    /// Running text.
    Paragraph,
    /// A list item.
    ListItem,
    /// A table.
    Table,
    /// An image.
    Image,
    /// HTML.
    Html,
    /// A quotation block.
    Quote,
    /// Code.
    Code,
    /// Front matter.
    FrontMatter,
    /// A thematic break.
    Break,
}

impl Kind {
    /// Whether it heads what follows.
    pub const fn is_heading(self) -> bool {
        matches!(self, Self::Banner | Self::Kicker | Self::Title | Self::Subtitle | Self::Section | Self::Label)
    }
}

/// An article: its heading group and the blocks that belong to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// Blocks of kicker, title and subtitle, in order; empty for text before the first title.
    pub heading: Range<usize>,
    /// Everything from the heading to the end of the article, as stretches of blocks: more than one where
    /// another article stands in between.
    pub parts: Vec<Range<usize>>,
}

/// A page as the program understands it. Every `&str` has one.
#[derive(Clone, Debug)]
pub struct Page {
    /// The text as it is.
    pub text: Text,
    /// What kind of file it is.
    pub format: Format,
    /// Whether there is enough Chinese in it; if not, there are blocks but no seams, copies or articles.
    pub is_chinese: bool,
    /// How it separates paragraphs.
    pub convention: Convention,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// The kind of each block: `kinds[n]` belongs to `blocks[n]`.
    pub kinds: Vec<Kind>,
    /// Sentences that were cut.
    pub seams: Vec<Seam>,
    /// Paragraphs that come twice.
    pub copies: Vec<Copy>,
    /// Sentences that come twice on purpose.
    pub echoes: Vec<Echo>,
    /// Its articles, by where they begin.
    pub articles: Vec<Article>,
}

/// What is kept from one analysis of a document to the next: facts about blocks, under the hash of their content.
#[derive(Default, Debug)]
pub struct Memo {}

impl Page {
    /// Reads `source`. `memo` makes the next reading of a similar text cheap and never changes the result.
    pub fn parse(source: impl Into<std::sync::Arc<str>>, format: Format, _memo: &mut Memo) -> Self {
        let text = Text::new(source);
        let blocks = block::blocks(&text, format);
        let is_chinese = zh::is_chinese(text.as_str());
        let kinds = blocks.iter().map(|b| kind(&text, b)).collect();
        let convention = block::convention(&blocks);
        Self {
            format,
            is_chinese,
            convention,
            kinds,
            seams: Vec::new(),
            copies: Vec::new(),
            echoes: Vec::new(),
            articles: Vec::new(),
            blocks,
            text,
        }
    }

    /// The text of block `n` without its marks.
    pub fn content(&self, n: usize) -> &str {
        self.text.slice(self.blocks[n].content)
    }

    /// The block that holds byte `at`, or the last before it.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        self.blocks.partition_point(|b| b.span.start <= at).checked_sub(1)
    }
}

fn kind(text: &Text, block: &Block) -> Kind {
    match block.form {
        Form::Heading(_) => Kind::Title,
        Form::ListItem => Kind::ListItem,
        Form::Table => Kind::Table,
        Form::Image => Kind::Image,
        Form::Html => Kind::Html,
        Form::Quote => Kind::Quote,
        Form::Code => Kind::Code,
        Form::FrontMatter => Kind::FrontMatter,
        Form::Break => Kind::Break,
        Form::Text if zh::is_closed(text.slice(block.content)) || block.content.len() > 90 => Kind::Paragraph,
        Form::Text => Kind::Title,
    }
}
