//! The text becomes a page of articles: every block gets its kind, headings their groups, articles their parts.
//!
//! [`Page::parse`] runs at every keystroke. Kinds and articles are linear in the blocks; whatever is costlier is kept in
//! the [`Memo`] for what stands in the next version, too.

mod cell;
mod group;
pub mod heading;
mod kind;
mod letters;
mod lines;
pub mod opening;
mod run;
mod signature;
#[cfg(test)]
mod testing;
mod wrapped;

use std::ops::Range;
use std::sync::Arc;

use crate::block::diff::Diff;
use crate::block::{self, Block, Convention, Format, Split};
use crate::fingerprint::{self, Comparable, Copy, Echo, Print};
use crate::memo::Cache;
use crate::seam::{self, Seam, SeamKind};
use crate::shape::{self, Shape};
use crate::text::{Kept, Span, Text};
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
    /// Its blocks in order.
    pub fn blocks(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().flat_map(Clone::clone)
    }

    /// Whether block `n` belongs to it.
    pub fn holds(&self, n: usize) -> bool {
        self.parts.iter().any(|part| part.contains(&n))
    }
}

/// A page as the program understands it. Every `&str` has one.
#[derive(Clone, Debug)]
pub struct Page {
    /// The text as it is.
    pub text: Arc<Text>,
    /// The text [in simplified characters](zh::script), as it is analysed: spans hold in both.
    pub simplified: Arc<Text>,
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
    /// By what each block is recognised when it comes twice; empty where the text is not Chinese.
    pub prints: Vec<Arc<Print>>,
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

/// What is kept from one analysis of a document to the next, by [block](crate::block::diff).
#[derive(Default, Debug)]
pub struct Memo {
    /// The version that was read last.
    text: Arc<Text>,
    simplified: Arc<Text>,
    split: Split,
    shapes: Vec<Shape>,
    /// Whether the rest is of that version, too.
    was_chinese: bool,
    prints: Vec<Arc<Print>>,
    seams: seam::Memo,
    /// How likely headings open articles, by what they and the texts around them are.
    openings: Cache<f32>,
    repetitions: fingerprint::Memo,
}

/// From this confidence on that a half of a sentence is lost, the line is text rather than a heading: as likely as not.
const LIKELIER: f32 = 0.5;

impl Page {
    /// Reads `source`. `memo` makes the next reading of a similar text cheap and never changes the result.
    pub fn parse(source: impl Into<String>, format: Format, memo: &mut Memo) -> Self {
        let source = source.into();
        let kept = Kept::of(memo.text.as_str(), &source);
        let text = Arc::new(memo.text.edited(source, kept));
        let simplified = zh::script::edited(&text, (&memo.text, &memo.simplified), kept);
        let split = memo.split.edited((&memo.simplified, &simplified), format, kept);
        let diff = Diff::new(&memo.split.blocks, &split.blocks);
        let blocks = split.blocks.clone();
        let content = |n: usize| simplified.slice(blocks[n].content);
        diff.apply(&mut memo.shapes, |n| shape::shape(content(n)));
        let shapes = memo.shapes.clone();
        let is_chinese = zh::is_chinese(simplified.as_str());
        let diff = if memo.was_chinese { diff } else { Diff::whole(blocks.len()) };
        let convention = block::convention(&blocks);
        let lines = lines::Lines { text: &simplified, blocks: &blocks, shapes: &shapes, convention };
        let mut seams = Vec::new();
        let (kinds, articles) = if is_chinese {
            seams = seam::seams(&simplified, &blocks, &shapes, &diff, &mut memo.seams);
            let around = heading::Around::new(&lines);
            let wrapped = wrapped::wrapped(&lines, &around);
            // A sentence that goes on from one marked line to the next is a heading.
            let is_heading = |n: usize| blocks[n].mark().is_some() && wrapped.binary_search(&n).is_ok();
            seams.retain(|seam| !seam.tail.is_some_and(|n| is_heading(n) && seam.head == Some(n + 1)));
            // A line of verse stops where it likes, and goes on nowhere else on the page.
            let is_verse = |seam: &Seam| seam.tail.is_some_and(|n| around.runs[n]);
            seams.retain(|seam| seam.kind != SeamKind::Displaced || !is_verse(seam));
            // A block whose other half is found is text; one that merely looks cut may still be a heading, unless that is
            // the likelier of the two.
            let is_text = |seam: &&Seam| seam.tail.is_some() && seam.head.is_some() || seam.confidence >= LIKELIER;
            let whole: Vec<Seam> = seams.iter().filter(is_text).copied().collect();
            let mut kinds = kind::kinds(&lines, &around, &whole, &wrapped);
            memo.openings.turn();
            let articles = group::group(&lines, &mut kinds, &whole, &wrapped, &mut memo.openings);
            // What heads something is no sentence whose end or beginning is lost.
            let heads = |seam: &Seam| seam.tail.or(seam.head).is_some_and(|n| kinds[n].is_heading());
            seams.retain(|seam| !heads(seam));
            seams.extend(wrapped.into_iter().filter(|n| kinds[*n].is_heading()).map(wrapped_heading));
            (kinds, articles)
        } else {
            (blocks.iter().map(lines::by_form).collect(), Vec::new())
        };
        let mut prints: Vec<Arc<Print>> = Vec::new();
        let (mut copies, mut echoes) = (Vec::new(), Vec::new());
        if is_chinese {
            diff.apply(&mut memo.prints, |n| Arc::new(fingerprint::print(content(n))));
            prints.clone_from(&memo.prints);
            (copies, echoes) = fingerprint::repetitions(
                Comparable { text: &simplified, blocks: &blocks, shapes: &shapes, prints: &prints },
                &diff,
                &mut memo.repetitions,
            );
        }
        memo.text = Arc::clone(&text);
        memo.simplified = Arc::clone(&simplified);
        memo.split = split;
        memo.was_chinese = is_chinese;
        Self {
            text,
            simplified,
            format,
            is_chinese,
            convention,
            blocks,
            shapes,
            prints,
            kinds,
            seams,
            copies,
            echoes,
            articles,
        }
    }

    /// Whether it is read as it is written, in simplified characters.
    pub fn is_simplified(&self) -> bool {
        Arc::ptr_eq(&self.text, &self.simplified)
    }

    /// What a comparison with another page needs to know; nothing of a text that is not Chinese.
    pub fn comparable(&self) -> Comparable<'_> {
        let n_blocks = self.prints.len();
        Comparable {
            text: &self.simplified,
            blocks: &self.blocks[..n_blocks],
            shapes: &self.shapes[..n_blocks],
            prints: &self.prints,
        }
    }

    /// The text of block `n` without its marks.
    pub fn content(&self, n: usize) -> &str {
        self.text.slice(self.blocks[n].content)
    }

    /// What is to be deleted for a run of blocks to be gone, which is not empty: its lines and the gap behind it, so
    /// that the next block stands as far from the one before as the run did. At the end of the page it is the gap
    /// before it that goes, and the file ends as it did.
    pub fn with_gap(&self, run: &Range<usize>) -> Span {
        let line = |n: usize| self.text.line(n);
        let (first, last) = (&self.blocks[run.start], &self.blocks[run.end - 1]);
        if let Some(next) = self.blocks.get(run.end) {
            return Span::new(line(first.lines.start).start, line(next.lines.start).start);
        }
        let start = match run.start.checked_sub(1) {
            Some(before) => line(self.blocks[before].lines.end - 1).end,
            None => line(first.lines.start).start,
        };
        Span::new(start, line(last.lines.end - 1).end)
    }

    /// The block that holds byte `at`, or the last before it.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        self.blocks.partition_point(|b| b.span.start <= at).checked_sub(1)
    }
}

/// The seam between the two lines of a heading, of which block `n` is the first.
const fn wrapped_heading(n: usize) -> Seam {
    Seam { kind: SeamKind::Heading, tail: Some(n), head: Some(n + 1), repeated: 0, parts_word: false, confidence: 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::BODY;
    use super::*;
    use crate::outline::{Symbol, outline};

    #[test]
    fn a_run_goes_with_its_gap() {
        for (source, run, left) in [
            ("甲。\n\n乙。\n\n\n丙。\n", 1..2, "甲。\n\n丙。\n"),
            ("甲。\n\n乙。\n丙。\n\n丁。\n", 1..3, "甲。\n\n丁。\n"),
            ("\n甲。\n\n乙。\n", 0..1, "\n乙。\n"),
            ("甲。\n\n\n乙。\n\n", 1..2, "甲。\n\n"),
            ("甲。 \n\n　　乙。 ", 1..2, "甲。 "),
            ("　　甲。\r\n　　乙。 \r\n　　丙。", 1..2, "　　甲。\r\n　　丙。"),
            ("甲。\n", 0..1, "\n"),
        ] {
            let page = Page::parse(source, Format::Markdown, &mut Memo::default());
            let mut text = source.to_owned();
            text.replace_range(page.with_gap(&run).range(), "");
            assert_eq!(text, left, "{run:?} of {source:?}");
        }
    }

    /// Lines of which pages are made.
    fn line() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "# 把课堂搬进车间",
            "让职工走进温暖的家",
            "## 青年职工的",
            "成长“法则”",
            "工会时评",
            "阅读提示",
            "G 心路",
            "要不要争取？",
            "本报记者 周晓岚",
            "浙江 周晓岚",
            "晓岚",
            "（周晓岚 摄）",
            "图为职工在学习。",
            "本报讯 正文。",
            "正文。",
            "　　正文。",
            "“快来看，这是我。”一名年轻",
            "一、总体要求",
            "（一）目标",
            "1. 加强领导",
            "- 甲",
            "---",
            "![图](a.png)",
            "|甲|乙|",
            "|-|-|",
            "```",
            "> 引文",
            "<div>",
            "",
            "",
            "　　",
            "\u{c}",
            "青川市总工会今年为全市各家企业",
            "的职工开办了二十四期技能培训班，",
            "技术过硬，肯教徒弟",
            "说话算数，办事公道",
            "安全在前，质量在心",
            "（下转第三版）",
            "1 2 3 4",
            "\0",
            "𠮷",
        ])
        .prop_map(|line| line.replace("正文。", BODY))
    }

    fn inside(symbol: &Symbol, page: &Page) -> bool {
        let (span, selection) = (symbol.span, symbol.selection);
        page.text.as_str().get(span.range()).is_some()
            && span.start <= selection.start
            && selection.end <= span.end
            && symbol
                .children
                .iter()
                .all(|child| span.start <= child.span.start && child.span.end <= span.end && inside(child, page))
    }

    proptest! {
        #[test]
        fn every_page_has_articles_that_hold_each_block_once(lines in prop::collection::vec(line(), 0..40)) {
            let page = Page::parse(lines.join("\n"), Format::Markdown, &mut Memo::default());
            prop_assert_eq!(page.kinds.len(), page.blocks.len());
            if page.is_chinese {
                let mut held: Vec<usize> = page.articles.iter().flat_map(Article::blocks).collect();
                held.sort_unstable();
                prop_assert_eq!(held, (0..page.blocks.len()).collect::<Vec<_>>());
                for article in &page.articles {
                    prop_assert!(article.parts.iter().all(|part| part.start < part.end));
                    prop_assert!(article.parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
                    prop_assert!(article.heading.clone().all(|n| article.holds(n)));
                }
                prop_assert!(page.articles.windows(2).all(|pair| pair[0].parts[0].start < pair[1].parts[0].start));
            }
            prop_assert!(outline(&page).iter().all(|symbol| inside(symbol, &page)));
        }

        #[test]
        fn the_memo_changes_nothing(lines in prop::collection::vec(line(), 1..30), edits in prop::collection::vec((any::<usize>(), line()), 1..6)) {
            let mut lines = lines;
            let mut memo = Memo::default();
            for (at, line) in edits {
                let at = at % lines.len();
                lines[at] = line;
                let warm = Page::parse(lines.join("\n"), Format::Markdown, &mut memo);
                let cold = Page::parse(lines.join("\n"), Format::Markdown, &mut Memo::default());
                prop_assert_eq!(&warm.blocks, &cold.blocks);
                prop_assert_eq!(&warm.shapes, &cold.shapes);
                prop_assert_eq!(&warm.kinds, &cold.kinds);
                prop_assert_eq!(&warm.articles, &cold.articles);
            }
        }
    }
}
