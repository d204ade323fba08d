//! Transcripts of the program: `tests/cli/*.md` and the README's, run as they stand.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what the program prints; read the difference.

#[test]
fn transcripts_hold() {
    let cases = trycmd::TestCases::new();
    cases.env("BACKSTORY_STORE", "").env("NO_COLOR", "1");
    cases.case("tests/cli/*.md").case("README.md");
    cases.run();
}
