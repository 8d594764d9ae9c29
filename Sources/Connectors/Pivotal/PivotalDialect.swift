/// How Pivotal refuses; see ``CodedError``.
struct PivotalDialect: Dialect {
    func body(of refusal: Refusal) -> String {
        var error = CodedError(refusal)
        switch refusal {
        case .conflict(let fault) where fault.name == "email":
            error.message = "Another contact of this customer has this email"
        case .conflict(let fault) where fault.name == "slug": error.message = "Another customer has this slug"
        default: break
        }
        return error.body(status: status(of: refusal))
    }
}
