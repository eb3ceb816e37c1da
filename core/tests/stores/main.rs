//! The stores, on real engines: SQLite's is built in, the others are where `HOOKSEAL_REDIS`, `HOOKSEAL_REDIS_CLUSTER` and
//! `HOOKSEAL_POSTGRES` say. Without those only what needs none is tested.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "redis"))]
#![expect(clippy::unwrap_used, reason = "what is not as it must be fails the test")]

/// Runs every one of these cases at every one of these places.
macro_rules! suite {
    ($trait:ident [$($place:ident),*] $cases:tt) => { $(suite! { $trait $place $cases })* };
    ($trait:ident $place:ident ($($case:ident),*)) => {
        #[expect(non_snake_case, reason = "the place's name")]
        mod $place {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                if let Some(place) = <$crate::engines::$place as $crate::engines::$trait>::open().await {
                    super::$case(place).await;
                }
            })*
        }
    };
}

mod support;
mod engines;
mod contract;
mod transactions;
mod endings;
mod sqlite;
mod postgres;
mod connections;
mod lost;
mod redis;
