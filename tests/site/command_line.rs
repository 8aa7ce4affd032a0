//! The command line: flags, settings, `check`, and what is printed when something is wrong.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;

use crate::support::process::{Folder, complaint, program, run};

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
fn the_document_for_whoever_hosts_a_site_lists_every_setting_and_no_other() {
    let help = String::from_utf8(run(&["serve", "--help"]).stdout).unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/README.md");
    let document = std::fs::read_to_string(document).unwrap();
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
    assert!(complaint(&run(&["--lissten", "x"]), 2).contains("--listen"));
    assert!(complaint(&run(&["sreve"]), 2).contains("serve"));
    assert!(complaint(&run(&["--listen", "3000"]), 2).contains("`3000`"));
    assert!(complaint(&run(&["--base-url", "example.org"]), 2).contains("`example.org`"));
}

#[test]
fn settings_of_the_environment_are_checked_like_flags_and_flags_go_first() {
    let output = program(&[]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(complaint(&output, 2).contains("`nowhere`"));
    let output =
        program(&["--listen", "here"]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(complaint(&output, 2).contains("`here`"));
}

#[test]
fn a_folder_that_cannot_be_read_gets_one_clear_line() {
    let said = complaint(&run(&["check", "/nowhere/at/all"]), 1);
    assert!(said.contains("/nowhere/at/all"), "{said}");
    let said = complaint(&run(&["--listen", "127.0.0.1:0", "--content", "/nowhere"]), 1);
    assert!(said.contains("/nowhere"), "{said}");
}

#[test]
fn a_taken_port_gets_one_clear_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = complaint(&run(&["serve", "--listen", &address]), 1);
    assert!(said.contains(&address) && said.contains("another program"), "{said}");
}

#[test]
fn check_prints_every_problem_and_fails() {
    let folder = Folder::new("check");
    std::fs::write(folder.0.join("site.toml"), "titel = 1\n").unwrap();
    let output = run(&["check", folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.contains("site.toml:1:1: error[unknown-key]"), "{said}");
    assert!(said.matches("error[").count() > 3, "{said}");
}

#[test]
fn check_of_a_folder_of_mistakes_prints_some_tells_their_number_and_fails() {
    let folder = Folder::with_guide("mistakes");
    let page = std::fs::read_to_string(folder.0.join("guide/one.md")).unwrap();
    let page = page + &"\nRead [this](nothing.md).\n".repeat(20_000);
    std::fs::write(folder.0.join("guide/one.md"), page).unwrap();
    let output = run(&["check", folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("error[").count(), 200);
    assert!(said.contains("\n… and 19800 more\n20000 problems\n"), "{said}");
}

#[test]
fn check_of_a_sound_guide_says_so() {
    let folder = Folder::with_guide("sound");
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("no problems: 1 section, "), "{said}");
}

#[test]
fn check_against_an_earlier_copy_tells_what_its_readers_would_lose() {
    let (old, new) = (Folder::with_guide("earlier"), Folder::with_guide("later"));
    let same = run(&["check", new.path(), "--against", old.path()]);
    let said = String::from_utf8(same.stdout).unwrap();
    assert_eq!(same.status.code(), Some(0), "{said}");
    assert!(said.starts_with(&format!("nothing of {} is lost\n", old.path())), "{said}");

    let page = std::fs::read_to_string(old.0.join("guide/one.md")).unwrap();
    std::fs::write(old.0.join("guide/one.md"), format!("{page}\n## Two {{#two}}\n\nText.\n"))
        .unwrap();
    let lost = run(&["check", new.path(), "--against", old.path()]);
    assert_eq!(lost.status.code(), Some(1));
    let said = String::from_utf8(lost.stderr).unwrap();
    let place = format!("{}/guide/one.md:9:1: error[lost-link]: /guide/one#two, ", old.path());
    assert!(said.starts_with(&place), "{said}");
}

#[test]
fn check_warns_of_figures_past_their_day_and_finds_nothing_else_wrong() {
    let folder = Folder::with_guide("expired");
    let old = "source = \"s\"\nyear = 2020\nunit = { name = \"x\", symbol = \"y\" }\nnote = \"z\"\n\
               holds_until = 2020-12-31\nfactors = { XTS = 1 }\n";
    let source = "[s]\npublisher = \"p\"\ntitle = \"t\"\nknown = \"own\"\nas_of = \"2020\"\n\
                  checked = 2026-01-01\n";
    let currency = "[XTS]\nname = \"Shell\"\nplural = \"shells\"\nsymbol = \"¤\"\n";
    for (file, text) in
        [("purchasing-power.toml", old), ("sources.toml", source), ("currencies.toml", currency)]
    {
        std::fs::write(folder.0.join(file), text).unwrap();
    }
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("purchasing-power.toml:5:15: warning[expired]: "), "{said}");
    assert!(said.contains("no errors, 1 warning: "), "{said}");
}
