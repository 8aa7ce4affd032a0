//! Owns the style of drawings that stand apart from the pages: the colours of the site, and the
//! rules of its style sheets as programs understand them that know little of CSS.

use std::fmt::Write as _;

const DIAGRAM_RULES: &str = include_str!("../../static/css/parts/picture.css");
const CHART_RULES: &str = include_str!("../../static/css/parts/chart.css");

/// A colour of the site, on light and on dark ground.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Colour {
    /// Of its custom property in the style sheets.
    pub(crate) name: &'static str,
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

// The colours of `static/css/parts/site.css`. A test compares them.
pub(crate) const PAPER: Colour = colour("paper", "#fbfaf6", "#15161a");
pub(crate) const INK: Colour = colour("ink", "#1c1b18", "#ece8dd");
pub(crate) const INK_SOFT: Colour = colour("ink-soft", "#524f47", "#b9b4a8");
pub(crate) const RULE: Colour = colour("rule", "#d6d2c4", "#3d3f47");
pub(crate) const ACCENT: Colour = colour("accent", "#20389c", "#adbfff");
const COLOURS: [Colour; 9] = [
    PAPER,
    colour("tint", "#f1efe6", "#1f2127"),
    INK,
    INK_SOFT,
    RULE,
    ACCENT,
    colour("step-1", "#c9d2f3", "#323f7d"),
    colour("step-2", "#7488d6", "#6c82dc"),
    colour("step-3", "#20389c", "#b9c7ff"),
];

/// The rules of charts in light colours, which are written out.
pub(crate) fn light_chart_rules() -> String {
    light_only(CHART_RULES)
}

/// Some rules and those of diagrams and charts, in light or dark as the reader's system says.
pub(super) fn light_and_dark(rules: &str) -> String {
    let mut css = String::from(":root{");
    for Colour { name, light, .. } in COLOURS {
        let _ = write!(css, "--{name}:{light};");
    }
    css.push_str("}@media (prefers-color-scheme:dark){:root{");
    for Colour { name, dark, .. } in COLOURS {
        let _ = write!(css, "--{name}:{dark};");
    }
    css + "}}" + &with_drawing_rules(rules)
}

/// The same in light colours, which are written out.
pub(super) fn light(rules: &str) -> String {
    light_only(&with_drawing_rules(rules))
}

fn with_drawing_rules(rules: &str) -> String {
    format!("{rules}{DIAGRAM_RULES}{CHART_RULES}")
}

/// Rules without comments, conditions, lists of alternatives and custom properties, because
/// rasterisers know none of them.
fn light_only(css: &str) -> String {
    let mut rules = css.to_owned();
    while let (Some(from), Some(to)) = (rules.find("/*"), rules.find("*/")) {
        rules.replace_range(from..to + 2, "");
    }
    let mut plain = String::new();
    let mut depth = 0_usize;
    for line in rules.lines() {
        if line.starts_with("@media") {
            depth += usize::from(!line.ends_with("}}"));
        } else if depth > 0 {
            depth -= usize::from(line == "}");
        } else if let Some((selector, rest)) = line.split_once('{') {
            for selector in alternatives(selector) {
                let _ = write!(plain, "{selector}{{{rest}");
            }
        }
    }
    while let Some(from) = plain.find("var(--") {
        let to = plain[from..].find(')').map_or(plain.len(), |to| from + to + 1);
        let name = plain[from + "var(--".len()..to].trim_end_matches(')');
        let colour = COLOURS.iter().find(|known| known.name == name);
        plain.replace_range(from..to, colour.map_or("#000", |colour| colour.light));
    }
    plain
}

/// The selectors that a list of them, or one with `:is(…)`, stands for.
fn alternatives(selector: &str) -> Vec<String> {
    let Some((before, rest)) = selector.split_once(":is(") else {
        return selector.split(',').map(str::to_owned).collect();
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    inside.split(',').map(|one| format!("{before}{one}{after}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_site() {
        let site = include_str!("../../static/css/parts/site.css");
        for Colour { name, light, dark } in COLOURS {
            let rule = format!("--{name}:light-dark({light},{dark});");
            assert!(site.contains(&rule), "{rule}");
        }
    }
}
