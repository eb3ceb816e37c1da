//! The memory store, against a model that is obviously right: two lists, the oldest first, searched one by one.

use hookseal::{Claim, Ending, Full, MemoryStore};
use proptest::prelude::*;
use proptest::sample::select;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

#[derive(Clone, Copy, Debug)]
enum Call {
    Claim { key: &'static str, token: &'static str, lease: u64 },
    Complete { key: &'static str, token: &'static str, retention: u64 },
    Release { key: &'static str, token: &'static str },
    Sweep,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Claim(Result<Claim, Full>),
    Ending(Ending),
    Swept(usize),
}

#[derive(Clone, Debug)]
struct Model {
    bound: usize,
    claims: Vec<(&'static str, &'static str, u64)>,
    completed: Vec<(&'static str, u64)>,
    now: u64,
    /// What the last call must have been answered.
    answer: Option<Answer>,
}

impl Model {
    fn call(&mut self, call: Call) -> Answer {
        match call {
            Call::Claim { key, token, lease } => Answer::Claim(self.claim(key, token, lease)),
            Call::Complete { key, token, retention } => {
                let ending = self.give_back(key, token);
                if ending == Ending::Done {
                    self.completed.push((key, self.now.saturating_add(retention)));
                }
                Answer::Ending(ending)
            }
            Call::Release { key, token } => Answer::Ending(self.give_back(key, token)),
            Call::Sweep => Answer::Swept(self.sweep(500)),
        }
    }

    fn claim(&mut self, key: &'static str, token: &'static str, lease: u64) -> Result<Claim, Full> {
        self.sweep(2);
        if self.completed.iter().any(|&(completed, until)| completed == key && until > self.now) {
            return Ok(Claim::Completed);
        }
        if let Some(&(.., until)) = self.claims.iter().find(|&&(claimed, _, until)| claimed == key && until > self.now)
        {
            return Ok(Claim::InProgress { until });
        }
        self.completed.retain(|&(completed, _)| completed != key);
        self.claims.retain(|&(claimed, ..)| claimed != key);
        if self.claims.len() == self.bound {
            return Err(Full);
        }
        if self.claims.len() + self.completed.len() == self.bound {
            self.completed.remove(0);
        }
        self.claims.push((key, token, self.now.saturating_add(lease)));
        Ok(Claim::Claimed)
    }

    fn give_back(&mut self, key: &str, token: &str) -> Ending {
        let before = self.claims.len();
        self.claims.retain(|&(claimed, by, _)| (claimed, by) != (key, token));
        if self.claims.len() < before { Ending::Done } else { Ending::Lost }
    }

    fn sweep(&mut self, most: usize) -> usize {
        let mut swept = 0;
        while swept < most && self.completed.first().is_some_and(|&(_, until)| until <= self.now) {
            self.completed.remove(0);
            swept += 1;
        }
        while swept < most && self.claims.first().is_some_and(|&(.., until)| until <= self.now) {
            self.claims.remove(0);
            swept += 1;
        }
        swept
    }
}

impl ReferenceStateMachine for Model {
    type State = Self;
    /// By how many ms the time changes, and then a call.
    type Transition = (i64, Call);

    fn init_state() -> BoxedStrategy<Self> {
        let model =
            |bound| Self { bound, claims: Vec::new(), completed: Vec::new(), now: 1_700_000_000_000, answer: None };
        (1_usize..6).prop_map(model).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<(i64, Call)> {
        // Few of each, so that they meet.
        let key = || select(&["a", "b", "c", "d", "e", "f", "g"][..]);
        let token = || select(&["mine", "another's"][..]);
        let ms = || select(&[0, 10, 20, 100, 500, u64::MAX][..]);
        let time = prop_oneof![9 => 0..4_i64, 1 => -20..0_i64].prop_map(|tens| tens * 10);
        let call = prop_oneof![
            4 => (key(), token(), ms()).prop_map(|(key, token, lease)| Call::Claim { key, token, lease }),
            3 => (key(), token(), ms()).prop_map(|(key, token, retention)| Call::Complete { key, token, retention }),
            1 => (key(), token()).prop_map(|(key, token)| Call::Release { key, token }),
            1 => Just(Call::Sweep),
        ];
        (time, call).boxed()
    }

    fn apply(mut model: Self, &(ms, call): &(i64, Call)) -> Self {
        model.now = model.now.saturating_add_signed(ms);
        model.answer = Some(model.call(call));
        model
    }
}

struct AsTheModel;

impl StateMachineTest for AsTheModel {
    type SystemUnderTest = MemoryStore;
    type Reference = Model;

    fn init_test(model: &Model) -> MemoryStore {
        MemoryStore::new(model.bound).unwrap_or_default()
    }

    fn apply(store: MemoryStore, model: &Model, (_, call): (i64, Call)) -> MemoryStore {
        let answer = match call {
            Call::Claim { key, token, lease } => Answer::Claim(store.claim(key, token, lease, model.now)),
            Call::Complete { key, token, retention } => {
                Answer::Ending(store.complete(key, token, retention, model.now))
            }
            Call::Release { key, token } => Answer::Ending(store.release(key, token)),
            Call::Sweep => Answer::Swept(store.sweep(model.now)),
        };
        assert_eq!(Some(answer), model.answer);
        store
    }

    fn check_invariants(store: &MemoryStore, model: &Model) {
        assert_eq!(store.len(), model.claims.len() + model.completed.len());
        assert_eq!(store.is_empty(), model.claims.is_empty() && model.completed.is_empty());
        assert!(store.len() <= model.bound);
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_store_answers_as_its_model(sequential 1..100 => AsTheModel);
}

#[test]
fn bounds_are_checked() {
    for bound in [0, (1 << 24) + 1, usize::MAX] {
        assert!(MemoryStore::new(bound).is_err(), "{bound}");
    }
    for bound in [1, 1 << 24] {
        assert!(MemoryStore::new(bound).is_ok(), "{bound}");
    }
}
