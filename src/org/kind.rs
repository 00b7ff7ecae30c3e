//! What sorts of bodies there are.

use serde::Serialize;

use crate::lang::Phrase;

/// What sort of body an organisation is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
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

    /// The kind with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
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
