import Schema

/// The statements of this module.
enum Queries {
    static let planFetches = SQLLibrary.call("plan_fetches", 2)
    static let claimFetch = SQLLibrary.call("claim_fetch", 3)
    static let completeFetch = SQLLibrary.call("complete_fetch", 10)
    static let failFetch = SQLLibrary.call("fail_fetch", 9)
    static let listPendingFetches = SQLLibrary.call("pending_fetches", 2)
    static let countFetches = SQLLibrary.query("count_fetches")
}
