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
mod wrapped;

use std::ops::Range;
use std::sync::Arc;

use crate::block::diff::Diff;
use crate::block::{self, Block, Convention, Format, Split};
use crate::fingerprint::across::Comparable;
use crate::fingerprint::{self, Copy, Echo, Print};
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

    use super::*;
    use crate::outline::{Symbol, outline};

    const BODY: &str = "区总工会今年为各家企业的职工开办了二十四期技能培训班，已有三千多人参加，大家都说学到了真本领。";

    fn parse(source: &str) -> Page {
        Page::parse(source.replace("正文。", BODY), Format::Markdown, &mut Memo::default())
    }

    /// Asserts which lines of `source` are of which kind; lines of other kinds are passed over.
    #[track_caller]
    fn check(source: &str, expected: &[(Kind, &str)]) {
        let page = parse(source);
        let found: Vec<(Kind, &str)> = (0..page.blocks.len())
            .filter(|n| page.kinds[*n].is_heading() || page.kinds[*n] == Kind::Byline)
            .map(|n| (page.kinds[n], page.content(n)))
            .collect();
        assert_eq!(found, expected);
    }

    use Kind::{Banner, Byline, Caption, Kicker, Label, Section, Subtitle, Title};

    #[test]
    fn a_mark_with_a_blank_heads_a_section() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n■ 向每一度电要效益\n\n正文。\n\n■ 人人都是行家\n\n正文。\n",
            &[
                (Kind::Title, "把课堂搬进车间"),
                (Kind::Section, "■ 向每一度电要效益"),
                (Kind::Section, "■ 人人都是行家"),
            ],
        );
    }

    #[test]
    fn a_subtitle_begins_with_a_dash() {
        check(
            "把课堂搬进车间\n\n——青川市职工技能培训纪实\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Subtitle, "——青川市职工技能培训纪实"), (Byline, "本报记者 周晓岚")],
        );
    }

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
    fn a_marked_paragraph_is_no_heading() {
        check("# 让职工走进温暖的家\n\n## 正文。正文。\n", &[(Title, "让职工走进温暖的家")]);
    }

    #[test]
    fn questions_of_an_interview_are_text() {
        check(
            "# 把课堂搬进车间\n\n本报记者 周晓岚\n\n问：今年开了多少期培训班？\n\n答：正文。\n\n记者：职工们怎么看？\n\n李望：正文。\n",
            &[(Title, "把课堂搬进车间"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn a_question_may_be_a_kicker() {
        check(
            "要不要换一份工作？\n\n想清楚再出发\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Kicker, "要不要换一份工作？"), (Title, "想清楚再出发"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn speech_and_narration_are_text() {
        check(
            "# 车间里的灯火\n\n“快来看，这是我。”一名年轻\n\n工人说。\n\n大家都愣住了：\n\n正文。\n",
            &[(Title, "车间里的灯火")],
        );
    }

    #[test]
    fn verse_has_a_title_and_lines() {
        check(
            "车间里的灯火\n\n周晓岚\n\n灯火亮起来\n在雨夜里\n像一串串果实\n挂满厂房\n照亮了回家的路\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Title, "车间里的灯火"), (Byline, "周晓岚"), (Title, "把课堂搬进车间")],
        );
    }

    #[test]
    fn lines_of_one_length_are_boxes() {
        check(
            "## 班组长的“法宝”\n\n正文。\n\n\n技术过硬，肯教徒弟\n\n\n说话算数，办事公道\n\n\n安全在前，质量在心\n\n## 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[
                (Title, "班组长的“法宝”"),
                (Section, "技术过硬，肯教徒弟"),
                (Section, "说话算数，办事公道"),
                (Section, "安全在前，质量在心"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn a_picture_interrupts_an_article() {
        let page = parse(
            "# 把课堂搬进车间\n\n本报记者 周晓岚\n\n正文。\n\n## 车间里的灯火\n\n日前，职工在学习。图为上课现场。 新华社记者 李望 摄\n\n正文。\n\n## 师傅带徒弟\n\n正文。\n",
        );
        assert_eq!(page.articles.len(), 2);
        assert_eq!(page.articles[0].parts, [0..3, 5..8]);
        assert_eq!(page.kinds[3], Caption);
        assert_eq!(page.kinds[6], Section);
    }

    #[test]
    fn on_a_page_that_marks_its_headings_a_bare_line_is_text() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n## 师傅带徒弟\n\n正文。\n\n来自青川职业学院的年轻教师欧\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n青川市总工会推进阵地建设\n\n# 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Kicker, "青川市总工会推进阵地建设"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn a_page_may_begin_with_the_end_of_an_article() {
        check(
            "正文。\n\n三、保障措施\n\n正文。\n\n（晓岚）\n\n让职工走进温暖的家\n\n本报讯 正文。\n",
            &[(Section, "三、保障措施"), (Byline, "（晓岚）"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn a_page_may_begin_with_the_end_of_an_article_that_says_a_line_of_the_next_title() {
        let page = parse("区里青年职工的精神面貌变了样，大家都说好。\n\n## 青年职工的\n成长“法则”\n\n本报讯 正文。\n");
        assert_eq!(page.articles.len(), 2);
        assert_eq!((page.articles[1].heading.clone(), &page.kinds[1..3]), (1..3, &[Title, Title][..]));
    }

    #[test]
    fn a_sentence_that_breaks_off_is_no_heading() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n今年春天，师傅又收了三个徒弟。车间里把二\n\n## 让职工走进温暖的家\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Section, "让职工走进温暖的家")],
        );
        check("# 把课堂搬进车间\n\n正文。\n\n7月9日傍晚，我骑车路过车间的门\n\n正文。\n", &[(Title, "把课堂搬进车间")]);
    }

    #[test]
    fn what_closes_an_article_is_no_kicker_of_the_next() {
        check(
            "## 拍卖公告\n\n正文。\n\n青川市诚信拍卖有限公司\n\n## 光影故事\n\n正文。\n\n志愿者 周晓岚 摄\n\n## 让职工走进温暖的家\n\n正文。\n",
            &[
                (Title, "拍卖公告"),
                (Byline, "青川市诚信拍卖有限公司"),
                (Caption, "光影故事"),
                (Byline, "志愿者 周晓岚 摄"),
                (Title, "让职工走进温暖的家"),
            ],
        );
    }

    #[test]
    fn the_name_of_a_page_stands_above_its_date() {
        check(
            "青川日报\n\n2024年3月5日　星期二　编辑 周晓岚\n\n# 把课堂搬进车间\n\n## 今年开了二十四期培训班\n\n本报讯 正文。\n",
            &[(Banner, "青川日报"), (Title, "把课堂搬进车间"), (Subtitle, "今年开了二十四期培训班")],
        );
        check(
            "# 社区新闻\n\n## 把课堂搬进车间\n\n本报讯 正文。\n\n## 让职工走进温暖的家\n\n本报讯 正文。\n",
            &[(Banner, "社区新闻"), (Title, "把课堂搬进车间"), (Title, "让职工走进温暖的家")],
        );
    }

    #[test]
    fn a_title_stands_above_the_dash_of_its_subtitle() {
        check(
            "优秀班组名单\n装配车间一班\n焊接车间二班\n涂装车间三班\n总装车间四班\n车间里的灯火\n——记装配车间工人 李望\n本报记者 周晓岚\n正文。\n",
            &[(Title, "车间里的灯火"), (Subtitle, "——记装配车间工人 李望"), (Byline, "本报记者 周晓岚")],
        );
        check(
            "# 传 灯 人\n\n**——记装配车间工人 李望**\n\n■本报记者 周晓岚\n\n正文。\n",
            &[(Title, "传 灯 人"), (Subtitle, "——记装配车间工人 李望"), (Byline, "■本报记者 周晓岚")],
        );
    }

    #[test]
    fn what_stands_below_the_highest_mark_is_a_subtitle() {
        check(
            "## 市场监管\n\n# 餐馆里的大黄鱼是养殖的\n\n### 一条鱼差价八百元\n\n本报讯 正文。\n",
            &[(Kicker, "市场监管"), (Title, "餐馆里的大黄鱼是养殖的"), (Subtitle, "一条鱼差价八百元")],
        );
    }

    #[test]
    fn a_column_stands_above_a_title_with_two_deeper_marks() {
        check(
            "# 身边\n\n## 六旬阿姨练瑜伽十年\n\n### 带出一支“银发队”\n\n正文。\n",
            &[(Banner, "身边"), (Title, "六旬阿姨练瑜伽十年"), (Subtitle, "带出一支“银发队”")],
        );
    }

    #[test]
    fn a_subtitle_says_who_spoke_or_explains() {
        check(
            "全区防汛工作会议召开\n\n周晓岚主持并讲话\n\n本报讯 正文。\n",
            &[(Title, "全区防汛工作会议召开"), (Subtitle, "周晓岚主持并讲话")],
        );
        check(
            "# 以项目之进促发展之稳\n\n青川上半年投资超三百亿元\n\n——重点项目建设综述\n\n正文。\n",
            &[(Kicker, "以项目之进促发展之稳"), (Title, "青川上半年投资超三百亿元"), (Subtitle, "——重点项目建设综述")],
        );
        check(
            "# 老街的铜匠\n\n## 一一探访最后一家铜匠铺\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "老街的铜匠"), (Subtitle, "一一探访最后一家铜匠铺"), (Byline, "本报记者 周晓岚")],
        );
    }

    #[test]
    fn who_wrote_it_may_have_any_name() {
        for byline in
            ["青川中学 周晓岚", "姑苏客", "文·周晓岚", "周晓岚 李望", "周晓岚李望", "周晓岚（青川市第一小学）"]
        {
            check(&format!("旧书摊上的缘分\n\n{byline}\n\n正文。\n"), &[(Title, "旧书摊上的缘分"), (Byline, byline)]);
        }
    }

    #[test]
    fn the_first_part_may_begin_below_the_title() {
        check(
            "微波炉加热食物会致癌？\n\n流言\n\n正文。\n\n真相\n\n正文。\n",
            &[(Title, "微波炉加热食物会致癌？"), (Section, "流言"), (Section, "真相")],
        );
    }

    #[test]
    fn a_note_below_an_article_is_no_kicker() {
        for note in ["（文中人物均为化名）", "（据《青川科学》）", "（晓岚 望之）"] {
            check(
                &format!("# 把课堂搬进车间\n\n正文。\n\n{note}\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n"),
                &[(Title, "把课堂搬进车间"), (Byline, note), (Title, "区图书馆新馆开馆")],
            );
        }
    }

    #[test]
    fn lists_below_an_article_are_text() {
        for list in [
            "1993年3月　开发区挂牌成立\n\n2001年8月　首家企业入驻\n\n2010年9月　升级为省级开发区",
            "组　长：周晓岚\n\n副组长：李　望　何　芳\n\n成　员：江　帆　杜　薇",
            "导演：周晓岚\n\n领唱：李望\n\n主演：何芳、江帆",
            "15:30 足球 青川—安宁\n\n19:35 篮球 东城—西城",
            "1.身份证复印件\n\n2.户口簿复印件\n\n3.一寸照片两张",
            "1.下列哪种动物冬眠？\n\nA.刺猬　B.兔子　C.狐狸",
            "女子铅球：1、周晓岚（青川）19米12；2、李望（安宁）18米63",
            "9.68\n\n亿元，是今年的投资规模\n\n18\n\n处，是已经开工的水库数量",
            "日前公布的青川市最美家庭名单里，安宁区共有三户人家上榜，他们是：\n\n东街街道 周晓岚家庭\n\n西街街道 李望家庭\n\n水塔街道 何芳家庭",
        ] {
            check(
                &format!("# 把课堂搬进车间\n\n本报讯 正文。\n\n{list}\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n"),
                &[(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆")],
            );
        }
    }

    #[test]
    fn guests_of_a_talk_are_text() {
        check(
            "# “进厂”的路不止一条\n\n嘉宾\n\n徐师傅 青川机械厂钳工班长\n\n小李 安宁技师学院数控专业毕业生\n\n\
            主持人：近日，本报发起一场讨论，请两位来谈谈。\n\n徐师傅：我在车间里干了三十年，带过二十个徒弟。\n",
            &[(Title, "“进厂”的路不止一条"), (Label, "嘉宾")],
        );
    }

    #[test]
    fn a_note_in_brackets_ends_a_poem() {
        check(
            "# 渡船\n\n渡口的墙上，贴着一首船工们自己写的诗：\n\n水来的时候\n\n我们往水里走\n\n灯灭的时候\n\n我们往河边走\n\n\
            如果有人问起\n\n因为那里，有人在等\n\n（青川慈善会对本文亦有帮助）\n\n\
            公益圆桌\n\n透明是最好的“加热器”\n\n主持人：近日，青川各募捐平台公布了年度报告，有人欢喜，有人质疑，请几位嘉宾聊一聊。\n",
            &[
                (Title, "渡船"),
                (Byline, "（青川慈善会对本文亦有帮助）"),
                (Banner, "公益圆桌"),
                (Title, "透明是最好的“加热器”"),
            ],
        );
    }

    #[test]
    fn verse_with_a_line_that_might_be_a_name_is_verse() {
        check(
            "蒲公英（外一首）\n\n□周晓岚\n\n风一吹\n\n它就把家拆了\n\n每一粒种子\n\n都带走一把小伞\n\n路灯\n\n它站在那里\n\n只把影子还给行人\n\n豆腐西施\n\n□李望\n\n正文。\n",
            &[(Title, "蒲公英（外一首）"), (Byline, "□周晓岚"), (Title, "豆腐西施"), (Byline, "□李望")],
        );
    }

    #[test]
    fn sections_need_no_marks_where_titles_have_them() {
        check(
            "# 他把无人机飞成了管家\n\n## ——记致富带头人\n\n正文。\n\n第一年赔了十八万\n\n正文。\n\n“钢水不等人”\n\n正文。\n\n# 青言青语\n\n## 别让时间白白过去\n\n正文。\n",
            &[
                (Title, "他把无人机飞成了管家"),
                (Subtitle, "——记致富带头人"),
                (Section, "第一年赔了十八万"),
                (Section, "“钢水不等人”"),
                (Banner, "青言青语"),
                (Title, "别让时间白白过去"),
            ],
        );
    }

    #[test]
    fn couplets_head_the_parts_of_one_article() {
        check(
            "# 澜水之滨起新城\n\n本报记者 周晓岚\n\n正文。\n\n# 敢为人先，一张白纸绘蓝图\n\n正文。\n\n# 创新驱动，科技之花结硕果\n\n正文。\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[
                (Title, "澜水之滨起新城"),
                (Byline, "本报记者 周晓岚"),
                (Section, "敢为人先，一张白纸绘蓝图"),
                (Section, "创新驱动，科技之花结硕果"),
                (Title, "区图书馆新馆开馆"),
            ],
        );
    }

    #[test]
    fn an_article_needs_no_byline_to_begin() {
        check(
            "让职工走进温暖的家\n\n本报讯 正文。\n\n北山林场试种药材见成效\n\n近日，北山林场林下的药材丰收，黄精和天麻长势喜人，林农老郑算了一笔账，亩均增收三千元。\n",
            &[(Title, "让职工走进温暖的家"), (Title, "北山林场试种药材见成效")],
        );
    }

    #[test]
    fn counted_parts_are_sections_even_as_questions() {
        check(
            "# 培训班里看点多\n\n正文。\n\n看点一：把课堂搬进车间\n\n正文。\n\n看点二：学费怎么算？\n\n正文。\n\n# 车间里的灯火\n\n正文。\n\n01 师傅的耳朵装进了芯片\n\n正文。\n\n02 徒弟多了，师傅还吃香吗？\n\n正文。\n",
            &[
                (Title, "培训班里看点多"),
                (Section, "看点一：把课堂搬进车间"),
                (Section, "看点二：学费怎么算？"),
                (Title, "车间里的灯火"),
                (Section, "01 师傅的耳朵装进了芯片"),
                (Section, "02 徒弟多了，师傅还吃香吗？"),
            ],
        );
    }

    #[test]
    fn who_speaks_heads_a_part() {
        check(
            "第一份工作\n\n本报记者 周晓岚\n\n正文。\n\n李 望 25岁 社区工作者\n\n正文。\n\n何芳，27岁，护士\n\n正文。\n",
            &[
                (Title, "第一份工作"),
                (Byline, "本报记者 周晓岚"),
                (Section, "李 望 25岁 社区工作者"),
                (Section, "何芳，27岁，护士"),
            ],
        );
    }

    #[test]
    fn the_head_of_a_page_is_no_title() {
        check(
            "青川商报\n\nA4 要闻\n\n2024年3月5日 星期三\n\n值班编辑 周晓岚 版面 小鹿\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Banner, "青川商报"), (Banner, "A4 要闻"), (Title, "把课堂搬进车间")],
        );
        check("# 街坊\n\nA05\n\n# 把课堂搬进车间\n\n本报讯 正文。\n", &[(Banner, "街坊"), (Title, "把课堂搬进车间")]);
    }

    #[test]
    fn the_name_of_a_column_may_be_marked_as_its_title_is() {
        check(
            "# 法治案件\n\n# 把课堂搬进车间\n\n## 今年开了二十四期培训班\n\n本报记者 周晓岚\n\n正文。\n",
            &[
                (Banner, "法治案件"),
                (Title, "把课堂搬进车间"),
                (Subtitle, "今年开了二十四期培训班"),
                (Byline, "本报记者 周晓岚"),
            ],
        );
    }

    #[test]
    fn a_picture_may_stand_below_the_heading_of_a_part() {
        check(
            "# 一栋楼里的管家\n\n本报讯 正文。\n\n## 把工位变成岗位\n\n图为志愿者在大厦一层为上班的职工分发早餐。 周晓岚 摄\n\n正文。\n\n## 一张清单管到底\n\n正文。\n",
            &[(Title, "一栋楼里的管家"), (Section, "把工位变成岗位"), (Section, "一张清单管到底")],
        );
    }

    #[test]
    fn a_title_may_ask() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n# 操场够用吗？厕所还排队吗？\n\n本报记者 周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "操场够用吗？厕所还排队吗？"), (Byline, "本报记者 周晓岚")],
        );
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n检察官说法\n\n网购打了眼，能退吗？\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "检察官说法"), (Title, "网购打了眼，能退吗？")],
        );
    }

    #[test]
    fn the_fields_of_a_form_are_text() {
        check("把课堂搬进车间\n\n本报讯 正文。\n\n来电：市民周女士\n\n反映：正文。\n", &[(Title, "把课堂搬进车间")]);
    }

    #[test]
    fn a_box_of_figures_is_text() {
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n46.2万册 上半年借阅\n\n97.3% 到馆率\n\n216位 新读者\n\n# 区图书馆新馆开馆\n\n本报讯 正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "区图书馆新馆开馆")],
        );
    }

    #[test]
    fn comments_of_readers_are_text() {
        check(
            "**微言博议**\n\n@车间老李：茶杯撤了，会议记录能不能也瘦一瘦？\n\n@灯下小周：培训班什么时候办到我们厂里来？\n",
            &[(Title, "微言博议")],
        );
    }

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
    fn sections_that_are_set_alike_need_no_marks() {
        check(
            "# 把课堂搬进车间\n\n正文。\n\n## 师傅带徒弟\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n# 下班之前想一想\n\n正文。\n\n一问：灯关了吗\n\n正文。\n\n二问：门锁了吗\n\n正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Title, "下班之前想一想"),
                (Section, "一问：灯关了吗"),
                (Section, "二问：门锁了吗"),
            ],
        );
        check(
            "小哥有了新家，街区多了暖色\n\n记者 周晓岚\n\n“水开了，谁来接一杯？”中午，送餐员李望在驿站里一边换电池，一边和站长说笑。\n\n\
            从“找不到门”到“推门就进”\n\n支部建在哪里，家就安在哪里。辖区内有快递网点九个，小哥们有了自己的支部。\n\n\
            从“单打独斗”到“抱团取暖”\n\n难事往往不是一个部门能解决的。卫生服务中心开了夜门诊，每周二、周四延时到晚上八点半。\n",
            &[
                (Title, "小哥有了新家，街区多了暖色"),
                (Byline, "记者 周晓岚"),
                (Section, "从“找不到门”到“推门就进”"),
                (Section, "从“单打独斗”到“抱团取暖”"),
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
    fn verse_with_stops_is_verse() {
        check(
            "### 冬天的衣兜\n\n青川小学三（2）班　周晓岚\n\n冬天有好多衣兜，\n\n一个装雪花，\n\n最小的那个\n\n装着我的铅笔头。\n\n风来掏衣兜，\n\n掏出一把\n\n亮晶晶的星。\n",
            &[(Title, "冬天的衣兜"), (Byline, "青川小学三（2）班　周晓岚")],
        );
        check(
            "## 灯火二首\n\n### 其一\n\n夜夜江边守一灯\n\n风来雨去几人经\n\n船家不问灯前客\n\n### 其二\n\n一盏灯亮着\n\n夜就浅了\n",
            &[(Title, "灯火二首"), (Section, "其一"), (Section, "其二")],
        );
        check(
            "把课堂搬进车间\n　　本报讯正文。\n　　正文。\n题江灯\n周晓岚\n夜夜江边守一灯\n风来雨去几人经\n船家不问灯前客\n只把归期说与星\n",
            &[(Title, "把课堂搬进车间"), (Title, "题江灯"), (Byline, "周晓岚")],
        );
        check(
            "把课堂搬进车间\n　　本报讯正文。\n　　正文。\n望灯\n周晓岚\n还没有到夜里\n江上就有了\n一盏不说话的灯\n多想走近\n",
            &[(Title, "把课堂搬进车间"), (Title, "望灯"), (Byline, "周晓岚")],
        );
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
    fn a_column_heads_what_follows() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n体坛短波\n\n◆正文。\n\n◆正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "体坛短波")],
        );
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n灯下谈\n\n先点灯，再赶路\n\n周晓岚\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Banner, "灯下谈"), (Title, "先点灯，再赶路"), (Byline, "周晓岚")],
        );
        check(
            "青川妇女·儿童\n\n她的故事\n\n第22期 · 2024年9月\n\n把课堂搬进车间\n\n本报讯 正文。\n",
            &[(Banner, "青川妇女·儿童"), (Banner, "她的故事"), (Title, "把课堂搬进车间")],
        );
    }

    #[test]
    fn a_date_may_stand_below_who_spoke() {
        check(
            "在全市班组长会议上的讲话\n\n周晓岚\n\n（2024年3月5日）\n\n正文。\n",
            &[(Title, "在全市班组长会议上的讲话"), (Byline, "周晓岚")],
        );
    }

    #[test]
    fn a_heading_may_end_in_a_particle() {
        check(
            "漫谈手艺\n\n正文。\n\n手艺不是“评”出来的\n\n前些年，评比成风。有的协会收了企业的钱，就给发奖牌；有的报刊登了广告，就给上榜。\n\n正文。\n",
            &[(Title, "漫谈手艺"), (Section, "手艺不是“评”出来的")],
        );
    }

    #[test]
    fn what_readers_ask_and_people_call_is_text() {
        check("编读往来\n\n青川读者周晓岚来信问：下岗以后，还算原企业的人吗？\n\n答：正文。\n", &[(Title, "编读往来")]);
        check("车间里的灯火\n\n李芳\n\n“开——饭——”\n\n正文。\n", &[(Title, "车间里的灯火"), (Byline, "李芳")]);
    }

    #[test]
    fn who_asks_and_who_answers_heads_what_they_say() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n读者周女士问：\n\n正文。\n\n主任医师李望答：\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Label, "读者周女士问："), (Label, "主任医师李望答：")],
        );
        check(
            "# 车间里的灯火\n\n正文。\n\n周师傅问：\n\n“灯关了吗？”\n\n徒弟小李答：\n\n“早关了。”\n",
            &[(Title, "车间里的灯火")],
        );
    }

    #[test]
    fn a_marked_time_heads_a_part() {
        check(
            "# 一炉钢的早晨\n\n正文。\n\n### 开炉时间：六点一刻\n\n正文。\n\n### 收工也是开工\n\n正文。\n",
            &[(Title, "一炉钢的早晨"), (Section, "开炉时间：六点一刻"), (Section, "收工也是开工")],
        );
    }

    #[test]
    fn an_announcement_is_an_article() {
        check(
            "把课堂搬进车间\n\n本报讯 正文。\n\n征稿启事\n\n正文。\n",
            &[(Title, "把课堂搬进车间"), (Title, "征稿启事")],
        );
    }

    #[test]
    fn a_subtitle_may_lack_its_dash_or_its_mark() {
        check(
            "传 灯 人\n\n记装配车间班长周晓岚\n\n本报记者 李望\n\n正文。\n",
            &[(Title, "传 灯 人"), (Subtitle, "记装配车间班长周晓岚"), (Byline, "本报记者 李望")],
        );
        check(
            "# 把课堂搬进车间\n\n本报讯 正文。\n\n## 师傅带徒弟\n\n正文。\n\n## 徒弟变师傅\n\n正文。\n\n# 两元一碗面\n\n老板周晓岚：不涨价，是因为大家吃得起\n\n正文。\n",
            &[
                (Title, "把课堂搬进车间"),
                (Section, "师傅带徒弟"),
                (Section, "徒弟变师傅"),
                (Title, "两元一碗面"),
                (Subtitle, "老板周晓岚：不涨价，是因为大家吃得起"),
            ],
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

    #[test]
    fn labels_and_banners() {
        check(
            "## 工会时评\n\n# 把服务送到职工身边\n\n正文。\n\n## 阅 读 提 示\n\n正文。\n",
            &[(Banner, "工会时评"), (Title, "把服务送到职工身边"), (Label, "阅 读 提 示")],
        );
    }

    #[test]
    fn indented_pages_do_not_indent_their_headings() {
        check(
            "把课堂搬进车间\n本报记者周晓岚\n　　正文。\n　　正文。\n　　正文。\n让职工走进温暖的家\n　　本报讯正文。\n",
            &[(Title, "把课堂搬进车间"), (Byline, "本报记者周晓岚"), (Title, "让职工走进温暖的家")],
        );
    }

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
