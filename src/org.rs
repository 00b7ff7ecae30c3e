//! Organisations: which bodies a page names, under which names, and where.

pub mod grammar;
pub mod jurisdiction;
pub mod lexicon;
mod link;
pub mod reading;

use crate::article::Page;
use crate::lang::Phrase;
use crate::text::Span;

/// What sort of body an organisation is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OrgKind {
    /// 党委、支部、中央机关.
    Party,
    /// 工会.
    Union,
    /// 政府及其部门.
    Government,
    /// 法院、检察院.
    Court,
    /// 企业.
    Company,
    /// 学校.
    School,
    /// 医院.
    Hospital,
    /// 社区、村、街道.
    Community,
    /// 研究院、研究所.
    Institute,
    /// 工作室.
    Studio,
    /// 媒体.
    Media,
    /// 协会、学会、联合会.
    Association,
    /// 部队.
    Military,
    /// 其他.
    Other,
}

impl OrgKind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Self; 14] = [
        Self::Party,
        Self::Union,
        Self::Government,
        Self::Court,
        Self::Company,
        Self::School,
        Self::Hospital,
        Self::Community,
        Self::Institute,
        Self::Studio,
        Self::Media,
        Self::Association,
        Self::Military,
        Self::Other,
    ];

    /// Its name in JSON and in dictionaries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Union => "union",
            Self::Government => "government",
            Self::Court => "court",
            Self::Company => "company",
            Self::School => "school",
            Self::Hospital => "hospital",
            Self::Community => "community",
            Self::Institute => "institute",
            Self::Studio => "studio",
            Self::Media => "media",
            Self::Association => "association",
            Self::Military => "military",
            Self::Other => "other",
        }
    }

    /// What it is called to people.
    pub const fn label(self) -> Phrase {
        match self {
            Self::Party => Phrase { en: "party body", zh: "党组织" },
            Self::Union => Phrase { en: "trade union", zh: "工会" },
            Self::Government => Phrase { en: "government body", zh: "政府机关" },
            Self::Court => Phrase { en: "court or procuratorate", zh: "法院、检察院" },
            Self::Company => Phrase { en: "company", zh: "企业" },
            Self::School => Phrase { en: "school", zh: "学校" },
            Self::Hospital => Phrase { en: "hospital", zh: "医疗机构" },
            Self::Community => Phrase { en: "community", zh: "社区、村" },
            Self::Institute => Phrase { en: "institute", zh: "事业单位、研究机构" },
            Self::Studio => Phrase { en: "studio", zh: "工作室" },
            Self::Media => Phrase { en: "news medium", zh: "媒体" },
            Self::Association => Phrase { en: "association", zh: "社会团体" },
            Self::Military => Phrase { en: "military unit", zh: "部队" },
            Self::Other => Phrase { en: "organisation", zh: "其他组织" },
        }
    }
}

/// One place where an organisation is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name's span.
    pub span: Span,
    /// Whether it is a short or relative name and not the full one.
    pub is_alias: bool,
}

/// An organisation that a page names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// The fullest name that can be given.
    pub name: String,
    /// What sort of body it is.
    pub kind: OrgKind,
    /// Other names in the page.
    pub aliases: Vec<String>,
    /// Places that it belongs to, largest first: 北京市, 朝阳区.
    pub jurisdiction: Vec<String>,
    /// The body that it is part of.
    pub part_of: Option<String>,
    /// What the user's dictionary says of it.
    pub note: Option<String>,
    /// Its address in the user's dictionary.
    pub url: Option<String>,
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
}

/// The organisations of `page` in the order of their first mention.
pub fn organisations(page: &Page) -> Vec<Organisation> {
    if !page.is_chinese {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let mut reading = reading::Reading::default();
    for (n, block) in page.blocks.iter().enumerate() {
        if block.is_prose() {
            reading.read(page.content(n));
            spans.extend(grammar::candidates(&reading).into_iter().map(|c| {
                let bytes = reading.bytes(c.start, c.end);
                Span::new(block.content.start + bytes.start, block.content.start + bytes.end)
            }));
        }
    }
    link::entities(page, &spans)
}
