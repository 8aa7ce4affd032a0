//! Owns how a comparison is built: rows, groups and axes.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::convert::ConversionPlan;
use super::{
    Axis, Comparison, Group, GroupBy, Heading, OpenedFrom, Row, RowScope, Selection, offer,
};
use crate::id::{CountryCode, SourceId};
use crate::pay::{Band, Basis, Country, Figures, Level, Other, SalaryData, Sample, Scope, Years};

impl<'a> Comparison<'a> {
    /// Everything that a selection shows.
    pub fn new(data: &'a SalaryData, selection: &'a Selection) -> Self {
        let chosen: HashSet<&CountryCode> = selection.countries.iter().collect();
        let countries: Vec<&Country> =
            data.countries.iter().filter(|country| chosen.contains(&country.code)).collect();
        let levels: Vec<&Level> =
            selection.levels.iter().filter_map(|id| data.level(id.as_str())).collect();
        let plans: Vec<ConversionPlan<'a>> = countries
            .iter()
            .filter_map(|country| ConversionPlan::new(data, selection, country))
            .collect();
        let mut sources: Vec<&SourceId> = selection.sources.iter().collect();
        sources.sort_unstable();
        let builder = RowBuilder { data, sources };
        let mut groups = match selection.group {
            GroupBy::Country => builder.by_country(&plans, &levels),
            GroupBy::Level => builder.by_level(&plans, &levels),
        };
        let offer = offer::locate(data, selection, &plans, &mut groups);
        let axes = axes(&plans, &groups, offer.as_ref());
        let rules = plans.iter().filter_map(ConversionPlan::rules).collect();
        let opened_from = opened_from(data, selection);
        Self { data, selection, countries, levels, groups, axes, rules, offer, opened_from }
    }

    /// All rows, in reading order.
    pub fn rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.groups.iter().flat_map(|group| &group.rows)
    }

    /// Whether all rows share one scale.
    pub fn shares_axis(&self) -> bool {
        self.axes.iter().all(|axis| axis.country.is_none())
    }
}

struct RowBuilder<'a, 's> {
    data: &'a SalaryData,
    /// The other sources to show, sorted.
    sources: Vec<&'s SourceId>,
}

impl<'a> RowBuilder<'a, '_> {
    fn by_country(&self, plans: &[ConversionPlan<'a>], levels: &[&'a Level]) -> Vec<Group<'a>> {
        let group = |plan: &ConversionPlan<'a>| {
            let of_levels = levels.iter().flat_map(|level| self.level_rows(plan, level));
            let rows = of_levels.chain(self.general_rows(plan)).collect();
            Group { heading: Heading::Country(plan.country), rows }
        };
        plans.iter().map(group).collect()
    }

    fn by_level(&self, plans: &[ConversionPlan<'a>], levels: &[&'a Level]) -> Vec<Group<'a>> {
        let of_level = |level: &&'a Level| Group {
            heading: Heading::Level(level),
            rows: plans.iter().flat_map(|plan| self.level_rows(plan, level)).collect(),
        };
        let general = Group {
            heading: Heading::AllLevels,
            rows: plans.iter().flat_map(|plan| self.general_rows(plan)).collect(),
        };
        levels
            .iter()
            .map(of_level)
            .chain(std::iter::once(general))
            .filter(|group| !group.rows.is_empty())
            .collect()
    }

    /// The guide's band of a level, and what others say of that level.
    fn level_rows(&self, plan: &ConversionPlan<'a>, level: &'a Level) -> Vec<Row<'a>> {
        let bands = plan.country.bands.iter().filter(|band| band.level == level.id);
        let own = bands.filter_map(|band| self.own_row(plan, level, band));
        let others =
            self.others(plan.country, |scope| matches!(scope, Scope::Level(id) if *id == level.id));
        let others = others.filter_map(|other| self.other_row(plan, RowScope::Level(level), other));
        own.chain(others).collect()
    }

    /// What others say by years of experience, and then of everyone.
    fn general_rows(&self, plan: &ConversionPlan<'a>) -> Vec<Row<'a>> {
        let by_years = self.others(plan.country, |scope| matches!(scope, Scope::Years(_)));
        let of_all = self.others(plan.country, |scope| matches!(scope, Scope::AllLevels));
        by_years
            .chain(of_all)
            .filter_map(|other| {
                let scope = match &other.scope {
                    Scope::Years(years) => RowScope::Years(years),
                    _ => RowScope::AllLevels,
                };
                self.other_row(plan, scope, other)
            })
            .collect()
    }

    fn others(
        &self,
        country: &'a Country,
        wanted: impl Fn(&Scope) -> bool,
    ) -> impl Iterator<Item = &'a Other> {
        country.others.iter().filter(move |other| {
            wanted(&other.scope) && self.sources.binary_search(&&other.source).is_ok()
        })
    }

    fn own_row(
        &self,
        plan: &ConversionPlan<'a>,
        level: &'a Level,
        band: &'a Band,
    ) -> Option<Row<'a>> {
        let original = Figures::Range(band.range);
        Some(Row {
            own: true,
            years: &band.years,
            basis: band.basis,
            basis_note: band.basis_note.as_deref(),
            note: band.note.as_deref(),
            ..self.row(plan, RowScope::Level(level), &band.source, original)?
        })
    }

    fn other_row(
        &self,
        plan: &ConversionPlan<'a>,
        scope: RowScope<'a>,
        other: &'a Other,
    ) -> Option<Row<'a>> {
        Some(Row {
            title: other.title.as_deref(),
            city: other.city.as_deref(),
            occupation: other.occupation.as_deref(),
            basis: other.basis,
            note: other.note.as_deref(),
            sample: &other.sample,
            small_sample: other.sample.is_small(self.data.small_sample_below),
            as_of: other.as_of,
            ..self.row(plan, scope, &other.source, other.figures.clone())?
        })
    }

    /// What the guide's own bands and other figures have in common. None when the source is not
    /// declared, which the content rules out.
    fn row(
        &self,
        plan: &ConversionPlan<'a>,
        scope: RowScope<'a>,
        source: &SourceId,
        original: Figures,
    ) -> Option<Row<'a>> {
        let source = self.data.source(source.as_str())?;
        let (shown, missing) = plan.convert_figures(&original);
        let years = match scope {
            RowScope::Years(years) => years,
            RowScope::Level(_) | RowScope::AllLevels => &Years::NotStated,
        };
        Some(Row {
            country: plan.country,
            currency: plan.currency,
            scope,
            own: false,
            source,
            title: None,
            city: None,
            occupation: None,
            years,
            basis: Basis::NotStated,
            basis_note: None,
            note: None,
            sample: &Sample::NotStated,
            small_sample: false,
            as_of: source.as_of,
            original,
            conversion: shown.as_ref().and(plan.conversion.as_ref().ok().copied().flatten()),
            rules: shown.as_ref().and(plan.rules()),
            shown,
            missing,
            offer: None,
        })
    }
}

/// One scale when everything is in one denomination; otherwise one a country.
fn axes<'a>(
    plans: &[ConversionPlan<'a>],
    groups: &[Group<'a>],
    offer: Option<&super::Offer<'a>>,
) -> Vec<Axis<'a>> {
    let mut largest: HashMap<&str, (Decimal, bool)> = HashMap::with_capacity(plans.len());
    let mut add = |country: &'a Country, end: (Decimal, bool)| {
        let entry = largest.entry(country.code.as_str()).or_insert(end);
        *entry = larger(*entry, end);
    };
    for row in groups.iter().flat_map(|group| &group.rows) {
        if let Some(figures) = row.shown.as_ref().map(|shown| &shown.figures)
            && let Some(max) = figures.max()
        {
            add(row.country, (max, figures.is_open()));
        }
    }
    for place in offer.iter().flat_map(|offer| &offer.by_country) {
        add(place.country, (place.amount, false));
    }
    let axes: Vec<Axis<'a>> = plans
        .iter()
        .filter_map(|plan| {
            let (max, open) = *largest.get(plan.country.code.as_str())?;
            let denomination = plan.denomination;
            Some(Axis { country: Some(plan.country), denomination, max, open })
        })
        .collect();
    let one_denomination = axes.windows(2).all(|pair| pair[0].denomination == pair[1].denomination);
    let shared = axes.iter().map(|axis| (axis.max, axis.open)).reduce(larger);
    match (axes.first(), shared) {
        (Some(first), Some((max, open))) if one_denomination => {
            vec![Axis { country: None, denomination: first.denomination, max, open }]
        }
        _ => axes,
    }
}

fn larger(a: (Decimal, bool), b: (Decimal, bool)) -> (Decimal, bool) {
    match a.0.cmp(&b.0) {
        std::cmp::Ordering::Equal => (a.0, a.1 || b.1),
        std::cmp::Ordering::Less => b,
        std::cmp::Ordering::Greater => a,
    }
}

fn opened_from(data: &SalaryData, selection: &Selection) -> Option<OpenedFrom> {
    let edition = selection.edition.clone().filter(|edition| *edition != data.edition);
    let now = data.rates.as_ref().map(|rates| rates.as_of);
    let rates = selection.rates.filter(|then| Some(*then) != now);
    (edition.is_some() || rates.is_some()).then_some(OpenedFrom { edition, rates })
}
