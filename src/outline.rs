//! The outline of a page: banners, titles, sections, labels and pictures as a tree, with the levels that make sense
//! whatever marks the file has.
//!
//! A kicker and a subtitle belong to the symbol of their title. Sections nest by their numbering or their marks.
//! An article that another one interrupts is one symbol; its range runs to where its last part ends.

use serde::Serialize;

use crate::article::{Article, Kind, Page};
use crate::lang::Phrase;
use crate::seam::SeamKind;
use crate::text::{Span, is_blank};
use crate::zh;

/// What a symbol is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolKind {
    /// A page banner or the name of a column.
    Page,
    /// An article.
    Title,
    /// A part of an article.
    Section,
    /// A box: 阅读提示, 读者来问.
    Label,
    /// A picture with its text.
    Caption,
}

impl SymbolKind {
    /// What it is called to people.
    pub const fn label(self) -> Phrase {
        match self {
            Self::Page => Phrase { en: "page", zh: "版面" },
            Self::Title => Phrase { en: "title", zh: "标题" },
            Self::Section => Phrase { en: "section", zh: "小标题" },
            Self::Label => Phrase { en: "label", zh: "栏目" },
            Self::Caption => Phrase { en: "caption", zh: "图注" },
        }
    }
}

/// A heading with what stands below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// The heading's text, in one piece where it was set on two lines.
    pub name: String,
    /// Kicker and subtitle, or the byline; empty where there is none.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Depth in the tree, from 1.
    pub level: usize,
    /// The headings of the group, kicker, title and subtitle, in order, without their marks.
    pub headings: Vec<Span>,
    /// From the first heading to where the symbol's text ends.
    pub span: Span,
    /// The heading that gave the name, without its marks; inside `span`.
    pub selection: Span,
    /// What is inside, in order.
    pub children: Vec<Symbol>,
}

/// The outline of `page`.
pub fn outline(page: &Page) -> Vec<Symbol> {
    let mut continued = vec![false; page.blocks.len()];
    for head in page.seams.iter().filter(|seam| seam.kind == SeamKind::Heading).filter_map(|seam| seam.head) {
        continued[head] = true;
    }
    let mut roots = Reader { page, continued }.roots();
    for root in &mut roots {
        number(root, 1);
    }
    roots
}

fn number(symbol: &mut Symbol, level: usize) {
    symbol.level = level;
    for child in &mut symbol.children {
        number(child, level + 1);
    }
}

/// Reads the symbols off a page.
struct Reader<'a> {
    page: &'a Page,
    /// For each block whether it is the second line of the heading above it.
    continued: Vec<bool>,
}

impl Reader<'_> {
    fn roots(&self) -> Vec<Symbol> {
        let page = self.page;
        let mut roots: Vec<Symbol> = Vec::new();
        // The mark of the banner that the last root is, for as long as deeper titles follow it.
        let mut banner_mark = None;
        for article in &page.articles {
            // Of the name of the paper and that of the page the latter says more.
            let mut banners = article.heading.clone().filter(|n| page.kinds[*n] == Kind::Banner && !self.continued[*n]);
            let banner = banners.next_back();
            let title = self.title(article);
            let symbols = self.article(article, title);
            if let Some(banner) = banner {
                let mut name = self.named(banner, SymbolKind::Page);
                let above: Vec<Span> = banners.map(|n| page.blocks[n].content).collect();
                name.span.start = above.first().map_or(name.span.start, |first| first.start);
                name.headings.splice(0..0, above);
                let end = symbols.iter().map(|symbol| symbol.span.end).fold(name.span.end, usize::max);
                let span = Span::new(name.span.start, end.max(self.end_of(article)));
                roots.push(Symbol { span, children: symbols, ..name });
                banner_mark = page.blocks[banner].mark();
                continue;
            }
            let mark = title.and_then(|n| page.blocks[n].mark());
            let deeper = mark.zip(banner_mark).is_some_and(|(own, of_banner)| own > of_banner);
            match roots.last_mut() {
                Some(root) if deeper => {
                    root.span.end = symbols.iter().map(|symbol| symbol.span.end).fold(root.span.end, usize::max);
                    root.children.extend(symbols);
                }
                _ => {
                    banner_mark = None;
                    roots.extend(symbols);
                }
            }
        }
        roots
    }

    /// The block that is the title of `article`: in its heading, or below its text where it was misplaced.
    fn title(&self, article: &Article) -> Option<usize> {
        let is_title = |n: &usize| matches!(self.page.kinds[*n], Kind::Title | Kind::Caption);
        article.heading.clone().find(is_title).or_else(|| article.blocks().find(is_title))
    }

    /// The symbol of `article` with its parts inside; the parts alone where it has no title.
    fn article(&self, article: &Article, title: Option<usize>) -> Vec<Symbol> {
        let page = self.page;
        let children = self.parts(article);
        let Some(title) = title else { return children };
        let kind = if page.kinds[title] == Kind::Caption { SymbolKind::Caption } else { SymbolKind::Title };
        let beside = |n: &usize| matches!(page.kinds[*n], Kind::Kicker | Kind::Subtitle) && !self.continued[*n];
        let others: Vec<usize> = article.heading.clone().filter(beside).collect();
        let mut symbol = self.named(title, kind);
        symbol.detail = match others.as_slice() {
            [] => self.byline(article).unwrap_or_default(),
            others => others.iter().map(|n| self.name(*n)).collect::<Vec<_>>().join(" ／ "),
        };
        symbol.headings.extend(others.iter().map(|n| page.blocks[*n].content));
        symbol.headings.sort_unstable();
        // A misplaced title stands below its text, which is its all the same.
        let first = article.blocks().find(|n| page.kinds[*n] != Kind::Banner).unwrap_or(title);
        let end = self.end_of(article).max(symbol.span.end);
        symbol.span = Span::new(page.blocks[first.min(title)].span.start, end);
        symbol.children = children;
        vec![symbol]
    }

    /// The byline right below the heading.
    fn byline(&self, article: &Article) -> Option<String> {
        let below = article.heading.end;
        (self.page.kinds.get(below) == Some(&Kind::Byline) && article.holds(below)).then(|| self.name(below))
    }

    /// Sections and labels of `article` as a forest.
    fn parts(&self, article: &Article) -> Vec<Symbol> {
        let mut forest: Vec<Symbol> = Vec::new();
        // The open symbols, outermost first, each with its block.
        let mut open: Vec<(usize, Symbol)> = Vec::new();
        for part in &article.parts {
            for n in part.clone().filter(|n| !article.heading.contains(n) && !self.continued[*n]) {
                let kind = match self.page.kinds[n] {
                    Kind::Section => SymbolKind::Section,
                    Kind::Label => SymbolKind::Label,
                    Kind::Title => continue,
                    _ => {
                        if let Some((_, inner)) = open.last_mut() {
                            inner.span.end = inner.span.end.max(self.page.blocks[n].span.end);
                        }
                        continue;
                    }
                };
                let depth = open.iter().position(|(above, _)| !self.is_deeper(*above, n)).unwrap_or(open.len());
                close(&mut open, depth, &mut forest);
                open.push((n, self.named(n, kind)));
            }
            // What stands between two parts is another article's.
            close(&mut open, 0, &mut forest);
        }
        forest
    }

    /// Whether block `below` is inside the part that block `above` heads: by numbering, else by marks.
    fn is_deeper(&self, above: usize, below: usize) -> bool {
        let style = |n: usize| self.page.shapes[n].numbering.map(|numbering| numbering.style);
        let mark = |n: usize| self.page.blocks[n].mark();
        match (style(above), style(below)) {
            (Some(above), Some(below)) => above < below,
            _ => mark(above).zip(mark(below)).is_some_and(|(above, below)| above < below),
        }
    }

    /// The symbol of the heading in block `n` alone.
    fn named(&self, n: usize, kind: SymbolKind) -> Symbol {
        let block = &self.page.blocks[n];
        let last = if self.is_wrapped(n) { n + 1 } else { n };
        Symbol {
            name: self.name(n),
            detail: String::new(),
            kind,
            level: 1,
            headings: vec![block.content],
            span: block.span.cover(self.page.blocks[last].span),
            selection: block.content,
            children: Vec::new(),
        }
    }

    /// Whether the heading in block `n` goes on in the next.
    fn is_wrapped(&self, n: usize) -> bool {
        self.continued.get(n + 1).is_some_and(|continued| *continued)
    }

    /// The text of a heading: both lines of a wrapped one, and without the blanks of a spaced-out one (阅 读 提 示).
    fn name(&self, n: usize) -> String {
        let mut name = self.page.content(n).to_owned();
        if self.is_wrapped(n) {
            let rest = self.page.content(n + 1);
            name.push_str(zh::joint(&name, rest));
            name.push_str(rest);
        }
        if name.split(is_blank).filter(|word| !word.is_empty()).all(|word| word.chars().count() == 1) {
            name.retain(|c| !is_blank(c));
        }
        name
    }

    fn end_of(&self, article: &Article) -> usize {
        article.parts.last().map_or(0, |part| self.page.blocks[part.end - 1].span.end)
    }
}

/// Closes the open symbols from `depth` on: each becomes the last child of the one around it, or of the forest.
fn close(open: &mut Vec<(usize, Symbol)>, depth: usize, forest: &mut Vec<Symbol>) {
    while open.len() > depth {
        let Some((_, closed)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => {
                parent.span.end = parent.span.end.max(closed.span.end);
                parent.children.push(closed);
            }
            None => forest.push(closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::article::Memo;
    use crate::block::Format;

    /// A paragraph of running text.
    const BODY: &str = "近日，青川市总工会走进各家企业，为一线职工送去了清凉用品和健康咨询服务，受到大家的欢迎。";

    #[track_caller]
    fn check(source: &str, expect: &Expect) {
        fn print(symbol: &Symbol, lines: &mut String) {
            let Symbol { name, detail, kind, level, .. } = symbol;
            let indent = "  ".repeat(level - 1);
            let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
            *lines += &format!("{indent}{} {name}{detail}\n", kind.label().en);
            for child in &symbol.children {
                assert!(symbol.span.start <= child.span.start && child.span.end <= symbol.span.end, "{name}");
                print(child, lines);
            }
        }
        let source = source.replace("正文。", BODY);
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let mut lines = String::new();
        for symbol in outline(&page) {
            print(&symbol, &mut lines);
        }
        expect.assert_eq(&lines);
    }

    #[test]
    fn a_kicker_may_have_a_deeper_mark_than_its_title() {
        check(
            "## 青川市持续实施“百名工匠”计划\n\n# 打造技能人才新高地\n\n本报记者 周晓岚\n\n正文。\n\n## “小课堂”办进车间\n\n正文。\n\n## “小竞赛”练出本领\n\n正文。\n",
            &expect![[r"
                title 打造技能人才新高地 (青川市持续实施“百名工匠”计划)
                  section “小课堂”办进车间
                  section “小竞赛”练出本领
            "]],
        );
    }

    #[test]
    fn a_page_without_marks() {
        check(
            "青川市总工会推进服务阵地建设\n\n让职工走进温暖的家\n\n本报记者 周晓岚\n\n正文。\n\n“小课堂”办进车间\n\n正文。\n\n阅读提示\n\n正文。\n\n“百姓讲堂”开到家门口\n\n本报讯（记者李望）正文。\n\n社区里的暖心集市\n\n近日，社区举办集市。图为居民在选购。\n\n新华社记者 周晓岚 摄\n",
            &expect![[r"
                title 让职工走进温暖的家 (青川市总工会推进服务阵地建设)
                  section “小课堂”办进车间
                  label 阅读提示
                title “百姓讲堂”开到家门口
                caption 社区里的暖心集市
            "]],
        );
    }

    #[test]
    fn a_page_banner_holds_the_articles_below_it() {
        check(
            "# 学习贯彻大会精神 奋力开拓工会工作新局面\n\n守住一条底线 办好两件实事\n\n## 青川区探索服务新模式\n\n本报讯（记者李望）正文。\n\n## 项目部建起学习平台\n\n本报讯 正文。\n\n## 职工之声\n\n### 引导职工做好健康第一责任人\n\n本报讯 正文。\n",
            &expect![[r"
                page 学习贯彻大会精神 奋力开拓工会工作新局面
                  title 青川区探索服务新模式 (守住一条底线 办好两件实事)
                  title 项目部建起学习平台
                page 职工之声
                  title 引导职工做好健康第一责任人
            "]],
        );
    }

    #[test]
    fn of_two_banners_the_last_names_the_page() {
        check(
            "青川商报\n\nA4 要闻\n\n2024年3月5日 星期三\n\n项目部建起学习平台\n\n本报讯 正文。\n",
            &expect![[r"
                page A4 要闻
                title 项目部建起学习平台
            "]],
        );
    }

    #[test]
    fn numbered_sections_nest() {
        check(
            "# 关于加强班组建设的意见\n\n正文。\n\n一、总体要求\n\n正文。\n\n（一）基本原则\n\n正文。\n\n（二）主要目标\n\n正文。\n\n二、重点任务\n\n正文。\n",
            &expect![[r"
                title 关于加强班组建设的意见
                  section 一、总体要求
                    section （一）基本原则
                    section （二）主要目标
                  section 二、重点任务
            "]],
        );
    }

    #[test]
    fn a_column_of_questions_and_answers() {
        check(
            "G 心路\n\n要不要换一份工作？\n\n想清楚，再出发\n\n读者来问\n\n您好！正文。\n\n浙江 周晓岚\n\n专家心解\n\n晓岚你好：\n\n正文。\n\n企业文化专家 李望\n\n“百姓讲堂”开到家门口\n\n本报讯 正文。\n",
            &expect![[r"
                page G 心路
                  title 想清楚，再出发 (要不要换一份工作？)
                    label 读者来问
                    label 专家心解
                title “百姓讲堂”开到家门口
            "]],
        );
    }

    #[test]
    fn a_heading_on_two_lines_is_one() {
        check(
            "## 青年职工的\n成长“法则”\n\n正文。\n\n了解  \n更多\n\n正文。\n",
            &expect![[r"
                title 青年职工的成长“法则”
                  label 了解更多
            "]],
        );
    }

    #[test]
    fn a_title_below_its_article_is_its_title() {
        check(
            "# 青川日报要闻\n\n本报讯 正文。\n\n## 工会时评\n\n把服务送到职工身边，工会才有凝聚力。正文。\n\n正文。\n\n# 把服务送到职工身边\n\n## 东风产业园\n\n# “党建链”赋能产业发展\n\n本报讯 正文。\n",
            &expect![[r"
                page 青川日报要闻
                page 工会时评
                  title 把服务送到职工身边
                title “党建链”赋能产业发展 (东风产业园)
            "]],
        );
    }

    #[test]
    fn english_files_have_no_outline() {
        check("# Title\n\nSome English text about nothing in particular.\n", &expect![[""]]);
    }
}
