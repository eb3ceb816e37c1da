//! What every store promises, whatever it is made of.

use crate::engines::Place;
use crate::support::{NOW, at_once, claim, complete, fresh_key, ms, release};
use hookseal::tower::Store;
use hookseal::{Claim, Ending};
use std::sync::Arc;

const fn in_progress(until: u64) -> Claim {
    Claim::InProgress { until }
}

async fn a_claim_holds_the_key_until_its_lease_ends_to_the_millisecond(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    assert_eq!(claim(&store, &key, "a", NOW).await, Claim::Claimed);
    assert_eq!(claim(&store, &key, "b", NOW + 999).await, in_progress(NOW + 1000));
    assert_eq!(claim(&store, &key, "b", NOW + 1000).await, Claim::Claimed);
    assert_eq!(claim(&store, &key, "a", NOW + 1000).await, in_progress(NOW + 2000));
}

async fn a_completed_key_is_remembered_until_its_retention_ends_to_the_millisecond(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "a", NOW).await;
    assert_eq!(complete(&store, &key, "a", NOW + 10).await, Ending::Done);
    assert_eq!(claim(&store, &key, "b", NOW + 5009).await, Claim::Completed);
    assert_eq!(claim(&store, &key, "b", NOW + 5010).await, Claim::Claimed);
}

async fn a_released_key_can_be_claimed_at_once(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "a", NOW).await;
    assert_eq!(release(&store, &key, "a").await, Ending::Done);
    assert_eq!(claim(&store, &key, "b", NOW).await, Claim::Claimed);
}

async fn a_lease_that_ran_out_is_lost_to_whoever_took_the_key(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "late", NOW).await;
    assert_eq!(claim(&store, &key, "next", NOW + 1500).await, Claim::Claimed);
    assert_eq!(complete(&store, &key, "late", NOW + 1600).await, Ending::Lost);
    assert_eq!(release(&store, &key, "late").await, Ending::Lost);
    assert_eq!(claim(&store, &key, "third", NOW + 1700).await, in_progress(NOW + 2500));
    assert_eq!(complete(&store, &key, "next", NOW + 1800).await, Ending::Done);
}

async fn a_lease_that_ran_out_but_that_nobody_took_over_can_still_be_completed(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "a", NOW).await;
    assert_eq!(complete(&store, &key, "a", NOW + 3000).await, Ending::Done);
    assert_eq!(claim(&store, &key, "b", NOW + 3001).await, Claim::Completed);
}

async fn what_is_completed_stays_so_whoever_ends_it_again(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "a", NOW).await;
    complete(&store, &key, "a", NOW).await;
    assert_eq!(complete(&store, &key, "a", NOW + 4000).await, Ending::Lost);
    assert_eq!(release(&store, &key, "a").await, Ending::Lost);
    assert_eq!(claim(&store, &key, "b", NOW + 4999).await, Claim::Completed);
    assert_eq!(claim(&store, &key, "b", NOW + 5000).await, Claim::Claimed);
}

async fn nobody_ends_what_was_never_claimed(place: impl Place) {
    let store = place.store("contract").await;
    assert_eq!(complete(&store, &fresh_key(), "a", NOW).await, Ending::Lost);
    assert_eq!(release(&store, &fresh_key(), "a").await, Ending::Lost);
}

async fn a_clock_that_jumps_back_gives_nobodys_key_away(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    let back = NOW - 3_600_000;
    claim(&store, &key, "a", NOW).await;
    assert_eq!(claim(&store, &key, "b", back).await, in_progress(NOW + 1000));
    complete(&store, &key, "a", back).await;
    assert_eq!(claim(&store, &key, "b", back - 1).await, Claim::Completed);
}

async fn a_clock_that_jumps_ahead_ends_a_lease_and_no_more(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    claim(&store, &key, "a", NOW).await;
    assert_eq!(claim(&store, &key, "b", NOW + 3_600_000).await, Claim::Claimed);
    assert_eq!(complete(&store, &key, "a", NOW).await, Ending::Lost);
    assert_eq!(complete(&store, &key, "b", NOW + 3_600_000).await, Ending::Done);
}

async fn keys_are_told_apart_however_alike(place: impl Place) {
    let (store, key) = (place.store("contract").await, fresh_key());
    let upper = key.to_uppercase();
    let endings = ["", " ", "é", "e\u{301}", "😀", &"x".repeat(500)];
    let alike: Vec<_> = endings.iter().map(|ending| format!("{key}{ending}")).chain([upper]).collect();
    for key in &alike {
        assert_eq!(claim(&store, key, "a", NOW).await, Claim::Claimed);
    }
    for key in &alike {
        assert_eq!(claim(&store, key, "b", NOW).await, in_progress(NOW + 1000));
    }
}

async fn receivers_of_different_names_do_not_swallow_each_others_events(place: impl Place) {
    let (reports, kits, key) = (place.store("reports").await, place.store("kits").await, fresh_key());
    assert_eq!(claim(&reports, &key, "a", NOW).await, Claim::Claimed);
    assert_eq!(claim(&kits, &key, "b", NOW).await, Claim::Claimed);
    assert_eq!(complete(&kits, &key, "b", NOW).await, Ending::Done);
    assert_eq!(claim(&reports, &key, "c", NOW).await, in_progress(NOW + 1000));
}

async fn of_64_claims_at_once_exactly_one_is_given(place: impl Place) {
    let store = Arc::new(place.store("contract").await);
    // As many as it takes to see a race; and as many as was asked for.
    let keys = if std::env::var_os("HOOKSEAL_FULL").is_some() { 10_000 } else { 100 };
    for _ in 0..keys {
        let key = fresh_key();
        assert_eq!(claimed_at_once(&store, &key, NOW).await, 1);
    }
}

async fn of_64_claims_at_once_of_what_has_expired_exactly_one_is_given(place: impl Place) {
    let (store, key) = (Arc::new(place.store("contract").await), fresh_key());
    claim(&*store, &key, "dead", NOW).await;
    assert_eq!(claimed_at_once(&store, &key, NOW + 1000).await, 1);
}

/// Of 64 claims: all others are in progress.
async fn claimed_at_once<S: Store>(store: &Arc<S>, key: &str, now: u64) -> usize {
    let claims = at_once(64, |n| {
        let (store, key) = (Arc::clone(store), key.to_owned());
        async move { store.claim(&key, &format!("token {n}"), ms(1000), now).await.unwrap() }
    });
    let claims = claims.await;
    assert!(claims.iter().all(|claim| [Claim::Claimed, in_progress(now + 1000)].contains(claim)));
    claims.iter().filter(|&&claim| claim == Claim::Claimed).count()
}

suite! { Place [Memory, Sqlite, Postgres, Pool, Redis, Cluster] (
    a_claim_holds_the_key_until_its_lease_ends_to_the_millisecond,
    a_completed_key_is_remembered_until_its_retention_ends_to_the_millisecond,
    a_released_key_can_be_claimed_at_once,
    a_lease_that_ran_out_is_lost_to_whoever_took_the_key,
    a_lease_that_ran_out_but_that_nobody_took_over_can_still_be_completed,
    what_is_completed_stays_so_whoever_ends_it_again,
    nobody_ends_what_was_never_claimed,
    a_clock_that_jumps_back_gives_nobodys_key_away,
    a_clock_that_jumps_ahead_ends_a_lease_and_no_more,
    keys_are_told_apart_however_alike,
    receivers_of_different_names_do_not_swallow_each_others_events,
    of_64_claims_at_once_exactly_one_is_given,
    of_64_claims_at_once_of_what_has_expired_exactly_one_is_given
) }
