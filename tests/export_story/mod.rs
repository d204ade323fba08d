//! A small story for the formats: two articles, Korean and English, ten events, with a hedged claim, a reversal and a conflict.
//!
//! The sentences were written for this test; facts of the story are public.

#![allow(dead_code, reason = "every test file uses another part")]
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a story is a table; one that is written down wrongly stops the test"
)]

use backstory::answer::{Answer, Basis, Chain, Conflict, ConflictKind, Hop, Match, Timeline, Verb};
use backstory::export::{Found, Hit, HitKind, Shown};
use backstory::model::*;
use std::collections::BTreeMap;

/// Finds words in the articles, so that no test counts bytes.
#[derive(Default)]
pub struct Scene {
    pub story: Story,
}

/// An event as a test writes it down.
pub struct Told<'a> {
    pub id: &'a str,
    pub article: &'a str,
    pub event_type: &'a str,
    /// Words that occur once in the article.
    pub trigger: &'a str,
    pub date: When,
    pub factuality: Factuality,
    pub ko: &'a str,
    pub en: &'a str,
    /// Role, words, entity.
    pub who: &'a [(Role, &'a str, &'a str)],
    /// Words, entity.
    pub says: &'a [(&'a str, &'a str)],
}

/// A claim as a test writes it down.
pub struct Claimed<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub relation: Relation,
    pub strength: Strength,
    pub confidence: u8,
    pub article: &'a str,
    /// Words that occur once in the article, in the sentence that claims it.
    pub at: &'a str,
    pub cue: &'a str,
}

impl Scene {
    pub fn article(&mut self, article: Article) {
        let mut sentences = Vec::new();
        if let Some(title) = &article.title {
            let span = Span::new(0, title.len()).unwrap();
            sentences.push(Place::new(Field::Title, span));
        }
        let mut start = 0;
        for line in article.text.split_inclusive('\n') {
            if let Some(span) = Span::new(start, start + line.trim_end_matches('\n').len()) {
                sentences.push(Place::new(Field::Text, span));
            }
            start += line.len();
        }
        self.story.insert(Reading {
            article,
            sentences,
            timexes: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            entities: entities(),
        });
    }

    /// Returns the place of `words` in the text of `article`, and its sentence.
    pub fn find(&self, article: &str, words: &str) -> (Place, Span) {
        let reading = &self.story.readings[&ArticleId::new(article)];
        let at = reading.article.text.find(words);
        let at = at.unwrap_or_else(|| panic!("{words:?} is not in {article}"));
        let place = Place::new(Field::Text, Span::new(at, at + words.len()).unwrap());
        let sentence = reading.sentences.iter().find(|it| it.contains(place));
        (place, sentence.expect("a sentence").span)
    }

    pub fn evidence(&self, article: &str, words: &str, rule: &str) -> Evidence {
        let (place, sentence) = self.find(article, words);
        Evidence {
            article: ArticleId::new(article),
            place,
            sentence,
            rule: RuleId::new(rule),
        }
    }

    pub fn event(&mut self, told: &Told) {
        let evidence = self.evidence(told.article, told.trigger, "test/trigger");
        let attribution = told.says.iter().map(|(words, entity)| Attribution {
            place: self.find(told.article, words).0,
            source: (*words).to_owned(),
            entity: Some(EntityId::new(*entity)),
        });
        let mention = Mention {
            evidence,
            attribution: attribution.collect(),
        };
        let mut event = Event::new(
            EventId::new(told.id),
            EventTypeId::new(told.event_type),
            told.date.clone(),
            told.factuality,
            mention,
        );
        event.labels.insert(Lang::new("ko"), told.ko.to_owned());
        event.labels.insert(Lang::new("en"), told.en.to_owned());
        event.salience = 70;
        let who = told.who.iter().map(|(role, words, entity)| Participant {
            role: *role,
            place: self.find(told.article, words).0,
            text: (*words).to_owned(),
            entity: (!entity.is_empty()).then(|| EntityId::new(*entity)),
            negated: false,
            amount: None,
        });
        event.participants = who.collect();
        let reading = self.story.readings.get_mut(&ArticleId::new(told.article));
        reading.unwrap().events.push(event);
    }

    pub fn link(&mut self, it: &Claimed) {
        let evidence = self.evidence(it.article, it.at, "test/link");
        let cue_place = (!it.cue.is_empty()).then(|| self.find(it.article, it.cue).0);
        let end = |id: &str| LinkEnd {
            event: Some(EventId::new(id)),
            trigger: None,
            clause: Some(Place::new(Field::Text, evidence.sentence)),
        };
        let parts = LinkParts {
            from: end(it.from),
            to: end(it.to),
            relation: it.relation,
            strength: it.strength,
            confidence: Confidence::new(it.confidence),
            asserted: matches!(it.strength, Strength::Explicit | Strength::Derived),
            cue: it.cue.to_owned(),
            cue_place,
            rule: RuleId::new("test/link"),
            attribution: Vec::new(),
        };
        let link = Link::new(parts, vec![evidence.clone()]).unwrap();
        let reading = self.story.readings.get_mut(&evidence.article).unwrap();
        reading.links.push(link);
    }

    /// Returns the claim between two merged events as a step in time order.
    pub fn hop(&self, from: &str, to: &str) -> Hop {
        let (from, to) = (EventId::new(from), EventId::new(to));
        let link =
            self.story.links().into_iter().find(|it| {
                it.from.event.as_ref() == Some(&from) && it.to.event.as_ref() == Some(&to)
            });
        let link = link.expect("a claim");
        let (earlier, later) = link.in_time_order().expect("two events");
        Hop {
            earlier: earlier.clone(),
            later: later.clone(),
            link: link.clone(),
        }
    }

    pub fn views(&self) -> BTreeMap<EventId, EventView> {
        let views = self.story.event_views().into_iter();
        views.map(|it| (it.event.id.clone(), it)).collect()
    }
}

fn entities() -> BTreeMap<EntityId, Entity> {
    let rows = [
        ("us", EntityKind::Government, "미국 정부", "US government"),
        ("china", EntityKind::Country, "중국", "China"),
        ("nvidia", EntityKind::Organization, "엔비디아", "Nvidia"),
        ("huang", EntityKind::Person, "젠슨 황", "Jensen Huang"),
        ("trump", EntityKind::Person, "도널드 트럼프", "Donald Trump"),
        (
            "lutnick",
            EntityKind::Person,
            "하워드 러트닉",
            "Howard Lutnick",
        ),
        (
            "cctv",
            EntityKind::Media,
            "중국중앙TV",
            "China Central Television",
        ),
    ];
    let entity = |(id, kind, ko, en): (&str, EntityKind, &str, &str)| {
        let names = [("ko", ko), ("en", en)];
        let names = names.map(|(lang, name)| (Lang::new(lang), name.to_owned()));
        Entity {
            id: EntityId::new(id),
            kind,
            names: BTreeMap::from(names),
        }
    };
    let entities = rows.into_iter().map(entity);
    entities.map(|it| (it.id.clone(), it)).collect()
}

pub fn article(id: &str, lang: &str, published: &str, text: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        title: None,
        text: text.to_owned(),
        lang: Lang::new(lang),
        published: Published::parse(published),
        source: None,
        url: None,
    }
}

pub fn dated(edtf: &str, certainty: Certainty) -> When {
    When::dated(Edtf::parse(edtf).unwrap(), certainty)
}

const KO: &str = "미국 정부가 H20 칩을 다시 중국에 팔 수 있게 허락했다고 젠슨 황 최고경영자가 15일 중국중앙TV에 밝혔다.
황 최고경영자는 지난 10일 백악관에서 트럼프 대통령과 만나 판매를 허용해 달라고 했는데, 이 면담이 통했느냐는 물음이 나온다.
러트닉 장관은 지난달 말 희토류가 들어오면 반도체 통제를 거두겠다고 말했다.
두 나라는 지난달 10~11일 런던에서 틀에 합의한 데 이어 지난달 말 세부안에 서명했다.
다만 런던 회담 때 미국 협상단은 H20 통제가 의제가 아니라고 잘라 말했다.
이번 허가로 석 달 전 결정이 뒤집혔다.
정부는 지난 4월 H20의 중국 판매를 막았는데, 2023년 10월에 시작한 규제를 한층 조인 조치였다.
이에 따라 엔비디아는 재고 55억 달러를 손실로 적어야 했다.
";

const EN: &str = "Washington told Nvidia on April 9 that its H20 chip may no longer go to China without a licence.
Washington has now cleared the chip for China again, Nvidia said on Tuesday.
That lets the company plan shipments to Chinese customers.
";

/// Returns the story, merged.
pub fn h20() -> Scene {
    let mut scene = Scene::default();
    scene.article(article("h20-ko", "ko", "2025-07-16", KO));
    let en = Article {
        title: Some("Nvidia may sell H20 to China again".to_owned()),
        source: Some("Example Wire".to_owned()),
        ..article("h20-en", "en", "2025-07-17", EN)
    };
    scene.article(en);
    korean_events(&mut scene);
    english_events(&mut scene);
    links(&mut scene);
    let merge = |members: [&str; 2]| Merge {
        members: members.map(EventId::new).to_vec(),
        why: vec!["same type, same product, dates agree".to_owned()],
    };
    scene.story.derived.merges = vec![merge(["e:2ban", "e:2ban-en"]), merge(["e:8ok", "e:8ok-en"])];
    scene
}

fn korean_events(scene: &mut Scene) {
    use Certainty::{Approximate, Exact, Inferred};
    use Factuality::{Actual, Reported};
    use Role::{Agent, Destination, Theme};
    let told = |id, event_type, trigger, date, ko, en| Told {
        id,
        article: "h20-ko",
        event_type,
        trigger,
        date,
        factuality: Actual,
        ko,
        en,
        who: &[],
        says: &[],
    };
    scene.event(&Told {
        factuality: Reported,
        who: &[
            (Agent, "미국 정부", "us"),
            (Theme, "H20 칩", ""),
            (Destination, "중국", "china"),
        ],
        says: &[("젠슨 황", "huang"), ("중국중앙TV", "cctv")],
        ..told(
            "e:8ok",
            "Permit",
            "허락했다고",
            dated("../2025-07-15", Inferred),
            "미국 정부, H20 칩 중국 판매 다시 허가",
            "US government permitted H20 sales to China again",
        )
    });
    scene.event(&Told {
        who: &[
            (Agent, "황 최고경영자는", "huang"),
            (Role::Recipient, "트럼프 대통령", "trump"),
        ],
        ..told(
            "e:7meet",
            "Meet",
            "만나",
            dated("2025-07-10", Exact),
            "젠슨 황, 백악관에서 트럼프와 면담",
            "Huang met Trump at the White House",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "러트닉 장관", "lutnick")],
        ..told(
            "e:6offer",
            "Statement",
            "거두겠다고 말했다",
            dated("2025-06-21/2025-06-30", Approximate),
            "러트닉, 희토류가 들어오면 반도체 통제를 거두겠다고 말함",
            "Lutnick said chip curbs would go if rare earths came",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "두 나라", "us")],
        ..told(
            "e:4frame",
            "Agree",
            "합의한",
            dated("2025-06-10/2025-06-11", Exact),
            "미·중, 런던에서 틀에 합의",
            "US and China agreed a framework in London",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "두 나라", "us")],
        ..told(
            "e:5sign",
            "Sign",
            "서명했다",
            dated("2025-06-21/2025-06-30", Approximate),
            "미·중, 세부안에 서명",
            "US and China signed the details",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "미국 협상단", "us")],
        ..told(
            "e:9deny",
            "Deny",
            "잘라 말했다",
            dated("2025-06-10/2025-06-11", Inferred),
            "미국 협상단, H20 통제는 의제가 아니라고 말함",
            "US negotiators said H20 controls were not on the table",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "정부는", "us"), (Theme, "H20의", "")],
        ..told(
            "e:2ban",
            "Prohibit",
            "막았는데",
            dated("2025-04", Exact),
            "미국 정부, H20 중국 판매 금지",
            "US government banned H20 sales to China",
        )
    });
    scene.event(&Told {
        who: &[(Agent, "정부는", "us")],
        ..told(
            "e:1rules",
            "Restrict",
            "시작한 규제",
            dated("2023-10/..", Exact),
            "미국 정부, 첨단 칩의 중국 수출 규제 시작",
            "US government began curbing advanced chip exports to China",
        )
    });
    scene.event(&Told {
        who: &[
            (Agent, "엔비디아는", "nvidia"),
            (Role::Amount, "55억 달러", ""),
        ],
        ..told(
            "e:3loss",
            "Lose",
            "손실로 적어야 했다",
            When::unstated(Interval {
                earliest: dated("2025-04", Exact).bounds().earliest,
                latest: dated("2025-07-16", Exact).bounds().latest,
            }),
            "엔비디아, 재고 55억 달러를 손실로 처리",
            "Nvidia wrote off $5.5bn of inventory",
        )
    });
}

fn english_events(scene: &mut Scene) {
    let told = |id, event_type, trigger, date, ko, en| Told {
        id,
        article: "h20-en",
        event_type,
        trigger,
        date,
        factuality: Factuality::Actual,
        ko,
        en,
        who: &[(Role::Agent, "Washington", "us")],
        says: &[],
    };
    scene.event(&told(
        "e:2ban-en",
        "Prohibit",
        "may no longer go",
        dated("2025-04-09", Certainty::Exact),
        "미국 정부, H20 중국 수출에 허가 요구",
        "US government banned H20 exports to China",
    ));
    scene.event(&Told {
        says: &[("Nvidia said", "nvidia")],
        ..told(
            "e:8ok-en",
            "Permit",
            "cleared",
            dated("2025-07", Certainty::Inferred),
            "미국 정부, H20 허가",
            "US government cleared H20 for China",
        )
    });
    scene.event(&Told {
        factuality: Factuality::Planned,
        who: &[(Role::Agent, "the company", "nvidia")],
        ..told(
            "e:aship",
            "Ship",
            "plan shipments",
            When::unstated(Interval {
                earliest: dated("2025-07-15", Certainty::Exact).bounds().earliest,
                latest: None,
            }),
            "엔비디아, 중국 고객에 출하 계획",
            "Nvidia plans shipments to Chinese customers",
        )
    });
}

fn links(scene: &mut Scene) {
    use Relation::{Causes, Enables, LeadsTo, Reverses, Strengthens};
    use Strength::{Derived, Explicit, Hedged};
    let claims = [
        (
            "e:8ok",
            "e:2ban",
            Reverses,
            Explicit,
            90,
            "결정이 뒤집혔다",
            "뒤집혔다",
        ),
        (
            "e:2ban",
            "e:1rules",
            Strengthens,
            Explicit,
            86,
            "한층 조인",
            "한층 조인",
        ),
        (
            "e:2ban",
            "e:3loss",
            Causes,
            Explicit,
            93,
            "이에 따라",
            "이에 따라",
        ),
        (
            "e:4frame",
            "e:5sign",
            LeadsTo,
            Explicit,
            90,
            "데 이어",
            "데 이어",
        ),
        ("e:5sign", "e:8ok", Enables, Derived, 52, "서명했다", ""),
        ("e:6offer", "e:8ok", LeadsTo, Hedged, 55, "거두겠다고", ""),
        (
            "e:7meet",
            "e:8ok",
            LeadsTo,
            Hedged,
            72,
            "통했느냐는 물음",
            "통했느냐는 물음",
        ),
    ];
    for (from, to, relation, strength, confidence, at, cue) in claims {
        scene.link(&Claimed {
            from,
            to,
            relation,
            strength,
            confidence,
            article: "h20-ko",
            at,
            cue,
        });
    }
    scene.link(&Claimed {
        from: "e:8ok-en",
        to: "e:aship",
        relation: Enables,
        strength: Explicit,
        confidence: 80,
        article: "h20-en",
        at: "That lets",
        cue: "That lets",
    });
}

/// Returns the answer to "why was H20 permitted again?".
pub fn why(scene: &Scene, lang: &str) -> Answer {
    let chain = |score, basis, steps: &[(&str, &str)]| Chain {
        score,
        basis,
        steps: steps.iter().map(|it| scene.hop(it.0, it.1)).collect(),
    };
    let ids = |ids: &[&str]| ids.iter().map(|it| EventId::new(*it)).collect::<Vec<_>>();
    Answer {
        verb: Verb::Why,
        question: "H20 수출 재개".to_owned(),
        lang: Lang::new(lang),
        event: EventId::new("e:8ok"),
        begin: None,
        also_matches: vec![Match {
            id: EventId::new("e:aship"),
            label: "엔비디아, 중국 고객에 출하 계획".to_owned(),
            score: 0.412_345,
        }],
        left_out: 0,
        along: Vec::new(),
        chains: vec![
            chain(0.72, Basis::Hedged, &[("e:7meet", "e:8ok")]),
            chain(0.55, Basis::Hedged, &[("e:6offer", "e:8ok")]),
            chain(
                0.468,
                Basis::Derived,
                &[("e:4frame", "e:5sign"), ("e:5sign", "e:8ok")],
            ),
        ],
        reverses: vec![
            scene.hop("e:8ok", "e:2ban"),
            scene.hop("e:2ban", "e:1rules"),
            scene.hop("e:2ban", "e:3loss"),
        ],
        conflicts: vec![Conflict {
            kind: ConflictKind::Claim,
            events: ids(&["e:9deny", "e:5sign"]),
            text: "미국 협상단은 H20 통제가 의제가 아니라고 했다; 경로 3과 어긋난다".to_owned(),
            evidence: vec![scene.evidence("h20-ko", "잘라 말했다", "test/conflict")],
        }],
        earlier: ids(&["e:9deny"]),
        order: ids(&[
            "e:1rules", "e:2ban", "e:3loss", "e:4frame", "e:6offer", "e:5sign", "e:7meet", "e:8ok",
        ]),
        events: scene.views(),
        sparql: "SELECT ?cause WHERE { ?cause bst:ledTo <https://w3id.org/backstory/event/8ok> }"
            .to_owned(),
    }
}

/// Returns the answer to "what followed from the ban?".
pub fn effects(scene: &Scene, lang: &str) -> Answer {
    Answer {
        verb: Verb::Effects,
        question: "H20 판매 금지".to_owned(),
        event: EventId::new("e:2ban"),
        left_out: 0,
        along: Vec::new(),
        chains: vec![Chain {
            score: 0.93,
            basis: Basis::Stated,
            steps: vec![scene.hop("e:2ban", "e:3loss")],
        }],
        reverses: vec![scene.hop("e:8ok", "e:2ban")],
        conflicts: Vec::new(),
        order: ["e:2ban", "e:3loss", "e:8ok"].map(EventId::new).to_vec(),
        ..why(scene, lang)
    }
}

/// Returns the answer to "how did London lead to the permission?".
pub fn path(scene: &Scene, lang: &str) -> Answer {
    let why = why(scene, lang);
    Answer {
        verb: Verb::Path,
        begin: Some(EventId::new("e:4frame")),
        left_out: 0,
        along: Vec::new(),
        chains: why.chains[2..].to_vec(),
        reverses: Vec::new(),
        order: ["e:4frame", "e:5sign", "e:8ok"].map(EventId::new).to_vec(),
        ..why
    }
}

/// Returns an answer without a recorded cause.
pub fn no_cause(scene: &Scene, lang: &str) -> Answer {
    Answer {
        question: "백악관 면담".to_owned(),
        event: EventId::new("e:7meet"),
        also_matches: Vec::new(),
        left_out: 0,
        along: Vec::new(),
        chains: Vec::new(),
        reverses: Vec::new(),
        conflicts: Vec::new(),
        earlier: ["e:5sign", "e:4frame"].map(EventId::new).to_vec(),
        order: vec![EventId::new("e:7meet")],
        ..why(scene, lang)
    }
}

/// Returns all events in time order.
pub fn timeline(scene: &Scene) -> Timeline {
    let mut events: Vec<EventView> = scene.views().into_values().collect();
    events.sort_by_key(|it| {
        let bounds = it.event.when.bounds();
        (bounds.earliest.or(bounds.latest), it.event.id.clone())
    });
    Timeline {
        events,
        links: scene.story.links(),
    }
}

/// Returns one event with its neighbours.
pub fn shown(scene: &Scene) -> Shown {
    let id = EventId::new("e:2ban");
    let mut neighbours = scene.views();
    let event = neighbours.remove(&id).unwrap();
    let links = scene.story.links().into_iter().filter(|it| {
        let ends = [&it.from.event, &it.to.event];
        ends.contains(&&Some(id.clone()))
    });
    let links: Vec<Link> = links.collect();
    neighbours.retain(|id, _| {
        let ends =
            |it: &Link| it.from.event.as_ref() == Some(id) || it.to.event.as_ref() == Some(id);
        links.iter().any(ends)
    });
    Shown {
        event,
        links,
        neighbours,
        context: BTreeMap::new(),
    }
}

/// Returns what a search finds.
pub fn found() -> Found {
    let hit = |kind, id: &str, label: &str, date: Option<&str>, score| Hit {
        kind,
        id: id.to_owned(),
        label: label.to_owned(),
        date: date.map(str::to_owned),
        score,
    };
    Found {
        question: "H20".to_owned(),
        hits: vec![
            hit(
                HitKind::Event,
                "e:8ok",
                "미국 정부, H20 칩 중국 판매 다시 허가",
                Some("../2025-07-15"),
                0.91,
            ),
            hit(HitKind::Actor, "nvidia", "엔비디아", None, 0.5),
            hit(
                HitKind::Article,
                "h20-en",
                "Nvidia may sell H20 to China again",
                Some("2025-07-17"),
                0.4,
            ),
        ],
    }
}
