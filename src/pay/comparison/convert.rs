//! Owns the conversion of amounts: take-home pay first, then the exchange rate or the
//! purchasing-power factor, then a twelfth for a month. Each step may fail, and says why.
//!
//! The entry points are [`ConversionPlan::convert_figures`], for the figures of a country, and
//! [`conversion_between`] with [`convert_for_period`], for the reader's own figure.

use rust_decimal::Decimal;

use super::{
    Adjust, Conversion, DisplayCurrency, DisplayFigures, Missing, MissingKind, Pay, Selection,
};
use crate::pay::exact::ROUNDING;
use crate::pay::exchange::by_purchasing_power;
use crate::pay::money::{Currency, Denomination, Period};
use crate::pay::take_home::TakeHomeRules;
use crate::pay::{Country, Figures, Percentiles, Range, SalaryData};

/// How the amounts of one country are converted for one selection.
pub(super) struct ConversionPlan<'a> {
    pub(super) country: &'a Country,
    /// Before the conversion.
    pub(super) currency: &'a Currency,
    /// After the conversion.
    pub(super) denomination: Denomination<'a>,
    pub(super) period: Period,
    /// By which rules pay is net, or why there are none; none for gross pay.
    pub(super) net: Option<Result<&'a TakeHomeRules, Missing>>,
    /// None when amounts are in that denomination already.
    pub(super) conversion: Result<Option<Conversion<'a>>, Missing>,
}

impl Missing {
    pub(super) fn new(kind: MissingKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// What amounts of a country whose currency is `local` are shown in; none when that is by
/// purchasing power and there are no factors at all, or in a currency that is not declared.
pub(super) fn display_denomination<'a>(
    data: &'a SalaryData,
    selection: &Selection,
    local: &'a Currency,
) -> Option<Denomination<'a>> {
    match (selection.adjust, &selection.currency) {
        (Adjust::PurchasingPower, _) => {
            data.purchasing_power.as_ref().map(Denomination::International)
        }
        (Adjust::Market, DisplayCurrency::Local) => Some(Denomination::Currency(local)),
        (Adjust::Market, DisplayCurrency::Of(code)) => {
            data.currency(code.as_str()).map(Denomination::Currency)
        }
    }
}

/// How amounts get from a currency to a denomination; none when they are in it already.
pub(super) fn conversion_between<'a>(
    data: &'a SalaryData,
    from: &'a Currency,
    to: Denomination<'a>,
) -> Result<Option<Conversion<'a>>, Missing> {
    match to {
        Denomination::Currency(to) if to.code == from.code => Ok(None),
        Denomination::Currency(to) => {
            let found = data.rates.as_ref().and_then(|rates| {
                let rate = rates.rate(from.code.as_str(), to.code.as_str())?;
                Some(Conversion::Exchange { rate, as_of: rates.as_of })
            });
            found.map(Some).ok_or_else(|| {
                let text =
                    format!("there is no exchange rate from {} to {}", from.plural, to.plural);
                Missing::new(MissingKind::ExchangeRate, text)
            })
        }
        Denomination::International(power) => match power.factor(from.code.as_str()) {
            Some(factor) => Ok(Some(Conversion::PurchasingPower { factor, power })),
            None => Err(no_factor(from)),
        },
    }
}

fn no_factor(currency: &Currency) -> Missing {
    let text = format!("there is no purchasing-power factor for {}", currency.plural);
    Missing::new(MissingKind::PurchasingPower, text)
}

impl Conversion<'_> {
    /// The amount after the conversion; none when it is too large.
    pub fn convert(&self, amount: Decimal) -> Option<Decimal> {
        match self {
            Self::Exchange { rate, .. } => rate.convert(amount),
            Self::PurchasingPower { factor, .. } => by_purchasing_power(amount, *factor),
        }
    }
}

impl<'a> ConversionPlan<'a> {
    /// None when the country's currency is not declared, which the content rules out.
    pub(super) fn new(
        data: &'a SalaryData,
        selection: &Selection,
        country: &'a Country,
    ) -> Option<Self> {
        let currency = data.currency(country.currency.as_str())?;
        let (denomination, conversion) = match display_denomination(data, selection, currency) {
            Some(denomination) => (denomination, conversion_between(data, currency, denomination)),
            None => (Denomination::Currency(currency), Err(no_factor(currency))),
        };
        let net = (selection.pay == Pay::Net).then(|| {
            data.take_home(country.code.as_str()).ok_or_else(|| {
                let text = format!("there are no take-home rules for {}", country.in_sentence);
                Missing::new(MissingKind::TakeHomeRules, text)
            })
        });
        let period = selection.period;
        Some(Self { country, currency, denomination, period, net, conversion })
    }

    pub(super) fn rules(&self) -> Option<&'a TakeHomeRules> {
        self.net.as_ref().and_then(|net| net.as_ref().ok().copied())
    }

    /// One local gross amount a year, converted for display.
    fn convert_amount(&self, gross: Decimal) -> Result<Decimal, Missing> {
        let local = match &self.net {
            None => gross,
            Some(Err(missing)) => return Err(missing.clone()),
            Some(Ok(rules)) => {
                let net = rules.net_to(gross, self.currency.decimals).map_err(|error| {
                    let text = format!(
                        "take-home pay of {} is not computed: {error}",
                        self.currency.compact(gross)
                    );
                    Missing::new(MissingKind::NotComputed, text)
                })?;
                net.net
            }
        };
        let conversion = self.conversion.as_ref().map_err(Clone::clone)?;
        convert_for_period(local, conversion.as_ref(), self.denomination, self.period)
    }

    /// Figures converted for display, and what is missing of them.
    pub(super) fn convert_figures(
        &self,
        original: &Figures,
    ) -> (Option<DisplayFigures<'a>>, Vec<Missing>) {
        let mut missing: Vec<Missing> = Vec::new();
        let mut point = |amount: Decimal| match self.convert_amount(amount) {
            Ok(shown) => Some(shown),
            Err(why) => {
                if !missing.contains(&why) {
                    missing.push(why);
                }
                None
            }
        };
        let figures = match original {
            Figures::Withheld(why) => {
                missing.push(Missing::new(MissingKind::Withheld, why.clone()));
                None
            }
            Figures::Median(median) => point(*median).map(Figures::Median),
            Figures::Percentiles(five) => {
                let mut at = |amount: Option<Decimal>| amount.and_then(&mut point);
                let five = Percentiles {
                    p10: at(five.p10),
                    p25: at(five.p25),
                    p50: at(five.p50),
                    p75: at(five.p75),
                    p90: at(five.p90),
                };
                five.points().next().is_some().then_some(Figures::Percentiles(five))
            }
            Figures::Range(range) => {
                let low = point(range.low);
                let high = range.high.and_then(&mut point);
                low.map(|low| Figures::Range(converted_range(range, low, high)))
            }
        };
        if self.net.is_some()
            && figures.is_some()
            && matches!(original, Figures::Range(range) if range.is_open())
        {
            let text = "net of what is stated: the top is open and has no net";
            missing.push(Missing::new(MissingKind::OpenTop, text));
        }
        let shown = figures.map(|figures| DisplayFigures {
            figures,
            denomination: self.denomination,
            period: self.period,
            net: self.net.is_some(),
            approximate: matches!(self.conversion, Ok(Some(_))),
        });
        (shown, missing)
    }
}

/// The ends may change places, because take-home pay can fall a little just above a rebate with
/// marginal relief.
fn converted_range(original: &Range, low: Decimal, high: Option<Decimal>) -> Range {
    let unknown_top = original.high.is_some() && high.is_none();
    Range {
        low: high.map_or(low, |high| low.min(high)),
        high: high.map(|high| low.max(high)),
        open: original.open || unknown_top,
    }
}

/// An amount a year, converted, as an amount for the period. An amount a month is rounded to whole
/// coins.
pub(super) fn convert_for_period(
    amount: Decimal,
    conversion: Option<&Conversion<'_>>,
    denomination: Denomination<'_>,
    period: Period,
) -> Result<Decimal, Missing> {
    let converted = match conversion {
        None => Some(amount),
        Some(conversion) => conversion.convert(amount),
    };
    converted
        .and_then(|amount| match period {
            Period::Year => Some(amount),
            Period::Month => Some(
                amount
                    .checked_div(Decimal::from(12_u8))?
                    .round_dp_with_strategy(denomination.decimals(), ROUNDING)
                    .normalize(),
            ),
        })
        .ok_or_else(|| Missing::new(MissingKind::NotComputed, "the amount is too large to convert"))
}
