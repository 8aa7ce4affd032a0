//! Owns how the document is filled from a comparison of the domain.

use super::{
    ComparisonDocument, Conversion, Finding, Links, Offer, OfferNet, OfferSummary, Original, Row,
    Scope, ScopeKind, Selection, Shown, TakeHomeBasis, Unit,
};
use crate::address;
use crate::api::shapes::{Sample, Years};
use crate::api::{Context, Form};
use crate::id::{CountryCode, LevelId, SourceId};
use crate::pay::comparison::{self as domain, Comparison, Ignored, RowScope};
use crate::pay::exact::Exact;
use crate::pay::findings;
use crate::pay::money::Denomination;
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{SalaryData, Source};

impl<'a> ComparisonDocument<'a> {
    /// The document of a comparison, and of values that have no effect in it.
    pub fn new(
        context: Context<'a>,
        comparison: &'a Comparison<'a>,
        ignored: Vec<Ignored>,
    ) -> Self {
        let data = comparison.data;
        let report = findings::Report::new(comparison);
        let maker = Maker { data };
        Self {
            title: report.headline(),
            summary: report.summary(),
            career: &data.career,
            edition: &data.edition,
            selection: selection(comparison.selection),
            links: links(context, comparison),
            rows: comparison.rows().map(|row| maker.row(row)).collect(),
            findings: report.findings().into_iter().map(finding).collect(),
            caveats: findings::caveats(comparison, Some(context.today)),
            offer: comparison.offer.as_ref().map(|offer| maker.offer(offer)),
            ignored,
            opened_from: comparison.opened_from.as_ref(),
        }
    }
}

fn selection(selection: &domain::Selection) -> Selection<'_> {
    Selection {
        countries: selection.countries.iter().map(CountryCode::as_str).collect(),
        levels: selection.levels.iter().map(LevelId::as_str).collect(),
        currency: selection.currency.in_address(),
        pay: selection.pay.as_str(),
        adjust: selection.adjust.as_str(),
        period: selection.period.as_str(),
        group: selection.group.as_str(),
        sources: selection.sources.iter().map(SourceId::as_str).collect(),
    }
}

fn links(context: Context<'_>, comparison: &Comparison<'_>) -> Links {
    let canonical = comparison.selection.canonical_query(comparison.data);
    let address =
        |path: &str, query: &str| context.urls.absolute_or_path(&address::with_query(path, query));
    Links {
        canonical: address(address::COMPARE, &canonical),
        share: address(address::COMPARE, &comparison.selection.share_query(comparison.data)),
        json: address(Form::Json.path(), &canonical),
        csv: address(Form::Csv.path(), &canonical),
    }
}

struct Maker<'a> {
    data: &'a SalaryData,
}

impl<'a> Maker<'a> {
    fn row(&self, row: &'a domain::Row<'a>) -> Row<'a> {
        Row {
            country: row.country.into(),
            scope: Scope::new(row),
            own: row.own,
            source: row.source,
            title: row.title,
            city: row.city,
            occupation: row.occupation,
            years: Years::stated(row.years),
            basis: row.basis,
            basis_note: row.basis_note,
            note: row.note,
            sample: Sample::new(row.sample, self.data.small_sample_below),
            as_of: row.as_of,
            original: Original {
                currency: row.currency.code.as_str(),
                figures: (&row.original).into(),
                text: row.original_text(),
            },
            shown: row.shown.as_ref().map(|shown| Shown {
                unit: unit(shown.denomination),
                period: shown.period.as_str(),
                net: shown.net,
                approximate: shown.approximate,
                figures: (&shown.figures).into(),
                text: shown.text(),
                exact_text: shown.exact(),
            }),
            conversion: row
                .conversion
                .as_ref()
                .map(|conversion| self.conversion(conversion, row.currency.code.as_str())),
            take_home: row.rules.and_then(|rules| self.rules(rules)),
            missing: &row.missing,
            offer: row.offer.as_ref(),
        }
    }

    fn source(&self, id: &SourceId) -> Option<&'a Source> {
        self.data.source(id.as_str())
    }

    fn conversion(&self, conversion: &domain::Conversion<'a>, from: &'a str) -> Conversion<'a> {
        match conversion {
            domain::Conversion::Exchange { rate, as_of } => {
                let rates = self.data.rates.as_ref();
                Conversion::Exchange {
                    rate: Exact(rate.value),
                    from: rate.from.as_str(),
                    to: rate.to.as_str(),
                    as_of: *as_of,
                    holds_until: rates.map(|rates| rates.holds_until.to_string()),
                    source: rates.and_then(|rates| self.source(&rates.source)),
                }
            }
            domain::Conversion::PurchasingPower { factor, power } => Conversion::PurchasingPower {
                factor: Exact(*factor),
                from,
                year: power.year,
                holds_until: power.holds_until.to_string(),
                note: &power.note,
                source: self.source(&power.source),
            },
        }
    }

    /// None when the country of the rules is not declared, which the content rules out.
    fn rules(&self, rules: &'a TakeHomeRules) -> Option<TakeHomeBasis<'a>> {
        Some(TakeHomeBasis {
            country: self.data.country(rules.country.as_str())?.into(),
            tax_year: &rules.tax_year,
            caption: rules.caption.as_deref(),
            applies_to: &rules.applies_to,
            omits: &rules.omits,
            holds_until: rules.holds_until.to_string(),
            source: self.source(&rules.source),
        })
    }

    fn offer(&self, offer: &'a domain::Offer<'a>) -> Offer<'a> {
        let from = offer.currency.code.as_str();
        Offer {
            gross: Exact(offer.gross),
            currency: from,
            text: offer.currency.exact(offer.gross),
            net: offer.net.as_ref().and_then(|net| self.offer_net(offer, net)),
            problem: offer.problem.as_deref(),
            places: offer
                .by_country
                .iter()
                .map(|place| OfferSummary {
                    country: place.country.into(),
                    amount: Exact(place.amount),
                    unit: unit(place.denomination),
                    approximate: place.approximate,
                    conversion: place.conversion.as_ref().map(|c| self.conversion(c, from)),
                    text: &place.text,
                })
                .collect(),
        }
    }

    fn offer_net(
        &self,
        offer: &'a domain::Offer<'a>,
        net: &'a domain::OfferNet<'a>,
    ) -> Option<OfferNet<'a>> {
        let how = &net.take_home;
        Some(OfferNet {
            take_home: self.rules(net.rules)?,
            allowances: &how.allowances,
            taxable: Exact(how.taxable),
            charges: &how.charges,
            net: Exact(how.net),
            text: offer.currency.exact(how.net),
        })
    }
}

impl<'a> Scope<'a> {
    pub(in crate::api) fn new(row: &domain::Row<'a>) -> Self {
        let (kind, level) = match row.scope {
            RowScope::Level(level) => (ScopeKind::Level, Some(level)),
            RowScope::Years(_) => (ScopeKind::Years, None),
            RowScope::AllLevels => (ScopeKind::AllLevels, None),
        };
        Self { kind, level, text: row.label().into_owned() }
    }
}

fn unit(denomination: Denomination<'_>) -> Unit<'_> {
    Unit {
        currency: match denomination {
            Denomination::Currency(currency) => Some(currency.code.as_str()),
            Denomination::International(_) => None,
        },
        name: denomination.plural(),
        symbol: denomination.symbol(),
    }
}

fn finding(finding: findings::Finding<'_>) -> Finding<'_> {
    Finding {
        kind: finding.kind,
        countries: finding.countries.iter().map(|country| country.code.as_str()).collect(),
        levels: finding.levels.iter().map(|level| level.id.as_str()).collect(),
        text: finding.text,
    }
}
