//! Owns the way from a comparison of the domain to the document.

use super::{
    Caveat, CaveatKind, ChargePaid, ComparisonDocument, Conversion, Finding, Links, Missing,
    MissingKind, Offer, OfferNet, OfferPlace, OfferSummary, OpenedFrom, Original, Part, Place, Row,
    Scope, ScopeKind, Selection, Shown, TakeHomeBasis, Unit,
};
use crate::address;
use crate::api::exact::Exact;
use crate::api::problem::ParameterError;
use crate::api::shapes::{Sample, Source, Years};
use crate::api::{Context, Form};
use crate::date::PartialDate;
use crate::id::SourceId;
use crate::pay::comparison::{self, Comparison, Ignored, RowScope};
use crate::pay::findings;
use crate::pay::money::Denomination;
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{SalaryData, comparison as domain};

impl<'a> ComparisonDocument<'a> {
    /// The document of a comparison, and of what is of no use in it.
    pub fn new(context: Context<'a>, comparison: &'a Comparison<'a>, ignored: &[Ignored]) -> Self {
        let data = comparison.data;
        let maker = Maker { data };
        Self {
            title: findings::headline(comparison),
            summary: findings::summary(comparison),
            career: &data.career,
            edition: &data.edition,
            selection: selection(comparison.selection),
            links: links(context, comparison),
            rows: comparison.rows().map(|row| maker.row(row)).collect(),
            findings: findings::findings(comparison).into_iter().map(finding).collect(),
            caveats: findings::caveats(comparison, Some(context.today))
                .into_iter()
                .map(caveat)
                .collect(),
            offer: comparison.offer.as_ref().map(|offer| maker.offer(offer)),
            ignored: ignored.iter().map(ParameterError::from).collect(),
            opened_from: comparison.opened_from.as_ref().map(|then| OpenedFrom {
                edition: then.edition.as_deref(),
                rates: then.rates.map(PartialDate::into),
            }),
        }
    }
}

fn selection(selection: &domain::Selection) -> Selection<'_> {
    Selection {
        countries: selection.countries.iter().map(crate::id::CountryCode::as_str).collect(),
        levels: selection.levels.iter().map(crate::id::LevelId::as_str).collect(),
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
    fn row(&self, row: &'a comparison::Row<'a>) -> Row<'a> {
        let mut sample = Sample::new(row.sample, self.data.small_sample_below);
        sample.small = row.small_sample;
        Row {
            country: row.country.into(),
            scope: scope(row),
            own: row.own,
            source: row.source.into(),
            title: row.title,
            city: row.city,
            occupation: row.occupation,
            years: Years::stated(row.years),
            basis: row.basis.into(),
            basis_note: row.basis_note,
            note: row.note,
            sample,
            as_of: row.as_of.into(),
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
            missing: row.missing.iter().map(missing).collect(),
            offer: row.offer.as_ref().map(|offer| OfferPlace {
                amount: Exact(offer.amount),
                place: place(offer.place),
                text: &offer.text,
            }),
        }
    }

    fn source(&self, id: &SourceId) -> Option<Source<'a>> {
        self.data.source(id.as_str()).map(Source::from)
    }

    fn conversion(&self, conversion: &comparison::Conversion<'a>, from: &'a str) -> Conversion<'a> {
        match conversion {
            comparison::Conversion::Exchange { rate, as_of } => {
                let rates = self.data.rates.as_ref();
                Conversion::Exchange {
                    rate: Exact(rate.value),
                    from: rate.from.as_str(),
                    to: rate.to.as_str(),
                    as_of: (*as_of).into(),
                    holds_until: rates.map(|rates| rates.holds_until.to_string()),
                    source: rates.and_then(|rates| self.source(&rates.source)),
                }
            }
            comparison::Conversion::PurchasingPower { factor, power } => {
                Conversion::PurchasingPower {
                    factor: Exact(*factor),
                    from,
                    year: power.year,
                    holds_until: power.holds_until.to_string(),
                    note: &power.note,
                    source: self.source(&power.source),
                }
            }
        }
    }

    /// None when the country of the rules is not declared, which the content rules out.
    fn rules(&self, rules: &'a TakeHomeRules) -> Option<TakeHomeBasis<'a>> {
        Some(TakeHomeBasis {
            country: self.data.country(rules.country.as_str())?.into(),
            tax_year: &rules.tax_year,
            caption: rules.caption.as_deref(),
            applies_to: &rules.applies_to,
            omits: rules.omits.iter().map(String::as_str).collect(),
            holds_until: rules.holds_until.to_string(),
            source: self.source(&rules.source),
        })
    }

    fn offer(&self, offer: &'a comparison::Offer<'a>) -> Offer<'a> {
        let from = offer.currency.code.as_str();
        Offer {
            gross: Exact(offer.gross),
            currency: from,
            text: offer.currency.exact(offer.gross),
            net: offer.net.as_ref().and_then(|net| self.offer_net(offer, net)),
            problem: offer.problem.as_deref(),
            places: offer
                .places
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
        offer: &'a comparison::Offer<'a>,
        net: &'a comparison::OfferNet<'a>,
    ) -> Option<OfferNet<'a>> {
        let how = &net.take_home;
        let part = |name: &'a str, amount| Part { name, amount: Exact(amount) };
        Some(OfferNet {
            take_home: self.rules(net.rules)?,
            allowances: how.allowances.iter().map(|given| part(given.name, given.amount)).collect(),
            taxable: Exact(how.taxable),
            charges: how
                .charges
                .iter()
                .map(|paid| ChargePaid {
                    name: paid.name,
                    amount: Exact(paid.amount),
                    cess: paid.cess.map(|cess| part(cess.name, cess.amount)),
                })
                .collect(),
            net: Exact(how.net),
            text: offer.currency.exact(how.net),
        })
    }
}

fn scope<'a>(row: &comparison::Row<'a>) -> Scope<'a> {
    let (kind, level) = match row.scope {
        RowScope::Level(level) => (ScopeKind::Level, Some(level.into())),
        RowScope::Years(_) => (ScopeKind::Years, None),
        RowScope::AllLevels => (ScopeKind::AllLevels, None),
    };
    Scope { kind, level, text: row.label().into_owned() }
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

fn missing(missing: &comparison::Missing) -> Missing<'_> {
    let kind = match missing.kind {
        comparison::MissingKind::Withheld => MissingKind::Withheld,
        comparison::MissingKind::ExchangeRate => MissingKind::ExchangeRate,
        comparison::MissingKind::PurchasingPower => MissingKind::PurchasingPower,
        comparison::MissingKind::TakeHomeRules => MissingKind::TakeHomeRules,
        comparison::MissingKind::NotComputed => MissingKind::NotComputed,
        comparison::MissingKind::OpenTop => MissingKind::OpenTop,
    };
    Missing { kind, text: &missing.text }
}

fn finding(finding: findings::Finding<'_>) -> Finding<'_> {
    Finding {
        kind: finding.kind.as_str(),
        countries: finding.countries.iter().map(|country| country.code.as_str()).collect(),
        levels: finding.levels.iter().map(|level| level.id.as_str()).collect(),
        text: finding.text,
    }
}

fn caveat(caveat: findings::Caveat) -> Caveat {
    let kind = match caveat.kind {
        findings::CaveatKind::Missing => CaveatKind::Missing,
        findings::CaveatKind::Basis => CaveatKind::Basis,
        findings::CaveatKind::TakeHome => CaveatKind::TakeHome,
        findings::CaveatKind::Rates => CaveatKind::Rates,
        findings::CaveatKind::PurchasingPower => CaveatKind::PurchasingPower,
        findings::CaveatKind::Stale => CaveatKind::Stale,
    };
    Caveat { kind, text: caveat.text }
}

fn place(place: comparison::Place) -> Place {
    match place {
        comparison::Place::Below => Place::Below,
        comparison::Place::Within => Place::Within,
        comparison::Place::AboveLow => Place::AboveLow,
        comparison::Place::AboveStated => Place::AboveStated,
        comparison::Place::Above => Place::Above,
    }
}
