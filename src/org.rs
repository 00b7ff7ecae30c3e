//! Organisations: which bodies a page names, under which names, and where.

use crate::article::Page;
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
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
}

/// The organisations of `page` in the order of their first mention.
pub fn organisations(_page: &Page) -> Vec<Organisation> {
    Vec::new()
}
