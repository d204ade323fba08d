//! A small story told by hand: the H20 ban, the write-down it caused, the approval that reversed it.
//!
//! Two articles, one Korean and one English, tell of the same ban; the words were written for these tests.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::similar_names,
    reason = "a story told by hand is long, and its words are there"
)]

use backstory::model::{
    Amount, Article, ArticleId, Attribution, Certainty, Confidence, Derived, Edtf, Entity,
    EntityId, EntityKind, Event, EventId, EventTypeId, Evidence, Factuality, Field, Interval, Lang,
    Link, LinkEnd, LinkParts, Mention, Merge, Participant, Place, Published, Reading, Relation,
    Role, RuleId, Span, StateChange, Story, Strength, Timex, TimexKind, When,
};
use std::collections::BTreeMap;

pub const KOREAN: &str = "\
미국 상무부는 지난 4월 H20 칩의 중국 수출을 금지했다. \
이에 따라 엔비디아는 55억 달러를 손실 처리했다. \
상무부는 15일 H20 수출 재개를 승인했다고 젠슨 황이 밝혔다. \
이달 초의 백악관 면담이 승인을 이끌어냈을까.";

pub const ENGLISH: &str = "\
Washington banned sales of the H20 chip to China on 9 April. \
Chinese buyers turned to local chips after the ban.";

/// Builds a reading whose facts point at words of the text.
pub struct Builder {
    pub reading: Reading,
}

impl Builder {
    pub fn new(id: &str, lang: &str, (title, text): (Option<&str>, &str)) -> Self {
        let article = Article {
            id: ArticleId::new(id),
            title: title.map(str::to_owned),
            text: text.to_owned(),
            lang: Lang::new(lang),
            published: Published::parse("2025-07-16"),
            source: None,
            url: None,
        };
        let mut reading = Reading {
            article,
            sentences: Vec::new(),
            timexes: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            entities: BTreeMap::new(),
        };
        let mut start = 0;
        for sentence in text.split_inclusive(". ") {
            let span = Span::new(start, start + sentence.trim_end().len()).unwrap();
            reading.sentences.push(Place::new(Field::Text, span));
            start += sentence.len();
        }
        Self { reading }
    }

    pub fn place(&self, words: &str) -> Place {
        let at = self.reading.article.text.find(words).expect(words);
        Place::new(Field::Text, Span::new(at, at + words.len()).unwrap())
    }

    pub fn evidence(&self, words: &str) -> Evidence {
        let place = self.place(words);
        let sentence = self.reading.sentences.iter().find(|it| it.contains(place));
        Evidence {
            article: self.reading.article.id.clone(),
            place,
            sentence: sentence.unwrap().span,
            rule: RuleId::new("test/trigger"),
        }
    }

    pub fn entity(&mut self, id: &str, kind: EntityKind, names: &[(&str, &str)]) {
        let entity = Entity {
            id: EntityId::new(id),
            kind,
            names: labels(names),
        };
        self.reading.entities.insert(EntityId::new(id), entity);
    }

    pub fn event(&mut self, id: &str, (kind, words): (&str, &str), when: When) -> &mut Event {
        let mention = Mention {
            evidence: self.evidence(words),
            attribution: Vec::new(),
        };
        let id = EventId::new(format!("e:{id}"));
        let kind = EventTypeId::new(kind);
        let event = Event::new(id, kind, when, Factuality::Actual, mention);
        self.reading.events.push(event);
        self.reading.events.last_mut().unwrap()
    }

    pub fn participant(&self, role: Role, words: &str, entity: Option<&str>) -> Participant {
        Participant {
            role,
            place: self.place(words),
            text: words.to_owned(),
            entity: entity.map(EntityId::new),
            negated: false,
            amount: None,
        }
    }

    pub fn link(
        &mut self,
        (from, relation, to): (&str, Relation, &str),
        strength: Strength,
        cue: &str,
    ) {
        let evidence = self.evidence(cue);
        let link = link(
            (from, relation, to),
            strength,
            (cue, Some(evidence.place)),
            evidence,
        );
        self.reading.links.push(link);
    }
}

pub fn link(
    (from, relation, to): (&str, Relation, &str),
    strength: Strength,
    (cue, cue_place): (&str, Option<Place>),
    evidence: Evidence,
) -> Link {
    let end = |id: &str| LinkEnd {
        event: Some(EventId::new(format!("e:{id}"))),
        ..LinkEnd::default()
    };
    let asserted = matches!(strength, Strength::Explicit | Strength::Derived);
    let parts = LinkParts {
        from: end(from),
        to: end(to),
        relation,
        strength,
        confidence: Confidence::new(if asserted { 95 } else { 50 }),
        asserted,
        cue: cue.to_owned(),
        cue_place,
        rule: RuleId::new("test/link"),
        attribution: Vec::new(),
    };
    Link::new(parts, vec![evidence]).unwrap()
}

pub fn labels(names: &[(&str, &str)]) -> BTreeMap<Lang, String> {
    let labels = names
        .iter()
        .map(|(lang, name)| (Lang::new(*lang), (*name).to_owned()));
    labels.collect()
}

pub fn stated(edtf: &str) -> When {
    When::dated(Edtf::parse(edtf).unwrap(), Certainty::Exact)
}

pub fn korean() -> Reading {
    let mut b = Builder::new("kr/2025-07-16", "ko", (Some("H20 수출 재개"), KOREAN));
    b.reading.article.source = Some("시험 신문".to_owned());
    b.reading.article.url = Some("https://news.example/기사 1?a=\"b\"".to_owned());
    b.entity(
        "Q182477",
        EntityKind::Organization,
        &[("en", "Nvidia"), ("ko", "엔비디아")],
    );
    b.entity(
        "Q305177",
        EntityKind::Person,
        &[("en", "Jensen Huang"), ("ko", "젠슨 황")],
    );
    b.entity(
        "us-commerce",
        EntityKind::Government,
        &[("en", "Commerce Department"), ("ko", "미국 상무부")],
    );
    let commerce = b.participant(Role::Agent, "상무부", Some("us-commerce"));
    let chips = b.participant(Role::Theme, "H20 칩", None);
    let ban = b.event("ban-kr", ("Prohibit", "금지했다"), stated("2025-04"));
    ban.labels = labels(&[
        ("en", "H20 exports to China banned"),
        ("ko", "H20 중국 수출 금지"),
    ]);
    ban.participants = vec![commerce.clone(), chips];
    ban.state = Some(StateChange {
        of: "export:h20:china".into(),
        value: "Prohibited".into(),
    });
    let nvidia = b.participant(Role::Agent, "엔비디아", Some("Q182477"));
    let mut sum = b.participant(Role::Amount, "55억 달러", None);
    sum.amount = Some(Amount {
        hundredths: 550_000_000_000,
        unit: "USD".into(),
    });
    let first = "2025-04-01".parse().ok();
    let bounds = Interval {
        earliest: first,
        latest: "2025-07-16".parse().ok(),
    };
    let loss = b.event(
        "loss",
        ("WriteDown", "손실 처리했다"),
        When::unstated(bounds),
    );
    loss.labels = labels(&[
        ("en", "Nvidia writes down $5.5 billion"),
        ("ko", "엔비디아 55억 달러 손실 처리"),
    ]);
    loss.participants = vec![nvidia, sum];
    let huang = b.place("젠슨 황");
    let approval = b.event("approval", ("Permit", "승인했다"), stated("2025-07-15"));
    let mut told = approval.main_mention().clone();
    told.attribution = vec![Attribution {
        place: huang,
        source: "젠슨 황".into(),
        entity: Some(EntityId::new("Q305177")),
    }];
    let (id, kind) = (approval.id.clone(), approval.event_type.clone());
    *approval = Event::new(id, kind, approval.when.clone(), Factuality::Reported, told);
    approval.salience = 90;
    approval.labels = labels(&[
        ("en", "H20 exports approved again"),
        ("ko", "H20 수출 재개 승인"),
    ]);
    approval.participants = vec![commerce];
    approval.state = Some(StateChange {
        of: "export:h20:china".into(),
        value: "Permitted".into(),
    });
    let met = Edtf::parse("2025-07-01/2025-07-10")
        .unwrap()
        .approximately();
    let met = When::dated(met, Certainty::Approximate);
    b.event("meeting", ("Meet", "면담"), met).labels =
        labels(&[("en", "White House meeting"), ("ko", "백악관 면담")]);
    b.link(
        ("ban-kr", Relation::Causes, "loss"),
        Strength::Explicit,
        "이에 따라",
    );
    b.link(
        ("approval", Relation::Reverses, "ban-kr"),
        Strength::Explicit,
        "재개",
    );
    b.link(
        ("meeting", Relation::LeadsTo, "approval"),
        Strength::Hedged,
        "이끌어냈을까",
    );
    let timex = Timex {
        place: b.place("지난 4월"),
        kind: TimexKind::Date,
        value: "2025-04".into(),
        edtf: Edtf::parse("2025-04"),
        covers: None,
        anaphoric: false,
        elapsed: false,
        rule: RuleId::new("test/last-month"),
        derivation: "April on or before 2025-07-16 (published)".into(),
    };
    b.reading.timexes.push(timex);
    b.reading
}

pub fn english() -> Reading {
    let mut b = Builder::new("en-april", "en", (None, ENGLISH));
    b.reading.article.published = Published::parse("2025-04-10T08:30:00-04:00");
    b.reading.article.source = Some("Test Wire".to_owned());
    let seller = b.participant(Role::Agent, "Washington", None);
    let ban = b.event("ban-en", ("Prohibit", "banned"), stated("2025-04-09"));
    ban.labels = labels(&[("en", "Washington bans H20 sales to China")]);
    ban.participants = vec![seller];
    let buyers = b.participant(Role::Agent, "Chinese buyers", None);
    let local = b.event("local", ("Shift", "turned"), stated("2025-04/.."));
    local.labels = labels(&[("en", "Chinese buyers turn to local chips")]);
    local.participants = vec![buyers];
    b.link(
        ("local", Relation::RespondsTo, "ban-en"),
        Strength::Explicit,
        "after the ban",
    );
    b.reading
}

/// The story of both articles, the two bans merged.
pub fn sample() -> Story {
    let (korean, english) = (korean(), english());
    let evidence = english.events[0].main_mention().evidence.clone();
    let mut story = Story::default();
    let before = ("ban-en", Relation::Before, "approval");
    let derived = Derived {
        merges: vec![Merge {
            members: vec![EventId::new("e:ban-en"), EventId::new("e:ban-kr")],
            why: vec!["same type, dates allow it, \"H20\" in both".to_owned()],
        }],
        links: vec![link(before, Strength::Derived, ("", None), evidence)],
    };
    story.insert(korean);
    story.insert(english);
    story.derived = derived;
    story
}
