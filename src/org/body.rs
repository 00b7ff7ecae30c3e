//! What the name of a body says of it: what sort of body it is, what it is part of, and which other names are its.

use std::ops::Range;

use super::OrgKind;
use super::lexicon::{Entry, lexicon};
use super::reading::{Mark, Reading};

/// What two names of the same body have in common: the legal form inside does not count (吉林某公司某厂, 吉林某某厂),
/// nor do the larger places before the last one.
pub(super) fn key(name: &str, places: &[Range<usize>]) -> String {
    let skipped: usize = places.iter().rev().skip(1).map(ExactSizeIterator::len).sum();
    let rest = &name[skipped..];
    let end = rest.strip_suffix("公司").map_or(rest.len(), str::len);
    let (body, _) = rest.split_at(end);
    ["集团公司", "有限责任公司", "股份有限公司", "有限公司"]
        .iter()
        .fold(body.to_owned(), |key, form| key.replace(form, ""))
        .replace("公司", "")
}

/// The body that `name` says it is part of: 某区委 of 某区委组织部, 某厂 of 某厂党委.
pub(super) fn parent(name: &str) -> Option<String> {
    let reading = Reading::new(name);
    let last = reading.marks.last()?;
    if !is_department(name, last) {
        return None;
    }
    let cut = owner(&reading, usize::from(last.suffix_ending).max(1))?;
    Some(name[reading.bytes(0, cut)].to_owned())
}

/// Whether a body called `name`, which ends with the suffix of `last`, belongs to the one that the name begins with. An
/// association or a school that has a body in its name is not part of it (重点企业工会联谊会).
fn is_department(name: &str, last: &Mark) -> bool {
    let is_part = last.suffix_ending >= 2
        && matches!(last.suffix_kind, Some(OrgKind::Party | OrgKind::Union | OrgKind::Government | OrgKind::Company));
    is_part || name.ends_with(DEPARTMENTS)
}

/// What departments of every sort of body end with.
const DEPARTMENTS: [char; 5] = ['部', '处', '室', '科', '办'];

/// The end of the longest body that the name in `reading` begins with and that is not the whole; with at least
/// `rest` characters behind it.
fn owner(reading: &Reading, rest: usize) -> Option<usize> {
    let ends_body = |cut: &usize| {
        let before = reading.marks[cut - 1];
        before.place == 0
            && !reading.chars[*cut..].iter().all(|c| LEGAL_FORM.contains(c))
            && !is_field(reading, *cut)
            && usize::from(before.suffix_ending) < *cut
            && (before.suffix_ending >= 2
                || before.suffix_ending == 1 && matches!(reading.chars[cut - 1], '委' | '局' | '厂' | '厅' | '段'))
    };
    (3..=reading.len().checked_sub(rest)?).rev().find(ends_body)
}

/// Characters that the legal form of a company is made of: 青禾米业 + 集团有限公司 is one body.
const LEGAL_FORM: [char; 12] = ['有', '限', '责', '任', '股', '份', '集', '团', '总', '公', '司', '控'];

/// Whether the suffix that ends at `cut` only says, behind the rank of a place, what an office there does: 水务 of
/// 望湖区水务和林业局.
fn is_field(reading: &Reading, cut: usize) -> bool {
    let suffix = cut - usize::from(reading.marks[cut - 1].suffix_ending);
    let text: String = reading.chars[suffix..cut].iter().collect();
    let is_behind_rank = suffix > 0 && matches!(reading.chars[suffix - 1], '省' | '市' | '区' | '县' | '镇');
    is_behind_rank && lexicon().get(&text).is_some_and(Entry::is_trade)
}

/// What sort of body is called `name`.
pub(super) fn kind(name: &str) -> OrgKind {
    if let Some(kind) = lexicon().get(name).and_then(Entry::body) {
        return kind;
    }
    // A name without any suffix is a brand: 某某出行.
    let reading = Reading::new(name);
    let Some((kind, length)) = reading.marks.last().and_then(|mark| mark.suffix_kind.map(|k| (k, mark.suffix_ending)))
    else {
        // 青川县人民法院民事审判第一庭 is of the court.
        let body = owner(&reading, 1).and_then(|cut| reading.marks[cut - 1].suffix_kind);
        return body.unwrap_or(OrgKind::Company);
    };
    let is_military = || ["武警", "军", "部队", "边防", "舰", "兵"].iter().any(|word| name.contains(word));
    let owner_kind = || {
        let listed = (1..reading.len()).rev().find_map(|n| lexicon().get(&name[reading.bytes(0, n)])?.body());
        listed.or_else(|| owner(&reading, usize::from(length)).and_then(|cut| reading.marks[cut - 1].suffix_kind))
    };
    match kind {
        // 大队, 基地: only an army's is military; a company's belongs to the company.
        OrgKind::Military if !is_military() => {
            owner_kind().filter(|kind| *kind == OrgKind::Company).unwrap_or(OrgKind::Other)
        }
        // 中共宁川理工大学委员会.
        OrgKind::Other if name.starts_with("中共") && name.ends_with("委员会") => OrgKind::Party,
        // 总工会法律工作部: a department is of the kind of what it is part of.
        OrgKind::Government if length == 1 || name.ends_with("办公室") => owner_kind().unwrap_or(kind),
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::leading;
    use super::*;

    #[test]
    fn parents_are_said_by_the_name() {
        assert_eq!(parent("黄岛区委组织部").as_deref(), Some("黄岛区委"));
        assert_eq!(parent("蓝鲸公司铸造车间党支部").as_deref(), Some("蓝鲸公司铸造车间"));
        assert_eq!(parent("黄岛区总工会"), None);
        assert_eq!(parent("望湖区水务系统第二党支部"), None);
        assert_eq!(parent("青岛白鹭集团丰塘米业有限公司").as_deref(), Some("青岛白鹭集团"));
        assert_eq!(parent("白鹭药业集团有限公司"), None);
    }

    #[test]
    fn what_ends_with_no_suffix_is_of_the_kind_of_its_body() {
        assert_eq!(kind("青川县人民法院民事审判第一庭"), OrgKind::Court);
        assert_eq!(kind("中共宁川理工大学委员会"), OrgKind::Party);
        assert_eq!(kind("蓝鲸出行"), OrgKind::Company);
    }

    #[test]
    fn what_an_office_does_is_no_company() {
        assert_eq!(kind("望湖区水务和林业局"), OrgKind::Government);
        assert_eq!(kind("蓝鲸水务"), OrgKind::Company);
    }

    #[test]
    fn keys_leave_out_the_legal_form_and_larger_places() {
        let key = |name| key(name, &leading(name));
        assert_eq!(key("青岛石化公司炼油厂"), key("青岛石化炼油厂"));
        assert_eq!(key("山东省青岛市黄岛区总工会"), key("黄岛区总工会"));
        assert_ne!(key("黄岛区总工会"), key("崂山区总工会"));
    }
}
