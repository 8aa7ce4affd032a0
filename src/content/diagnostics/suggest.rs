//! Owns the suggestion of a name in the place of one that does not exist. The entry point is
//! [`suggest`].

/// In bytes. Comparing takes time and memory by the square of the length, and names are shorter.
const MAX_COMPARED: usize = 200;

/// The help line for a name that does not exist: the nearest that does, or all of a few.
pub fn suggest<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let nearest = known
        .iter()
        .filter(|name| wrong.len() <= MAX_COMPARED && name.len() <= MAX_COMPARED)
        .map(|name| {
            (strsim::damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase()), *name)
        })
        .min();
    match nearest {
        // A name that differs in more than half of its letters is no help.
        Some((distance, name)) if distance <= wrong.chars().count().div_ceil(2).min(4) => {
            Some(format!("did you mean `{name}`?"))
        }
        _ if known.is_empty() => None,
        _ if known.len() <= 12 => Some(format!("known here: `{}`", known.join("`, `"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(suggest("pyhton", ["python", "sql"]).unwrap(), "did you mean `python`?");
        assert_eq!(suggest("zzzzzz", ["python", "sql"]).unwrap(), "known here: `python`, `sql`");
        assert_eq!(suggest("x", []), None);
    }
}
