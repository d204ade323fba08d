//! Prints the clauses of a text.
use backstory::{lang::*, model::*, syntax::*, text::*};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let packs = Packs::embedded().unwrap();
    let pack = packs.get(&Lang::new("ko")).unwrap();
    let catalog = Catalog::embedded().unwrap();
    let reader = TextReader::new(pack, &catalog).unwrap();
    let nouns: rustc_hash::FxHashSet<String> = ["합의", "허용", "협상", "규제", "수출", "결정", "재개","반전","통제","조치"].iter().map(|s| s.to_string()).collect();
    let grammar = HeadFinal::new(pack, nouns).unwrap();
    let article = Article { id: ArticleId::new("x"), title: None, text, lang: Lang::new("ko"), published: None, source: None, url: None };
    let doc = reader.read(&article, &|t| grammar.corrected(t));
    for s in &doc.sentences {
        println!("\n{:?} {}", s.kind, doc.slice(s, s.span()));
        println!("   {}", s.tokens.iter().map(|t| format!("{}/{:?}", t.form, t.tag)).collect::<Vec<_>>().join(" "));
        for (i, p) in grammar.clauses(s).predicates.iter().enumerate() {
            println!("  {i} [{}] {} {:?} {:?} joint={} gov={:?} head={:?} {:?} {}{} {:?} args={:?}", doc.slice(s, p.trigger), p.lemma, p.kind, p.clause, p.joint, p.governor, p.head_noun.map(|h| &s.tokens[h].form), p.tense, if p.negated {"NEG "} else {""}, if p.passive {"PASS"} else {""}, p.moods, p.arguments.iter().map(|a| format!("{}{}+{}", if a.negated {"!"} else {""}, doc.slice(s, a.span), a.marker)).collect::<Vec<_>>());
        }
    }
}
