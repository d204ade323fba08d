//! Where everything of the picture stands: time downwards, one row an event, a column of tracks for arrows, boxes stepped by who acts.
//!
//! Laws, tested for small and large graphs: boxes never meet; an arrow runs in the tracks and in the rows of its own two events, so it never
//! passes through another box; every word of an arrow has a place of its own. Lengths are pixels.

use super::super::clean;
use super::super::graph::{Edge, Graph, Node, Tone};
use crate::answer::Basis;
use std::collections::{BTreeMap, BTreeSet};

/// Widest cell of a font in ems, generously: a picture must not depend on one font.
const CELL: f64 = 0.58;
/// The font size of the title.
pub const TITLE: f64 = 18.0;
/// The font size of labels.
pub const LABEL: f64 = 14.0;
/// The font size of everything else.
pub const SMALL: f64 = 12.0;
/// The width of a box.
pub const BOX: f64 = 430.0;
/// The height of a line of a label.
pub const LINE: f64 = 19.0;
/// The distance of two arrow ends at one box.
const SLOT: f64 = 18.0;
/// The distance of the box edge to the first arrow end, and to text.
pub const PAD: f64 = 14.0;
/// Blank space around everything.
pub const MARGIN: f64 = 24.0;
/// Dates are broken after so many cells.
const DATE_CELLS: usize = 28;
const ROW_GAP: f64 = 14.0;
const LANE_STEP: f64 = 40.0;
const TRACK_STEP: f64 = 11.0;
const HEADER: f64 = 120.0;
const MONTH: f64 = 30.0;

/// An event's place.
#[derive(Clone, Debug)]
pub struct Row {
    /// The left edge of its box.
    pub x: f64,
    /// The top of its box.
    pub y: f64,
    /// The height of its box.
    pub height: f64,
    /// The lines of its label.
    pub label: Vec<String>,
    /// The lines of its date.
    pub date: Vec<String>,
}

/// A heading where a month begins, or what has no date.
#[derive(Clone, Debug)]
pub struct Month {
    /// The baseline of its words.
    pub y: f64,
    /// Year and month; `None` over what has no date.
    pub at: Option<(i32, u32)>,
    /// Months without an event before it, 0 for none.
    pub gap: usize,
}

/// An arrow's course: left from a box, along a track, right to a box.
#[derive(Clone, Debug)]
pub struct Course {
    /// Index into the graph's edges.
    pub edge: usize,
    /// Where it leaves the earlier box.
    pub from: (f64, f64),
    /// The track.
    pub track: f64,
    /// Where it meets the later box.
    pub to: (f64, f64),
}

/// The whole picture.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Where the rows begin.
    pub top: f64,
    /// The time axis.
    pub axis: f64,
    /// The left edge of every lane.
    pub lanes: Vec<f64>,
    /// The lines of the title.
    pub title: Vec<String>,
    /// One for every node.
    pub rows: Vec<Row>,
    /// The month headings, downwards.
    pub months: Vec<Month>,
    /// One for every edge.
    pub courses: Vec<Course>,
}

/// Returns an upper bound of the width of `text` in a font of that size.
pub fn text_width(text: &str, size: f64) -> f64 {
    float(clean::cells(text)) * size * CELL
}

/// Returns how many cells of a font of that size fit into `width`.
fn cells_in(width: f64, size: f64) -> usize {
    (1..1000)
        .take_while(|it| float(*it) * size * CELL <= width)
        .count()
}

fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Arrows that leave an event with the same look share their way out and their track.
type Bundle = (usize, Tone, Basis);

/// Returns the places of everything in `graph`.
pub fn layout(graph: &Graph) -> Layout {
    let tracks = tracks(graph);
    let dates = graph
        .nodes
        .iter()
        .flat_map(|it| clean::wrap(&it.date, DATE_CELLS));
    let dates = dates.map(|it| text_width(&it, SMALL)).fold(110.0, f64::max);
    let axis = MARGIN + dates + 16.0;
    let words = graph.edges.iter().map(|it| text_width(&it.word, SMALL));
    let words = words.fold(0.0, f64::max) + 34.0;
    let n_tracks = float(tracks.values().max().map_or(0, |it| it + 1));
    let tracks_end = axis + 16.0 + n_tracks * TRACK_STEP;
    let boxes = tracks_end + words;
    let lanes: Vec<f64> = (0..graph.lanes.len().max(1))
        .map(|it| boxes + float(it) * LANE_STEP)
        .collect();
    let width = lanes.last().copied().unwrap_or(boxes) + BOX + MARGIN;
    let title = clean::wrap(&graph.title, cells_in(width - 2.0 * MARGIN, TITLE));
    let top = MARGIN + float(title.len()) * 24.0 + HEADER;
    let slots = Slots::of(graph);
    let (rows, months, bottom) = rows(graph, &slots, &lanes, top);
    let courses = graph.edges.iter().enumerate().map(|(idx, edge)| {
        let (from, to) = (&rows[edge.from], &rows[edge.to]);
        let track = float(tracks.get(&bundle(edge)).copied().unwrap_or(0));
        Course {
            edge: idx,
            from: (from.x, from.y + slots.exit(edge)),
            track: tracks_end - (track + 0.5) * TRACK_STEP,
            to: (to.x, to.y + slots.entry(idx, edge)),
        }
    });
    Layout {
        courses: courses.collect(),
        width,
        height: bottom + MARGIN,
        top,
        axis,
        lanes,
        title,
        rows,
        months,
    }
}

fn bundle(edge: &Edge) -> Bundle {
    (edge.from, edge.tone, edge.basis)
}

/// Gives every bundle a track on which it meets no other; short ones next to the boxes.
fn tracks(graph: &Graph) -> BTreeMap<Bundle, usize> {
    let mut spans: BTreeMap<Bundle, (usize, usize)> = BTreeMap::new();
    for edge in &graph.edges {
        let span = spans.entry(bundle(edge)).or_insert((edge.from, edge.from));
        *span = (span.0.min(edge.to), span.1.max(edge.to));
    }
    let mut order: Vec<(Bundle, (usize, usize))> = spans.into_iter().collect();
    order.sort_by_key(|(bundle, span)| (span.1 - span.0, *bundle));
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut tracks = BTreeMap::new();
    for (bundle, span) in order {
        let free =
            |it: &Vec<(usize, usize)>| it.iter().all(|other| span.1 < other.0 || other.1 < span.0);
        let track = taken.iter().position(free).unwrap_or(taken.len());
        if track == taken.len() {
            taken.push(Vec::new());
        }
        taken[track].push(span);
        tracks.insert(bundle, track);
    }
    tracks
}

/// The arrow ends at the left edge of every box: first the ways out, then the ways in.
struct Slots {
    exits: BTreeMap<usize, BTreeSet<Bundle>>,
    entries: BTreeMap<usize, Vec<usize>>,
}

impl Slots {
    fn of(graph: &Graph) -> Self {
        let (mut exits, mut entries) = (BTreeMap::new(), BTreeMap::new());
        for (idx, edge) in graph.edges.iter().enumerate() {
            let ways: &mut BTreeSet<Bundle> = exits.entry(edge.from).or_default();
            ways.insert(bundle(edge));
            let ways: &mut Vec<usize> = entries.entry(edge.to).or_default();
            ways.push(idx);
        }
        Self { exits, entries }
    }

    fn exits_of(&self, node: usize) -> usize {
        self.exits.get(&node).map_or(0, BTreeSet::len)
    }

    fn count(&self, node: usize) -> usize {
        self.exits_of(node) + self.entries.get(&node).map_or(0, Vec::len)
    }

    /// Returns how far below the top of its box an arrow leaves.
    fn exit(&self, edge: &Edge) -> f64 {
        let ways = self.exits.get(&edge.from);
        let slot = ways.and_then(|it| it.iter().position(|it| *it == bundle(edge)));
        PAD + float(slot.unwrap_or(0)) * SLOT
    }

    /// Returns how far below the top of its box an arrow arrives.
    fn entry(&self, idx: usize, edge: &Edge) -> f64 {
        let ways = self.entries.get(&edge.to);
        let slot = ways.and_then(|it| it.iter().position(|it| *it == idx));
        let slot = slot.unwrap_or(0) + self.exits_of(edge.to);
        PAD + float(slot) * SLOT
    }
}

fn rows(graph: &Graph, slots: &Slots, lanes: &[f64], top: f64) -> (Vec<Row>, Vec<Month>, f64) {
    let (mut rows, mut months, mut y) = (Vec::new(), Vec::new(), top);
    let mut last: Option<(i32, u32)> = None;
    // What has no date stands where claims put it; what follows the last date has a heading of its own.
    let dated = graph.nodes.iter().rposition(|it| it.month.is_some());
    let undated = dated.map_or(0, |it| it + 1);
    for (idx, node) in graph.nodes.iter().enumerate() {
        if last < node.month || idx == undated {
            y += MONTH;
            let gap = last.zip(node.month);
            let gap = gap.map_or(0, |(last, it)| months_between(last, it).saturating_sub(1));
            months.push(Month {
                y: y - 8.0,
                at: node.month,
                gap,
            });
            last = last.max(node.month);
        }
        let row = row(
            node,
            slots.count(idx),
            (lanes[node.lane.min(lanes.len() - 1)], y),
        );
        y += row.height + ROW_GAP;
        rows.push(row);
    }
    (rows, months, y)
}

fn row(node: &Node, slots: usize, at: (f64, f64)) -> Row {
    let label = clean::wrap(&node.label, cells_in(BOX - 2.0 * PAD - 6.0, LABEL));
    let date = clean::wrap(&node.date, DATE_CELLS);
    let text = float(label.len()) * LINE + 18.0 + 14.0;
    let dates = float(date.len()) * 15.0 + 10.0;
    let arrows = 2.0 * PAD + float(slots.saturating_sub(1)) * SLOT;
    Row {
        x: at.0,
        y: at.1,
        height: text.max(dates).max(arrows),
        label,
        date,
    }
}

fn months_between(a: (i32, u32), b: (i32, u32)) -> usize {
    let count = |it: (i32, u32)| i64::from(it.0) * 12 + i64::from(it.1);
    usize::try_from(count(b) - count(a)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize) -> Graph {
        let node = |idx: usize| Node {
            id: format!("e:{idx}"),
            label: "a government said that something long would happen ".repeat(idx % 4 + 1),
            date: "about late January 2025 · planned".to_owned(),
            month: Some((2025, u32::try_from(idx * 12 / n + 1).unwrap())),
            is_day: idx.is_multiple_of(2),
            lane: idx % 6,
            asked: idx == n / 2,
        };
        let edge = |idx: usize| Edge {
            from: idx,
            to: (idx + 1 + idx * idx % 17) % n,
            word: "did not prevent?".to_owned(),
            tone: [Tone::Causal, Tone::Reversal, Tone::Other][idx % 3],
            basis: [Basis::Stated, Basis::Derived, Basis::Hedged][idx % 3],
        };
        Graph {
            title: "Timeline".to_owned(),
            nodes: (0..n).map(node).collect(),
            edges: (0..n).map(edge).filter(|it| it.from != it.to).collect(),
            lanes: (0..6).map(|it| format!("actor {it}")).collect(),
        }
    }

    #[test]
    fn nothing_overlaps() {
        for n in [5, 30, 200] {
            let layout = layout(&graph(n));
            for pair in layout.rows.windows(2) {
                assert!(pair[0].y + pair[0].height < pair[1].y);
            }
            for (a, it) in layout.courses.iter().enumerate() {
                assert!(it.track < layout.lanes[0] && layout.axis < it.track);
                for (x, y) in [it.from, it.to] {
                    let crossed = layout
                        .rows
                        .iter()
                        .filter(|row| row.y <= y && y <= row.y + row.height);
                    assert!(
                        crossed.clone().count() == 1
                            && crossed.clone().all(|row| (row.x - x).abs() < 0.1)
                    );
                }
                // Two arrow heads never share a place, so neither do their words.
                let others = layout.courses[..a].iter();
                let near = |other: &Course| (other.to.1 - it.to.1).abs() < SLOT - 0.1;
                assert!(!others.clone().any(near));
            }
        }
    }

    #[test]
    fn tracks_are_not_shared() {
        let graph = graph(60);
        let layout = layout(&graph);
        let span = |it: &Course| (it.from.1.min(it.to.1), it.from.1.max(it.to.1));
        for (a, it) in layout.courses.iter().enumerate() {
            for other in &layout.courses[..a] {
                let same = (it.track - other.track).abs() < 0.1;
                let kin = bundle(&graph.edges[it.edge]) == bundle(&graph.edges[other.edge]);
                let apart = span(it).1 < span(other).0 || span(other).1 < span(it).0;
                assert!(!same || kin || apart);
            }
        }
    }
}
