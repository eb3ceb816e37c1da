//! Sessions that nobody ends: what is dropped has not happened, wherever it is dropped.

use crate::engines::Effects;
use crate::support::{NOW, claim, complete, fresh, ms};
use hookseal::tower::{Begin, Session, Store};
use hookseal::{Claim, Ending};
use std::sync::Arc;
use std::thread;
use tokio::time::timeout;

/// A session that has claimed the id, and written.
async fn claimed<P: Effects>(store: &Arc<P::Store>, id: &str) -> <P::Store as Begin>::Session {
    let session = Arc::clone(store).begin().await.unwrap();
    assert_eq!(claim(&session, id, "a", NOW).await, Claim::Claimed);
    P::write(session.tx(), id.to_owned()).await.unwrap();
    session
}

/// Whoever comes next, in whatever process, gets the key and finds nothing done.
async fn is_undone<P: Effects>(place: &P, id: &str) {
    let store = Arc::new(place.store("dropped").await);
    let session = claimed::<P>(&store, id).await;
    assert_eq!(complete(&session, id, "a", NOW).await, Ending::Done);
    assert_eq!(place.count(id).await, 1);
}

async fn what_is_dropped_has_not_happened<P: Effects>(place: P) {
    let (store, id) = (Arc::new(place.store("dropped").await), fresh());
    for _ in 0..40 {
        drop(claimed::<P>(&store, &id).await);
    }
    is_undone(&place, &id).await;
}

async fn what_is_dropped_where_nothing_is_executed_has_not_happened<P: Effects>(place: P) {
    let (store, id) = (Arc::new(place.store("dropped").await), fresh());
    let session = claimed::<P>(&store, &id).await;
    thread::spawn(move || drop(session)).join().unwrap();
    is_undone(&place, &id).await;
}

/// And so a claim that nobody waits for any more lets nobody wait.
async fn a_claim_that_is_dropped_is_no_claim<P: Effects>(place: P) {
    let (store, id) = (Arc::new(place.store("dropped").await), fresh());
    let first = claimed::<P>(&store, &id).await;
    for wait in [0, 1, 20] {
        let second = Arc::clone(&store).begin().await.unwrap();
        assert!(timeout(ms(wait), second.claim(&id, "b", ms(1000), NOW)).await.is_err());
    }
    drop(first);
    for wait in [0, 1, 2, 3] {
        let another = Arc::clone(&store).begin().await.unwrap();
        drop(timeout(ms(wait), another.claim(&id, "c", ms(1000), NOW)).await);
    }
    is_undone(&place, &id).await;
}

suite! { Effects [Sqlite, Postgres, Pool] (
    what_is_dropped_has_not_happened,
    what_is_dropped_where_nothing_is_executed_has_not_happened,
    a_claim_that_is_dropped_is_no_claim
) }
