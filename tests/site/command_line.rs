//! The command line: flags, settings, `check`, and what is printed when something is wrong.

use std::collections::BTreeSet;
use std::net::TcpListener;

use crate::folder::{Folder, repository};
use crate::support::page;
use crate::support::process::{error_line, printed, program, run};

#[test]
fn help_and_version_are_as_people_expect() {
    let help = run(&["--help"]);
    assert!(help.status.success() && help.stderr.is_empty());
    let help = String::from_utf8(help.stdout).unwrap();
    for word in ["serve", "check", "export", "healthcheck", "--listen", "CAREER_GUIDE_BASE_URL"] {
        assert!(help.contains(word), "{word}\n{help}");
    }
    let version = run(&["--version"]);
    assert_eq!(
        String::from_utf8(version.stdout).unwrap(),
        format!("career-guide {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn the_readme_of_deploy_lists_every_setting_and_no_other() {
    let help = String::from_utf8(run(&["serve", "--help"]).stdout).unwrap();
    let document = std::fs::read_to_string(repository("deploy/README.md")).unwrap();
    let names = |text: &str, beginning: &str| -> BTreeSet<String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        text.split(|c: char| !is_name(c))
            .filter(|word| word.len() > beginning.len() && word.starts_with(beginning))
            .map(str::to_owned)
            .collect()
    };
    let rows: String = document.lines().filter(|line| line.starts_with("| `--")).collect();
    let mut flags = names(&help, "--");
    flags.remove("--help");
    assert!(flags.len() >= 10, "{flags:?}");
    assert_eq!(names(&rows, "--"), flags);
    assert_eq!(names(&rows, "CAREER_GUIDE_"), names(&help, "CAREER_GUIDE_"));
}

#[test]
fn a_bad_option_gets_one_clear_line() {
    assert!(error_line(&run(&["--lissten", "x"]), 2).contains("--listen"));
    assert!(error_line(&run(&["sreve"]), 2).contains("serve"));
    assert!(error_line(&run(&["--listen", "3000"]), 2).contains("`3000`"));
    assert!(error_line(&run(&["--base-url", "example.org"]), 2).contains("`example.org`"));
}

#[test]
fn settings_of_the_environment_are_checked_like_flags_and_flags_go_first() {
    let output = program(&[]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(error_line(&output, 2).contains("`nowhere`"));
    let output =
        program(&["--listen", "here"]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(error_line(&output, 2).contains("`here`"));
}

#[test]
fn a_folder_that_cannot_be_read_gets_one_clear_line() {
    let error = error_line(&run(&["check", "/nowhere/at/all"]), 1);
    assert!(error.contains("/nowhere/at/all"), "{error}");
    let error = error_line(&run(&["--listen", "127.0.0.1:0", "--content", "/nowhere"]), 1);
    assert!(error.contains("/nowhere"), "{error}");
}

#[test]
fn a_taken_port_gets_one_clear_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = error_line(&run(&["serve", "--listen", &address]), 1);
    assert!(error.contains(&address) && error.contains("another program"), "{error}");
}

#[test]
fn check_prints_every_problem_and_fails() {
    let folder = Folder::new();
    folder.write("site.toml", "titel = 1\n");
    let report = printed(run(&["check", folder.path()]), 1);
    assert!(report.contains("site.toml:1:1: error[unknown-key]"), "{report}");
    assert!(report.matches("error[").count() > 3, "{report}");
}

#[test]
fn check_prints_two_hundred_of_many_problems_and_their_number() {
    let folder = Folder::with_guide();
    folder.write("guide/paper.md", page("Paper", &"Read [this](nothing.md).\n\n".repeat(20_000)));
    let report = printed(run(&["check", folder.path()]), 1);
    assert_eq!(report.matches("error[").count(), 200);
    assert!(report.contains("\n… and 19800 more\n20000 problems\n"), "{report}");
}

#[test]
fn check_finds_no_problem_in_a_sound_guide() {
    let report = printed(run(&["check", Folder::with_guide().path()]), 0);
    assert!(report.starts_with("no problems: 1 section, "), "{report}");
}

#[test]
fn check_against_an_earlier_copy_prints_what_its_readers_would_lose() {
    let (old, new) = (Folder::with_guide(), Folder::with_guide());
    let compare = || run(&["check", new.path(), "--against", old.path()]);
    let report = printed(compare(), 0);
    assert!(report.starts_with(&format!("nothing of {} is lost\n", old.path())), "{report}");

    old.write("guide/paper.md", page("Paper", "## Two {#two}\n\nText."));
    let report = printed(compare(), 1);
    let place = format!("{}/guide/paper.md:7:1: error[lost-link]: /guide/paper#two, ", old.path());
    assert!(report.starts_with(&place), "{report}");
}

#[test]
fn check_warns_of_figures_that_are_out_of_date_and_succeeds() {
    let folder = Folder::with_guide();
    let old = "source = \"s\"\nyear = 2020\nunit = { name = \"x\", symbol = \"y\" }\nnote = \"z\"\n\
               holds_until = 2020-12-31\nfactors = { XTS = 1 }\n";
    let source = "[s]\npublisher = \"p\"\ntitle = \"t\"\nknown = \"own\"\nas_of = \"2020\"\n\
                  checked = 2025-05-01\n";
    let currency = "[XTS]\nname = \"Shell\"\nplural = \"shells\"\nsymbol = \"¤\"\n";
    for (file, text) in
        [("purchasing-power.toml", old), ("sources.toml", source), ("currencies.toml", currency)]
    {
        folder.write(file, text);
    }
    let report = printed(run(&["check", folder.path()]), 0);
    assert!(report.contains("purchasing-power.toml:5:15: warning[expired]: "), "{report}");
    assert!(report.contains("no errors, 1 warning: "), "{report}");
}
