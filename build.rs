//! Makes a new file under `data/` or `queries/` reach the program; cargo watches only what Rust code names.

fn main() {
    for folder in ["data", "queries"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
