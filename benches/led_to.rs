//! `bst:ledTo` against the property path that it equals: 20,000 events, each caused by two of the 2,000 before it.
//!
//! `cargo bench --bench led_to`

use backstory::model::EventId;
use backstory::rdf::Format;
use backstory::store::{QueryOptions, Reach, Store};
use std::fmt::Write as _;
use std::sync::OnceLock;

const EVENTS: usize = 20_000;
const PATH: &str = "(faro:causes|faro:enables|bst:leadsTo|^bst:respondsTo)+";

/// Causes and effects by number.
struct Numbers {
    back: Vec<Vec<usize>>,
    forth: Vec<Vec<usize>>,
}

impl Numbers {
    fn walk(next: &[Vec<usize>], event: &EventId) -> Vec<EventId> {
        let number = |it: &EventId| it.as_str().strip_prefix("e:")?.parse::<usize>().ok();
        let mut seen = vec![false; next.len()];
        let mut open: Vec<usize> = number(event).into_iter().collect();
        let mut found = Vec::new();
        while let Some(at) = open.pop() {
            for reached in &next[at] {
                if !seen[*reached] {
                    seen[*reached] = true;
                    found.push(EventId::new(format!("e:{reached}")));
                    open.push(*reached);
                }
            }
        }
        found
    }
}

impl Reach for Numbers {
    fn causes(&self, event: &EventId) -> Vec<EventId> {
        Self::walk(&self.back, event)
    }

    fn effects(&self, event: &EventId) -> Vec<EventId> {
        Self::walk(&self.forth, event)
    }

    fn events(&self) -> Vec<EventId> {
        let numbers = 0..self.back.len();
        numbers.map(|it| EventId::new(format!("e:{it}"))).collect()
    }
}

fn world() -> &'static (Store, Numbers) {
    static WORLD: OnceLock<(Store, Numbers)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut numbers = Numbers {
            back: vec![Vec::new(); EVENTS],
            forth: vec![Vec::new(); EVENTS],
        };
        let mut nt = String::new();
        let mut state = 42_usize;
        for effect in 1..EVENTS {
            for _ in 0..2 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let cause = effect - 1 - (state >> 33) % effect.min(2_000);
                numbers.back[effect].push(cause);
                numbers.forth[cause].push(effect);
                let event = "https://w3id.org/backstory/event/e:";
                let _ = writeln!(
                    nt,
                    "<{event}{cause}> <http://purl.org/faro/causes> <{event}{effect}> ."
                );
            }
        }
        let mut store = Store::memory();
        store
            .load(nt.as_bytes(), Format::NTriples)
            .expect("the triples are well-formed");
        (store, numbers)
    })
}

fn ask(property: &str) -> usize {
    let (store, numbers) = world();
    let options = QueryOptions {
        reach: Some(numbers),
        ..QueryOptions::default()
    };
    let query = format!("SELECT DISTINCT ?c {{ ?c {property} ev:e:{} }}", EVENTS - 1);
    store
        .query(&query, &options)
        .expect("the query is well-formed")
        .rows()
}

#[divan::bench]
fn led_to(bencher: divan::Bencher<'_, '_>) {
    assert_eq!(ask("bst:ledTo"), ask(PATH));
    bencher.bench(|| ask("bst:ledTo"));
}

#[divan::bench(sample_count = 10)]
fn property_path(bencher: divan::Bencher<'_, '_>) {
    ask(PATH);
    bencher.bench(|| ask(PATH));
}

fn main() {
    divan::main();
}
