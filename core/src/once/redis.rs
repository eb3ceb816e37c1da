//! The Redis store: one script a call, one key a call, so that it works in a cluster too. Any client that can `EVAL` runs them.
//!
//! A key is a hash of `token`, `state` and `until`. The stored time judges what has expired; the key's own expiry only clears
//! it away, a minute later.

/// `KEYS[1]` the key; `ARGV` token, until, now: all in ms. Gives token, state and until of what is there after it.
pub const CLAIM: &str = "local c = redis.call('HMGET', KEYS[1], 'token', 'state', 'until')
if c[3] and tonumber(c[3]) > tonumber(ARGV[3]) then return c end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'state', 'claimed', 'until', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] - ARGV[3] + 60000)
return {ARGV[1], 'claimed', ARGV[2]}";

/// `KEYS[1]` the key; `ARGV` token, until, now. Gives 1, or 0 where the claim is not the token's.
pub const COMPLETE: &str = "local c = redis.call('HMGET', KEYS[1], 'token', 'state')
if c[1] ~= ARGV[1] or c[2] ~= 'claimed' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'completed', 'until', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] - ARGV[3] + 60000)
return 1";

/// `KEYS[1]` the key; `ARGV` token. Gives 1, or 0 where the claim is not the token's.
pub const RELEASE: &str = "local c = redis.call('HMGET', KEYS[1], 'token', 'state')
if c[1] ~= ARGV[1] or c[2] ~= 'claimed' then return 0 end
return redis.call('DEL', KEYS[1])";

/// `KEYS[1]` any key of the store. Gives what [`warnings`] reads.
pub const INFO: &str = "return redis.call('INFO', 'memory') .. redis.call('INFO', 'persistence')";

/// What in the answers to `INFO memory` and `INFO persistence` says that Redis may lose keys that it should remember.
///
/// # Examples
///
/// ```
/// use hookseal::redis::warnings;
///
/// let info = "maxmemory:1048576\r\nmaxmemory_policy:allkeys-lru\r\naof_enabled:1\r\n";
/// assert_eq!(warnings(info), ["redis may evict keys, and then an event is handled twice: set maxmemory-policy to noeviction"]);
/// ```
#[must_use]
pub fn warnings(info: &str) -> Vec<&'static str> {
    let value = |name: &str| info.lines().find_map(|line| line.trim_end().strip_prefix(name)?.strip_prefix(':'));
    let mut warnings = Vec::new();
    // Without a bound of its own Redis never evicts, but a policy that could is one bound away from it.
    if value("maxmemory_policy").is_some_and(|policy| policy != "noeviction") {
        warnings.push("redis may evict keys, and then an event is handled twice: set maxmemory-policy to noeviction");
    }
    if value("aof_enabled") == Some("0") {
        warnings.push("redis forgets what it has not saved when it crashes, and then events are handled twice: set appendonly to yes");
    }
    warnings
}
