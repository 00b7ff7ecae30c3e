//! Bytes become text, and text the same bytes again.
//!
//! Chinese files are UTF-8, UTF-8 with a byte order mark, UTF-16, or GB18030 and its older subset GBK. The mark is
//! not part of the text, as in an editor, so that columns agree. Nothing is replaced silently: a file that does
//! not decode without loss is not checked.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::lang::{Message, Phrase};
use crate::{rules, text, zh};

/// A decoded file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The text, without the byte order mark.
    pub text: String,
    /// What it was decoded from.
    encoding: &'static Encoding,
    /// Whether a byte order mark stood before it.
    bom: bool,
    /// Whether its text gives the same bytes again. Some encodings have two spellings of a character; writing such
    /// a file back would change places that nobody touched.
    reversible: bool,
}

impl Source {
    /// A text that never was in a file.
    pub fn from_text(text: String) -> Self {
        Self { text, encoding: UTF_8, bom: false, reversible: true }
    }

    /// The name of the encoding.
    pub fn encoding(&self) -> &'static str {
        match (self.encoding == UTF_8, self.bom) {
            (true, false) => rules::UTF_8,
            (true, true) => "UTF-8 with a byte order mark",
            (false, _) => name(self.encoding),
        }
    }

    /// `text` as bytes in the encoding of this source; none when a character of it does not exist there, or when
    /// what is unchanged in it would not give the same bytes again.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        if !self.reversible {
            return None;
        }
        let mut bytes = Vec::with_capacity(text.len() + 3);
        if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            let mark = if self.bom { "\u{feff}" } else { Default::default() };
            let order = if self.encoding == UTF_16LE { u16::to_le_bytes } else { u16::to_be_bytes };
            bytes.extend([mark, text].into_iter().flat_map(text::utf16_units).flat_map(order));
            return Some(bytes);
        }
        if self.bom {
            bytes.extend_from_slice("\u{feff}".as_bytes());
        }
        let (encoded, _, lossy) = self.encoding.encode(text);
        bytes.extend_from_slice(&encoded);
        (!lossy).then_some(bytes)
    }
}

/// Damaged UTF-8 is told from other encodings by its good characters: a GBK file holds next to none, a UTF-8 file
/// with a few bytes lost many. Four to one separates them on mixtures of both.
const GOOD_FOR_BAD: usize = 4;

const IS_BINARY: Phrase = Phrase { en: "is a binary file", zh: "是二进制文件" };

/// Decodes a file.
///
/// # Errors
/// When it is binary, damaged, or in no encoding that can be recognised; says which.
pub fn decode(bytes: Vec<u8>) -> Result<Source, Message> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return strictly(encoding, &bytes[mark..], true);
    }
    let has_nul = memchr::memchr(0, &bytes).is_some();
    // Ten times as fast as the standard library where the machine allows it.
    let utf_8 = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes);
    if let Some(text) = utf_8.filter(|_| !has_nul) {
        return Ok(Source::from_text(text.into_owned()));
    }
    if has_nul {
        let likely = |encoding| strictly(encoding, &bytes, false).ok().filter(|s| zh::is_chinese(&s.text));
        return likely(UTF_16LE).or_else(|| likely(UTF_16BE)).ok_or_else(|| IS_BINARY.into());
    }
    if let Some(at) = damage(&bytes) {
        let zh = format!("不是有效的 UTF-8（第 {at} 字节处）");
        return Err(Message::new(format!("is not valid UTF-8 (byte {at})"), zh));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GBK is a subset of GB18030, and files that say the one hold the other.
    let guess = if guess == GBK { GB18030 } else { guess };
    match strictly(guess, &bytes, false) {
        Ok(source) if guess == GB18030 => Ok(as_big5(&bytes, &source.text).unwrap_or(source)),
        Ok(source) if guess == BIG5 || !zh::is_chinese(&source.text) => Ok(source),
        other => strictly(GB18030, &bytes, false).or(other),
    }
}

/// The characters that most Chinese texts are full of, in simplified form: of either script, one in six is one of them;
/// of what was decoded wrongly next to none is.
static COMMON: zh::Set =
    zh::Set::new("的一是在不了有和人这中大为上个国我以要他时来用们到作地于出就分对成会可主发年动同工也能下过");

/// `bytes` as Big5, if they read better so than as `text`: nearly all files in Big5 are valid GB 18030, too.
fn as_big5(bytes: &[u8], text: &str) -> Option<Source> {
    let n_common = |text: &str| text.chars().filter(|c| COMMON.contains(zh::script::simplify(*c))).count();
    let source = strictly(BIG5, bytes, false).ok()?;
    (n_common(&source.text) > n_common(text)).then_some(source)
}

/// The first damaged byte of what is UTF-8 for the most part.
fn damage(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut at, mut first) = (0, 0, 0, None);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first.get_or_insert(at);
            bad += 1;
            at += chunk.invalid().len();
        }
    }
    first.filter(|_| good >= bad * GOOD_FOR_BAD)
}

/// The name of an encoding as people write it: the standard of the Web has this one in lower case.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8], bom: bool) -> Result<Source, Message> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        let name = name(encoding);
        Message::new(format!("cannot be decoded as {name}"), format!("无法按 {name} 解码"))
    })?;
    let is_control = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
    if text.contains(is_control) {
        return Err(IS_BINARY.into());
    }
    let source = Source { text: text.into_owned(), encoding, bom: false, reversible: true };
    let reversible = source.encode(&source.text).is_some_and(|encoded| encoded == bytes);
    Ok(Source { bom, reversible, ..source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "　　镇工会走进车间，为一线职工送去清凉用品。\r\n大家都说，这份关怀来得很及时，干活更有劲了。\n";

    fn round_trip(bytes: &[u8], name: &str) {
        let source = decode(bytes.to_vec()).expect("decodes");
        assert_eq!(source.text, TEXT);
        assert_eq!(source.encoding(), name);
        assert_eq!(source.encode(TEXT).as_deref(), Some(bytes));
    }

    #[test]
    fn every_encoding_is_read_and_written_back() {
        round_trip(TEXT.as_bytes(), "UTF-8");
        round_trip(format!("\u{feff}{TEXT}").as_bytes(), "UTF-8 with a byte order mark");
        round_trip(&GB18030.encode(TEXT).0, "GB18030");
        let units = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            [mark, TEXT].into_iter().flat_map(text::utf16_units).flat_map(order).collect()
        };
        round_trip(&units(u16::to_le_bytes, "\u{feff}"), "UTF-16LE");
        round_trip(&units(u16::to_be_bytes, "\u{feff}"), "UTF-16BE");
        round_trip(&units(u16::to_le_bytes, ""), "UTF-16LE");
        round_trip(&units(u16::to_be_bytes, ""), "UTF-16BE");
    }

    #[test]
    fn big5_is_told_from_gb18030() {
        for text in ["市政府昨天召開會議，通過多項議案。", "今年的人比往年多，大家都說這裡的風景好。"]
        {
            let bytes = BIG5.encode(text).0.into_owned();
            assert!(strictly(GB18030, &bytes, false).is_ok(), "{text}");
            let source = decode(bytes.clone()).expect("decodes");
            assert_eq!((source.text.as_str(), source.encoding()), (text, "Big5"));
            assert_eq!(source.encode(text), Some(bytes));
        }
    }

    #[test]
    fn short_files_in_gb18030_are_recognised() {
        for text in ["工会服务职工", "通知：明天上午开会。", "三月"] {
            let source = decode(GB18030.encode(text).0.into_owned()).expect("decodes");
            assert_eq!(source.text, text);
        }
    }

    #[test]
    fn a_file_that_would_not_come_back_the_same_is_read_and_not_written() {
        // 0x80 is another spelling of the euro sign, which GB18030 writes in two bytes.
        let bytes = [GB18030.encode("工会发放补贴五百").0.as_ref(), b"\x80", &GB18030.encode("。").0].concat();
        let source = decode(bytes).expect("decodes");
        assert_eq!(source.text, "工会发放补贴五百€。");
        assert_eq!(source.encode(&source.text), None);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let mut damaged = TEXT.as_bytes().to_vec();
        damaged.remove(10);
        let error = decode(damaged).expect_err("damaged");
        assert_eq!(error.en, "is not valid UTF-8 (byte 9)");
        let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert!(decode(binary).is_err());
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()).is_err());
        assert!(decode(b"\xff\xfe\x00".to_vec()).is_err());
    }

    #[test]
    fn the_empty_file_is_text() {
        assert_eq!(decode(Vec::new()), Ok(Source::from_text(String::new())));
    }
}
