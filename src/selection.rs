//! What a selection grows to: clause, sentence, paragraph, section, article, page.

use crate::article::Page;
use crate::outline::Symbol;
use crate::text::{Span, is_blank};
use crate::zh;

/// The spans around byte `at`, each inside the next; the page is the last.
pub fn around(page: &Page, outline: &[Symbol], at: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    if let Some(n) = page.block_at(at).filter(|&n| page.blocks[n].span.touches(at)) {
        let block = &page.blocks[n];
        if block.is_prose() && block.content.touches(at) {
            spans.push(part(page, block.content, at, ends_clause));
            spans.push(part(page, block.content, at, zh::ends_sentence));
        }
        spans.push(block.content);
        spans.push(block.span);
    }
    let mut sections = Vec::new();
    enclosing(outline, at, &mut sections);
    spans.extend(sections.into_iter().rev());
    spans.push(Span::new(0, page.text.len()));
    nested(spans, at)
}

/// Keeps what grows: a span that does not hold the one before, or is the same, is left out.
fn nested(spans: Vec<Span>, at: usize) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        let inner = kept.last().copied().unwrap_or(Span::empty(at));
        if span.start <= inner.start && inner.end <= span.end && (kept.is_empty() || span != inner) {
            kept.push(span);
        }
    }
    kept
}

fn enclosing(symbols: &[Symbol], at: usize, acc: &mut Vec<Span>) {
    for symbol in symbols.iter().filter(|symbol| symbol.span.touches(at)) {
        acc.push(symbol.span);
        enclosing(&symbol.children, at, acc);
    }
}

fn ends_clause(c: char) -> bool {
    zh::ends_sentence(c) || matches!(c, '，' | '；' | '：' | ',' | ';')
}

/// The part of `content` around `at` that ends where `ends` says, closing quotes and brackets behind it included.
fn part(page: &Page, content: Span, at: usize, ends: fn(char) -> bool) -> Span {
    let mut start = content.start;
    let mut chars = page.text.slice(content).char_indices().peekable();
    while let Some((n, c)) = chars.next() {
        let mut end = content.start + n + c.len_utf8();
        if !ends(c) {
            continue;
        }
        while let Some((n, c)) = chars.next_if(|&(_, c)| ends(c) || zh::closes(c)) {
            end = content.start + n + c.len_utf8();
        }
        // Between two sentences the later one is meant: the cursor stands before it.
        if at < end || end == content.end {
            return trimmed(page, Span::new(start, end));
        }
        start = end;
    }
    trimmed(page, Span::new(start, content.end))
}

fn trimmed(page: &Page, span: Span) -> Span {
    let text = page.text.slice(span);
    Span::new(span.end - text.trim_start_matches(is_blank).len(), span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Memo;
    use crate::block::Format;
    use crate::outline::outline;

    #[test]
    fn a_selection_grows_from_clause_to_page() {
        let source = "# 区图书馆延长开放时间\n\n他说：“好，就这样。”大家都很高兴，从此来的人更多了。\n\n图书馆还在周末请来老师，给孩子们讲故事，教他们写字画画，场场都坐满了人。\n";
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let outline = outline(&page);
        let at = source.find("就这样").expect("there") + 3;
        let spans = around(&page, &outline, at);
        let texts: Vec<_> = spans.iter().map(|span| page.text.slice(*span)).collect();
        assert_eq!(texts[0], "就这样。”");
        assert_eq!(texts[1], "他说：“好，就这样。”");
        assert_eq!(texts[2], "他说：“好，就这样。”大家都很高兴，从此来的人更多了。");
        assert_eq!(*texts.last().expect("the page"), source);
    }

    #[test]
    fn every_place_has_spans_that_nest() {
        let source = "# 题\n\n　　甲，乙。丙！”丁\n\n- 项\n\n|甲|\n|-|\n";
        let page = Page::parse(source, Format::Markdown, &mut Memo::default());
        let outline = outline(&page);
        for at in (0..=source.len()).filter(|&at| source.is_char_boundary(at)) {
            let spans = around(&page, &outline, at);
            assert!(spans[0].touches(at), "{at}");
            for pair in spans.windows(2) {
                assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1], "{at}");
            }
            assert_eq!(spans.last(), Some(&Span::new(0, source.len())));
        }
    }
}
