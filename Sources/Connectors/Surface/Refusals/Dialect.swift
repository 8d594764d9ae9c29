/// The words in which a vendor's API refuses: statuses and bodies.
package protocol Dialect: Sendable {
    /// The status of a refusal; that of HTTP unless the vendor has another.
    func status(of refusal: Refusal) -> Int

    /// The JSON text of a refusal's answer.
    func body(of refusal: Refusal) -> String
}

extension Dialect {
    package func status(of refusal: Refusal) -> Int { usualStatus(of: refusal) }

    /// The status that HTTP has for a refusal, and the vendors alike.
    package func usualStatus(of refusal: Refusal) -> Int {
        switch refusal {
        case .invalid: 400
        case .missingKey, .invalidKey, .revokedKey: 401
        case .readOnlyKey, .foreignWorkspace, .otherMode: 403
        case .notFound, .noSuchPage, .routeNotFound: 404
        case .methodNotAllowed: 405
        case .conflict, .repetition: 409
        case .positionAheadOfLog: 412
        case .contentTooLarge, .objectTooLarge: 413
        case .contentEncoded: 415
        case .rateLimited: 429
        case .failed: 500
        case .unavailable: 503
        case .missingWorkspace: 400
        }
    }

    /// A sentence for a refusal that no vendor's pages word.
    package func usualText(of refusal: Refusal) -> String {
        switch refusal {
        case .missingKey, .invalidKey, .revokedKey: "The API key is missing or invalid."
        case .readOnlyKey: "This API key may only read."
        case .missingWorkspace(let header): "The header \(header) is required."
        case .foreignWorkspace: "This API key is not the named workspace's."
        case .otherMode: "This API key is not for the kind of data asked for."
        case .invalid: "The request is not valid."
        case .conflict: "There is such an object already."
        case .repetition(isUnderWay: false): "This idempotency key was used with another body."
        case .repetition(isUnderWay: true): "A request with this idempotency key is being answered; try again."
        case .notFound(let name): "\(name) not found."
        case .noSuchPage: "Invalid page."
        case .routeNotFound: "There is no such endpoint."
        case .methodNotAllowed: "This endpoint does not support the method."
        case .contentTooLarge, .objectTooLarge: "The body is too large."
        case .contentEncoded: "The body must not be encoded."
        case .rateLimited: "Too many requests"
        case .positionAheadOfLog: "The log has not reached this position."
        case .unavailable: "The data is not available at the moment; try again."
        case .failed: "The server failed; try again."
        }
    }
}
