//! Owns the reading of `take-home/<code>.toml`. The examples in each file are computed and
//! compared, so that a wrong digit in a rule is caught when the guide loads.

use rust_decimal::Decimal;

use super::dates::{ExpiryDate, expiry};
use super::guide_files::GuideFiles;
use super::names::{Declarations, report_unknown};
use crate::content::diagnostics::Code;
use crate::content::reader::{Located, Table};
use crate::id::{CountryCode, SourceId};
use crate::pay::Country;
use crate::pay::money::Currency;
use crate::pay::take_home::{
    Allowance, Cess, Charge, ChargeBase, NotComputed, Rebate, TakeHome, TakeHomeRules, Taper,
    TaxBand,
};

/// The rules of all countries that have any.
pub(in crate::content) fn read(
    guide: &GuideFiles<'_>,
    declared: &Declarations,
    countries: &[Country],
    currencies: &[Currency],
    expiries: &mut Vec<ExpiryDate>,
) -> Vec<TakeHomeRules> {
    // Countries are declared by the names of files, so no single file tells whether all are known.
    let may_lack = guide.problems.is_broken_below(&guide.files.name("salaries"));
    guide
        .folder("take-home")
        .into_iter()
        .filter_map(|(code, file)| {
            let country = countries.iter().find(|country| country.code == *code);
            if country.is_none() && !may_lack {
                let name = Located { value: code.to_owned(), at: 0 };
                let known = countries.iter().map(|country| country.code.as_str());
                report_unknown(&file, Code::UnknownCountry, &name, known);
            }
            let currency = country.and_then(|country| {
                currencies.iter().find(|currency| currency.code == country.currency)
            });
            let decimals = currency.map_or(2, |currency| currency.decimals);
            let top = country.map_or(Decimal::ZERO, highest_pay);
            rules(code, (decimals, top), &Table::parse(file), declared, expiries)
        })
        .collect()
}

fn rules(
    code: &str,
    (decimals, top): (u32, Decimal),
    table: &Table<'_>,
    declared: &Declarations,
    expiries: &mut Vec<ExpiryDate>,
) -> Option<TakeHomeRules> {
    let source = declared.sources.named_in(table, "source");
    let holds_until = expiry(table, declared.edition, expiries);
    let tax_year = table.text("tax_year");
    let caption = table.optional_text("caption");
    let omits = table.plain_texts("omits");
    let applies_to = table.text("applies_to");
    let allowances = table.each("allowance", allowance).into_iter().flatten().collect();
    let charges: Vec<Charge> = table.each("charge", charge).into_iter().flatten().collect();
    let not_computed = table.within("not_computed", |item| {
        let (above, why) = (item.amount("taxable_above"), item.text("why"));
        Some(NotComputed { taxable_above: above?, why })
    });
    if charges.is_empty() {
        table.missing("charge", "[{ name = …, on = \"taxable\", bands = [ … ] }]");
    }
    let examples = table.each("example", |item| {
        let (gross, net) = (item.amount("gross"), item.amount("net"));
        Some((gross?, net?, item.place_of("net")))
    });
    let examples: Vec<_> = examples.into_iter().flatten().collect();
    table.finish();
    let rules = TakeHomeRules {
        country: CountryCode::new(code),
        tax_year,
        caption,
        source: SourceId::new(source?),
        holds_until: holds_until?,
        omits,
        applies_to,
        allowances,
        charges,
        not_computed: not_computed.flatten(),
        examples: examples.iter().map(|(gross, net, _)| (*gross, *net)).collect(),
    };
    // Rules with a mistake, which has been reported, would only compute wrong results.
    if !table.file.problems.any_in(table.file.name) {
        check_examples(table, decimals, &rules, &examples);
        check_reach(table, decimals, &rules, top);
    }
    Some(rules)
}

fn check_examples(
    table: &Table<'_>,
    decimals: u32,
    rules: &TakeHomeRules,
    examples: &[(Decimal, Decimal, usize)],
) {
    for (gross, net, at) in examples {
        let computed = rules.net_to(*gross, decimals).map(|take_home| take_home.net);
        let message = match computed {
            Ok(computed) if computed == *net => continue,
            Ok(computed) => format!("of {gross} these rules leave {computed}"),
            Err(reason) => format!("of {gross} these rules compute nothing: {reason}"),
        };
        table
            .file
            .error(Code::TakeHomeExample, *at, format!("{message}, not {net}"))
            .help("look for a wrong digit in the rules or in the example");
    }
}

/// Reports bands that figures of the guide fall into and that no example reaches: nobody would see
/// a wrong digit in them.
fn check_reach(table: &Table<'_>, decimals: u32, rules: &TakeHomeRules, top: Decimal) {
    let Ok(of_top) = rules.net_to(top, decimals) else { return };
    let examples = || rules.examples.iter().filter_map(|(gross, _)| rules.net(*gross).ok());
    for (charge, item) in rules.charges.iter().zip(table.tables("charge")) {
        let on = |pay: &TakeHome<'_>| match charge.on {
            ChargeBase::Gross => pay.gross,
            ChargeBase::Taxable => pay.taxable,
        };
        let most = examples().map(|pay| on(&pay)).max().unwrap_or_default();
        let mut from = Decimal::ZERO;
        for (band, place) in charge.bands.iter().zip(item.tables("bands")) {
            if most <= from && on(&of_top) > from {
                let message =
                    format!("no example reaches this band of “{}”, above {from}", charge.name);
                table.file.error(Code::UncheckedRule, place.at, message).help(format!(
                    "of {top}, the highest pay here, these rules leave {}: if that is right, \
                         write it as an [[example]]",
                    of_top.net
                ));
                return;
            }
            from = band.to.unwrap_or(from);
        }
    }
}

/// The highest pay that the guide shows of a country.
fn highest_pay(country: &Country) -> Decimal {
    let bands = country.bands.iter().map(|band| band.range.max());
    let others = country.others.iter().filter_map(|other| other.figures.max());
    bands.chain(others).max().unwrap_or_default()
}

fn allowance(table: &Table<'_>) -> Option<Allowance> {
    let (name, amount) = (table.text("name"), table.amount("amount"));
    let taper = table.within("taper", |item| {
        let (above, lose, per) = (item.amount("above"), item.amount("lose"), item.amount("per"));
        let per = per?;
        if per.is_zero() {
            item.error(Code::NumberOutOfRange, "per", "`per` must be above zero");
            return None;
        }
        Some(Taper { above: above?, lose: lose?, per })
    });
    Some(Allowance { name, amount: amount?, taper: taper.flatten() })
}

fn charge(table: &Table<'_>) -> Option<Charge> {
    let name = table.text("name");
    let bases = [("taxable", ChargeBase::Taxable), ("gross", ChargeBase::Gross)];
    let on = table.required_choice("on", &bases);
    let bands = bands(table);
    let cap = table.optional_amount("cap");
    let rebate = table.within("rebate", |item| {
        let (to, relief) = (item.amount("taxable_to"), item.flag("marginal_relief"));
        Some(Rebate { taxable_to: to?, marginal_relief: relief })
    });
    let cess = table.within("cess", |item| {
        let (name, percent) = (item.text("name"), percent(item));
        Some(Cess { name, percent: percent? })
    });
    let (rebate, cess) = (rebate.flatten(), cess.flatten());
    Some(Charge { name, on, bands: bands?, cap, rebate, cess })
}

fn bands(table: &Table<'_>) -> Option<Vec<TaxBand>> {
    let items = table.tables("bands");
    if items.is_empty() {
        table.missing("bands", "[ { to = 12570, percent = 0 }, { percent = 20 } ]");
        return None;
    }
    let mut bands: Vec<TaxBand> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let (to, percent) = (item.optional_amount("to"), percent(item));
        item.finish();
        let last = index + 1 == items.len();
        let rises = match (&to, bands.last()) {
            (Some(to), Some(before)) => before.to.is_some_and(|before| *to > before),
            _ => true,
        };
        if !rises || to.is_none() != last {
            let message = "bands must rise, and only the last one has no `to`";
            table
                .file
                .error(Code::TaxBands, item.at, message)
                .help("list them from the lowest up, the last as `{ percent = … }`");
            return None;
        }
        bands.push(TaxBand { to, percent: percent? });
    }
    Some(bands)
}

fn percent(table: &Table<'_>) -> Option<Decimal> {
    let percent = table.amount("percent")?;
    if percent > Decimal::ONE_HUNDRED {
        table
            .error(Code::NumberOutOfRange, "percent", "`percent` is above 100")
            .help("write 20 for 20 %");
        return None;
    }
    Some(percent)
}
