import Schema

/// The statements of this module.
enum Queries {
    static let planFetches = SQLLibrary.query("plan_fetches")
    static let claimFetch = SQLLibrary.query("claim_fetch")
    static let completeFetch = SQLLibrary.query("complete_fetch")
    static let failFetch = SQLLibrary.query("fail_fetch")
    static let listPendingFetches = SQLLibrary.query("list_pending_fetches")
    static let countFetches = SQLLibrary.query("count_fetches")
}
