//! Embedded folders are read by a macro that cargo cannot see through: say what they are, so that
//! an edited page or style sheet is embedded anew.

fn main() {
    for folder in ["content", "static", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
