//! The text becomes a page of articles: every block gets its kind, headings their groups, articles their parts.
//!
//! [`Page::parse`] runs at every keystroke. Lines, blocks, kinds and articles are linear in the text; whatever is
//! costly to find out about a block is kept in the [`Memo`] under the block's hash.

mod group;
mod kind;

use std::ops::Range;
use std::sync::Arc;

use crate::block::{self, Block, Convention, Format};
use crate::fingerprint::{self, Copy, Echo, Print};
use crate::memo::Cache;
use crate::seam::{Seam, SeamKind};
use crate::shape::{self, Shape};
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
    /// The title of a picture. The text that goes with the picture is a paragraph.
    Caption,
    /// Who wrote it, took it, sent it, signed it.
    Byline,
    /// Running text, verse, figures, imprints: whatever is not a heading and has no marks of its own.
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
        matches!(
            self,
            Self::Banner | Self::Kicker | Self::Title | Self::Subtitle | Self::Section | Self::Label | Self::Caption
        )
    }
}

/// An article: its heading group and the blocks that belong to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// Blocks of banner, kicker, title and subtitle, in order; empty for text before the first title. Bylines
    /// between them are inside the range.
    pub heading: Range<usize>,
    /// Everything from the heading to the end of the article, as stretches of blocks: more than one where
    /// another article stands in between. In order, disjoint, none empty.
    pub parts: Vec<Range<usize>>,
}

impl Article {
    /// Whether block `n` belongs to it.
    pub fn holds(&self, n: usize) -> bool {
        self.parts.iter().any(|part| part.contains(&n))
    }
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
    /// What each block looks like by itself: `shapes[n]` belongs to `blocks[n]`.
    pub shapes: Vec<Shape>,
    /// The kind of each block: `kinds[n]` belongs to `blocks[n]`.
    pub kinds: Vec<Kind>,
    /// Sentences that were cut.
    pub seams: Vec<Seam>,
    /// Paragraphs that come twice.
    pub copies: Vec<Copy>,
    /// Sentences that come twice on purpose.
    pub echoes: Vec<Echo>,
    /// Its articles, by where they begin; together they hold every block once.
    pub articles: Vec<Article>,
}

/// What is kept from one analysis of a document to the next: facts about blocks, under the hash of their content.
#[derive(Default, Debug)]
pub struct Memo {
    /// What each block looks like by itself.
    pub shapes: Cache<Shape>,
    /// By what each block is recognised when it comes twice.
    pub prints: Cache<Arc<Print>>,
}

impl Page {
    /// Reads `source`. `memo` makes the next reading of a similar text cheap and never changes the result.
    pub fn parse(source: impl Into<Arc<str>>, format: Format, memo: &mut Memo) -> Self {
        let text = Text::new(source);
        let blocks = block::blocks(&text, format);
        memo.shapes.turn();
        let shapes: Vec<Shape> =
            blocks.iter().map(|b| memo.shapes.get(b.hash, || shape::shape(text.slice(b.content)))).collect();
        let is_chinese = zh::is_chinese(text.as_str());
        let convention = block::convention(&blocks);
        let mut seams = Vec::new();
        let lines = kind::Lines { text: &text, blocks: &blocks, shapes: &shapes, convention };
        let (kinds, articles) = if is_chinese {
            let wrapped = kind::wrapped(&lines);
            let mut kinds = kind::kinds(&lines, &seams, &wrapped);
            let articles = group::group(&lines, &mut kinds, &seams, &wrapped);
            seams.extend(wrapped.into_iter().filter(|n| kinds[*n].is_heading()).map(wrapped_heading));
            (kinds, articles)
        } else {
            (blocks.iter().map(kind::by_form).collect(), Vec::new())
        };
        let (copies, echoes) = if is_chinese {
            memo.prints.turn();
            let print = |b: &Block| memo.prints.get(b.hash, || Arc::new(fingerprint::print(text.slice(b.content))));
            let prints: Vec<_> = blocks.iter().map(print).collect();
            fingerprint::repetitions(&text, &blocks, &shapes, &prints)
        } else {
            (Vec::new(), Vec::new())
        };
        Self { format, is_chinese, convention, shapes, kinds, seams, copies, echoes, articles, blocks, text }
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

/// The seam between the two lines of a heading, of which block `n` is the first.
const fn wrapped_heading(n: usize) -> Seam {
    Seam { kind: SeamKind::Heading, tail: Some(n), head: Some(n + 1), repeated: 0, confidence: 1.0 }
}
