//! Builds small stories by hand: articles sentence by sentence, each sentence with its event.
//!
//! In a sentence the trigger stands in brackets: `"미국이 수출을 [금지했다]."`; the article's text is the sentences without them.

#![allow(dead_code, reason = "every test uses its own part")]

use backstory::model::{
    Amount, Article, ArticleId, Certainty, Confidence, Derived, Edtf, EntityId, Event, EventId,
    EventTypeId, Evidence, Factuality, Field, Lang, Link, LinkEnd, LinkParts, Mention, Merge,
    Participant, Place, Published, Reading, Relation, Role, RuleId, Span, Story, Strength, When,
};
use std::collections::BTreeMap;

/// A story in the making; `event` and `link` add to the last article.
#[derive(Default)]
pub struct Tale {
    readings: Vec<Reading>,
    derived: Derived,
}

impl Tale {
    /// Begins an article; its id and its source are `id`.
    pub fn article(&mut self, id: &str, lang: &str, published: &str) {
        let article = Article {
            id: ArticleId::new(id),
            title: None,
            text: String::new(),
            lang: Lang::new(lang),
            published: Published::parse(published),
            source: Some(id.to_owned()),
            url: None,
        };
        self.readings.push(Reading {
            article,
            sentences: Vec::new(),
            timexes: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            entities: BTreeMap::new(),
        });
    }

    /// Adds a sentence with its event `e:<name>`; its sort is its type and its date, EDTF or empty.
    pub fn event(
        &mut self,
        name: &str,
        sort: (&str, &str),
        label: &str,
        sentence: &str,
    ) -> &mut Event {
        let reading = self.readings.last_mut().expect("an article");
        let mention = mention(reading, sentence);
        let (event_type, date) = sort;
        let when = match Edtf::parse(date) {
            Some(edtf) => When::dated(edtf, Certainty::Exact),
            None => When::unstated(backstory::model::Interval::default()),
        };
        let (id, event_type) = (id(name), EventTypeId::new(event_type));
        let mut event = Event::new(id, event_type, when, Factuality::Actual, mention);
        let lang = reading.article.lang.clone();
        event.labels.insert(lang, label.to_owned());
        reading.events.push(event);
        reading.events.last_mut().expect("just pushed")
    }

    /// Adds a claim of the last article; its sentence is that of the later-told end. Hedged and weaker claims are not asserted.
    pub fn link(&mut self, from: &str, relation: Relation, to: &str, known: (Strength, u8)) {
        let (strength, hundredths) = known;
        let ends = [id(from), id(to)];
        let mut events = self.readings.iter().flat_map(|it| &it.events);
        let told = events.rfind(|it| ends.contains(&it.id));
        let evidence = told
            .expect("an end is told")
            .main_mention()
            .evidence
            .clone();
        let end = |name: &str| LinkEnd {
            event: Some(id(name)),
            trigger: None,
            clause: None,
        };
        let parts = LinkParts {
            from: end(from),
            to: end(to),
            relation,
            strength,
            confidence: Confidence::new(hundredths),
            asserted: matches!(strength, Strength::Explicit | Strength::Derived),
            cue: String::new(),
            cue_place: None,
            rule: RuleId::new("test/link"),
            attribution: Vec::new(),
        };
        let link = Link::new(parts, vec![evidence]).expect("evidence");
        let reading = self.readings.last_mut().expect("an article");
        reading.links.push(link);
    }

    /// Makes events of different articles one.
    pub fn merge(&mut self, names: &[&str]) {
        let mut members: Vec<EventId> = names.iter().map(|it| id(it)).collect();
        members.sort();
        self.derived.merges.push(Merge {
            members,
            why: vec!["test".to_owned()],
        });
    }

    /// Returns the story.
    pub fn story(self) -> Story {
        let mut story = Story::default();
        for reading in self.readings {
            story.insert(reading);
        }
        story.derived = self.derived;
        story
    }
}

/// Returns the id of the event called `name`.
pub fn id(name: &str) -> EventId {
    EventId::new(format!("e:{name}"))
}

/// Adds a participant to `event`; it stands somewhere in the sentence.
pub fn with(event: &mut Event, role: Role, text: &str, entity: &str) {
    let place = sentence(event);
    event.participants.push(Participant {
        role,
        place,
        text: text.to_owned(),
        entity: (!entity.is_empty()).then(|| EntityId::new(entity)),
        negated: false,
        amount: None,
    });
}

/// Adds a sum, in whole units, to `event`; it stands in the sentence as `text`.
pub fn sum(event: &mut Event, whole: i128, unit: &str, text: &str) {
    let place = sentence(event);
    event.participants.push(Participant {
        role: Role::Amount,
        place,
        text: text.to_owned(),
        entity: None,
        negated: false,
        amount: Some(Amount {
            hundredths: whole * 100,
            unit: unit.to_owned(),
        }),
    });
}

fn sentence(event: &Event) -> Place {
    let evidence = &event.main_mention().evidence;
    Place::new(evidence.place.field, evidence.sentence)
}

fn mention(reading: &mut Reading, sentence: &str) -> Mention {
    let text = &mut reading.article.text;
    if !text.is_empty() {
        text.push(' ');
    }
    let start = text.len();
    let (before, rest) = sentence.split_once('[').expect("a trigger in brackets");
    let (trigger, after) = rest.split_once(']').expect("a closed bracket");
    text.extend([before, trigger, after]);
    let sentence = Span::new(start, text.len()).expect("words");
    let begin = start + before.len();
    let trigger = Span::new(begin, begin + trigger.len()).expect("a trigger");
    reading.sentences.push(Place::new(Field::Text, sentence));
    Mention {
        evidence: Evidence {
            article: reading.article.id.clone(),
            place: Place::new(Field::Text, trigger),
            sentence,
            rule: RuleId::new("test/event"),
        },
        attribution: Vec::new(),
    }
}

/// Returns the story of the H20 chip as a Korean and an English article tell it.
pub fn h20() -> Story {
    let mut tale = Tale::default();
    tale.article("ko-1", "ko", "2025-07-16");
    h20_korean(&mut tale);
    tale.article("en-1", "en", "2025-07-17");
    h20_english(&mut tale);
    tale.merge(&["ban", "ban-en"]);
    tale.merge(&["approval", "approval-en"]);
    tale.story()
}

fn h20_korean(tale: &mut Tale) {
    let event = tale.event(
        "rules",
        ("Restrict", "2023-10/.."),
        "바이든 행정부, 대중 반도체 수출 규제",
        "바이든 행정부는 2023년 10월부터 중국으로 가는 반도체 수출을 [규제했다].",
    );
    with(event, Role::Destination, "중국", "Q148");
    let event = tale.event(
        "ban",
        ("Prohibit", "2025-04"),
        "트럼프 행정부, H20 중국 수출 금지",
        "트럼프 행정부는 4월 엔비디아 H20의 중국 수출을 [금지했다].",
    );
    with(event, Role::Agent, "트럼프 행정부", "us-gov");
    with(event, Role::Theme, "H20", "h20");
    with(event, Role::Destination, "중국", "Q148");
    let event = tale.event(
        "writedown",
        ("WriteDown", ""),
        "엔비디아, 재고 55억달러 손실 처리",
        "이에 따라 엔비디아는 재고 55억달러를 [손실 처리]했다.",
    );
    with(event, Role::Agent, "엔비디아", "Q182477");
    sum(event, 5_500_000_000, "USD", "55억달러");
    let event = tale.event(
        "talks",
        ("Negotiate", "2025-06-10/2025-06-11"),
        "미중, 런던 고위급 무역 협상",
        "미국과 중국은 지난달 10∼11일 런던에서 고위급 [협상]을 했다.",
    );
    let english = "US and China hold trade talks in London".to_owned();
    event.labels.insert(Lang::new("en"), english);
    tale.event(
        "denial",
        ("Statement", "2025-06-10/2025-06-11"),
        "미국 협상팀, H20 통제는 논의 대상 아니라고 강조",
        "미국 협상팀은 H20 통제가 논의 대상이 아니라고 [강조했다].",
    );
    h20_reversal(tale);
}

fn h20_reversal(tale: &mut Tale) {
    use Relation::{Causes, Contains, LeadsTo, Reports, Reverses, Strengthens};
    use Strength::{Explicit, Hedged, Implicit};
    let event = tale.event(
        "meeting",
        ("Meet", "2025-07-10"),
        "젠슨 황, 백악관에서 트럼프 면담",
        "젠슨 황은 지난 10일 백악관에서 트럼프를 [만났다].",
    );
    with(event, Role::Agent, "젠슨 황", "Q305177");
    let event = tale.event(
        "approval",
        ("Permit", "../2025-07-15"),
        "트럼프 행정부, H20 중국 수출 재개 승인",
        "트럼프 행정부가 H20의 중국 수출 재개를 [승인했다].",
    );
    with(event, Role::Agent, "트럼프 행정부", "us-gov");
    with(event, Role::Theme, "H20", "h20");
    tale.event(
        "interview",
        ("Statement", "2025-07-15"),
        "젠슨 황, H20 수출 재개 승인 발표",
        "젠슨 황은 15일 H20의 중국 수출 재개가 승인됐다고 [밝혔다].",
    );
    tale.event(
        "inquiries",
        ("Inquire", "2025-07-15"),
        "중국 고객들, 허가 신청 방법 문의",
        "중국 고객들은 이날 허가 신청 방법을 [문의했다].",
    );
    tale.link("ban", Causes, "writedown", (Explicit, 95));
    tale.link("approval", Reverses, "ban", (Explicit, 95));
    tale.link("approval", Reverses, "denial", (Explicit, 80));
    tale.link("ban", Strengthens, "rules", (Explicit, 90));
    tale.link("meeting", LeadsTo, "approval", (Hedged, 60));
    tale.link("talks", Contains, "denial", (Explicit, 90));
    tale.link("approval", LeadsTo, "inquiries", (Implicit, 45));
    tale.link("interview", Reports, "approval", (Explicit, 95));
}

fn h20_english(tale: &mut Tale) {
    use Relation::{Before, Causes, Enables, RespondsTo};
    use Strength::Explicit;
    tale.event(
        "ban-en",
        ("Prohibit", "2025-04-09"),
        "US bans H20 exports to China",
        "On 9 April the US [banned] exports of Nvidia's H20 chip to China.",
    );
    tale.event(
        "framework",
        ("Agree", "2025-06-11"),
        "US and China agree on a framework",
        "On 11 June both sides [agreed] on a framework in London.",
    );
    tale.event(
        "approval-en",
        ("Permit", "2025-07-14"),
        "US approves H20 exports to China",
        "The US has [approved] H20 exports to China, Nvidia said on 14 July.",
    );
    tale.event(
        "shares",
        ("Rise", "2025-07-15"),
        "Nvidia shares rise",
        "Nvidia shares [rose] 4% on 15 July because of the approval.",
    );
    tale.event(
        "letter",
        ("Criticize", "2025-07-16"),
        "A congressman criticises the approval",
        "In response, a congressman [criticised] the decision.",
    );
    tale.link("talks", Causes, "framework", (Explicit, 85));
    tale.link("framework", Enables, "approval-en", (Explicit, 70));
    tale.link("talks", Before, "approval-en", (Explicit, 90));
    tale.link("approval-en", Causes, "shares", (Explicit, 90));
    tale.link("letter", RespondsTo, "approval-en", (Explicit, 90));
}
