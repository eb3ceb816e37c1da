//! The table of steps: whatever happens, and in whatever order, a delivery ends in a reply that may be given.

use hookseal::Outcome;
use hookseal::host::{Facts, Happened, Step};
use proptest::prelude::*;
use proptest::sample::select;

/// What a delivery went through, from its key or its report on.
fn walk(first: Step, happens: &[(Happened, bool)], transactional: bool) -> (Vec<(Step, Happened, bool)>, Outcome) {
    let (mut step, mut past, mut late) = (first, Vec::new(), false);
    for &(happened, passes) in happens {
        if let Step::Reply(outcome) = step {
            return (past, outcome);
        }
        late |= passes;
        past.push((step, happened, late));
        step = step.next(happened, Facts { late, transactional });
    }
    unreachable!("no reply after {past:?}")
}

fn happens() -> impl Strategy<Value = Vec<(Happened, bool)>> {
    let happened =
        prop_oneof![1 => Just(Happened::Done), 1 => Just(Happened::Claimed), 2 => select(&Happened::ALL[..])];
    // Six steps are the most: key, claim, handle, complete, complete again, and the reply.
    prop::collection::vec((happened, prop::bool::weighted(0.1)), 6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_delivery_ends_in_a_reply_that_is_true(
        first in select(&[Step::Key, Step::Report][..]),
        happens in happens(),
        transactional: bool,
    ) {
        let (past, outcome) = walk(first, &happens, transactional);
        let was = |step, happened| past.iter().any(|&(s, h, _)| (s, h) == (step, happened));
        let ran = |step| past.iter().any(|&(s, ..)| s == step);

        // No 2xx before the user's own code has had the event, here or in another delivery.
        let duplicate = was(Step::Claim, Happened::Completed)
            || was(Step::Complete, Happened::Completed)
            || was(Step::CompleteAgain, Happened::Completed);
        match outcome {
            // In a transaction it takes effect by being committed, and else not at all.
            Outcome::Handled if transactional => prop_assert!(was(Step::Complete, Happened::Done)),
            Outcome::Handled => prop_assert!(was(Step::Handle, Happened::Done)),
            Outcome::Ignored => prop_assert!(was(Step::Report, Happened::Done)),
            Outcome::Duplicate => prop_assert!(duplicate),
            _ => prop_assert!(outcome.status() >= 400, "{outcome}"),
        }
        // The handler runs under a claim, and never behind the back of a sender that was told otherwise.
        prop_assert_eq!(ran(Step::Handle), past.iter().any(|&(s, h, late)| (s, h, late) == (Step::Claim, Happened::Claimed, false)));
        // A claim is completed after the handler's success, and given back after its failure, or where it never ran.
        prop_assert_eq!(ran(Step::Complete), was(Step::Handle, Happened::Done));
        // What was committed, or may have been, is not committed again.
        prop_assert!(!(transactional && ran(Step::CompleteAgain)));
        prop_assert_eq!(ran(Step::Release), ran(Step::Handle) && !was(Step::Handle, Happened::Done));
        prop_assert_eq!(ran(Step::Withdraw), was(Step::Claim, Happened::Claimed) && !ran(Step::Handle));
        // Nothing of the user's own has failed where it never ran.
        prop_assert!(!(ran(Step::Withdraw) && outcome == Outcome::Failed));
    }
}

#[test]
fn every_step_has_an_answer_at_its_deadline_and_a_name() {
    for step in Step::ALL {
        // A 2xx would be told before it is known whether the effect stands.
        assert!(!(200..300).contains(&step.at_deadline().status()), "{step:?}");
        assert_eq!(Step::named(step.as_str()), Some(step));
    }
    for happened in Happened::ALL {
        assert_eq!(Happened::named(happened.as_str()), happened);
        assert_eq!(Step::Read.next(happened, Facts { late: true, transactional: false }), Step::Reply(Outcome::Unread));
    }
    assert_eq!(Happened::named("something else"), Happened::Failed);
}
