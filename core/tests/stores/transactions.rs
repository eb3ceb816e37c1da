//! What every transactional store promises.

use crate::engines::Effects;
use crate::support::{NOW, at_once, claim, complete, counted, deliver, fresh, release, webhook};
use hookseal::tower::{Begin, BoxError, Receiver, Session, receiver};
use hookseal::{Claim, Ending};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

async fn begin<P: Effects>(place: &P, name: &str) -> <P::Store as Begin>::Session {
    Arc::new(place.store(name).await).begin().await.unwrap()
}

async fn claim_and_effect_are_committed_together<P: Effects>(place: P) {
    let (session, id) = (begin(&place, "transactions").await, fresh());
    assert_eq!(claim(&session, &id, "a", NOW).await, Claim::Claimed);
    P::write(session.tx(), id.clone()).await.unwrap();
    assert_eq!(place.count(&id).await, 0);
    assert_eq!(complete(&session, &id, "a", NOW).await, Ending::Done);
    assert_eq!(place.count(&id).await, 1);
    assert_eq!(claim(&begin(&place, "transactions").await, &id, "b", NOW + 4999).await, Claim::Completed);
}

async fn what_is_released_has_not_happened<P: Effects>(place: P) {
    let (session, id) = (begin(&place, "transactions").await, fresh());
    assert_eq!(claim(&session, &id, "a", NOW).await, Claim::Claimed);
    P::write(session.tx(), id.clone()).await.unwrap();
    assert_eq!(release(&session, &id, "a").await, Ending::Done);
    assert_eq!(place.count(&id).await, 0);
    assert_eq!(claim(&begin(&place, "transactions").await, &id, "b", NOW).await, Claim::Claimed);
}

async fn after_the_retention_it_may_happen_again<P: Effects>(place: P) {
    let id = fresh();
    for now in [NOW, NOW + 5000] {
        let session = begin(&place, "transactions").await;
        assert_eq!(claim(&session, &id, "a", now).await, Claim::Claimed);
        P::write(session.tx(), id.clone()).await.unwrap();
        assert_eq!(complete(&session, &id, "a", now).await, Ending::Done);
    }
    assert_eq!(place.count(&id).await, 2);
}

async fn receivers_of_different_names_do_not_swallow_each_others_events<P: Effects>(place: P) {
    let id = fresh();
    for name in ["reports", "kits"] {
        let session = begin(&place, name).await;
        assert_eq!(claim(&session, &id, "a", NOW).await, Claim::Claimed);
        P::write(session.tx(), id.clone()).await.unwrap();
        assert_eq!(complete(&session, &id, "a", NOW).await, Ending::Done);
    }
    assert_eq!(place.count(&id).await, 2);
}

async fn what_has_ended_does_not_end_again<P: Effects>(place: P) {
    let (session, id) = (begin(&place, "transactions").await, fresh());
    claim(&session, &id, "a", NOW).await;
    assert_eq!(complete(&session, &id, "a", NOW).await, Ending::Done);
    assert_eq!(complete(&session, &id, "a", NOW).await, Ending::Lost);
    assert_eq!(release(&session, &id, "a").await, Ending::Done);
    drop(session);
    assert_eq!(claim(&begin(&place, "transactions").await, &id, "b", NOW).await, Claim::Completed);
}

/// A receiver whose handler writes the event's id, and then does as told.
async fn writing<P: Effects>(
    place: &P,
    then: impl Fn() -> Result<(), BoxError> + Clone + Send + Sync + 'static,
) -> Receiver<P::Store> {
    receiver(webhook(), place.store("transactions").await, move |event, context| {
        let then = then.clone();
        async move {
            P::write(context.tx, event.id().unwrap().to_owned()).await?;
            then()
        }
    })
}

async fn of_32_deliveries_at_once_of_one_event_one_takes_effect<P: Effects>(place: P) {
    let (ran, id) = (Arc::new(AtomicUsize::new(0)), fresh());
    let count = Arc::clone(&ran);
    let receiver = writing(&place, move || {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(())
    })
    .await;
    let replies = at_once(32, |_| deliver(receiver.clone(), id.clone())).await;
    assert_eq!(counted(replies), ["31 x 200 duplicate", "1 x 200 handled"]);
    assert_eq!(place.count(&id).await, 1);
    assert_eq!(ran.load(Ordering::SeqCst), 1);
}

/// As in two processes, each with connections of its own.
async fn of_32_deliveries_at_once_to_two_stores_one_takes_effect<P: Effects>(place: P) {
    let (one, other, id) = (writing(&place, || Ok(())).await, writing(&place, || Ok(())).await, fresh());
    let replies = at_once(32, |n| deliver(if n % 2 == 0 { one.clone() } else { other.clone() }, id.clone())).await;
    assert_eq!(counted(replies), ["31 x 200 duplicate", "1 x 200 handled"]);
    assert_eq!(place.count(&id).await, 1);
}

async fn of_32_events_at_once_each_takes_effect<P: Effects>(place: P) {
    let (receiver, id) = (writing(&place, || Ok(())).await, fresh());
    let replies = at_once(32, |n| deliver(receiver.clone(), format!("{id}-{n}"))).await;
    assert_eq!(counted(replies), ["32 x 200 handled"]);
    for n in 0..32 {
        assert_eq!(place.count(&format!("{id}-{n}")).await, 1);
    }
}

async fn a_handler_that_fails_has_changed_nothing_and_gets_the_event_again<P: Effects>(place: P) {
    let (times, id) = (Arc::new(AtomicUsize::new(0)), fresh());
    let then = move || match times.fetch_add(1, Ordering::SeqCst) {
        0 => Err("asked to".into()),
        1 => unreachable!("asked to"),
        _ => Ok(()),
    };
    let receiver = writing(&place, then).await;
    for reply in ["500 failed", "500 failed"] {
        assert_eq!(deliver(receiver.clone(), id.clone()).await, reply);
        assert_eq!(place.count(&id).await, 0);
    }
    for reply in ["200 handled", "200 duplicate"] {
        assert_eq!(deliver(receiver.clone(), id.clone()).await, reply);
        assert_eq!(place.count(&id).await, 1);
    }
}

suite! { Effects [Sqlite, Postgres, Pool] (
    claim_and_effect_are_committed_together,
    what_is_released_has_not_happened,
    after_the_retention_it_may_happen_again,
    receivers_of_different_names_do_not_swallow_each_others_events,
    what_has_ended_does_not_end_again,
    of_32_deliveries_at_once_of_one_event_one_takes_effect,
    of_32_deliveries_at_once_to_two_stores_one_takes_effect,
    of_32_events_at_once_each_takes_effect,
    a_handler_that_fails_has_changed_nothing_and_gets_the_event_again
) }
