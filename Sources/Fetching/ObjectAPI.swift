import EventLog

/// How the objects are fetched that a vendor's thin events name.
package protocol ObjectAPI: Sendable {
    /// The sender of the events.
    var sender: Sender { get }

    /// The address of the vendor's own API.
    var address: String { get }

    /// Writes the request for a claimed object.
    func request(for claim: FetchClaim, from access: FetchSourceSettings, token: String) -> FetchRequest

    /// Writes a request that shows whether address, token and workspace are right: a 200 says so.
    func probe(_ access: FetchSourceSettings, token: String) -> FetchRequest

    /// What an answer says of a claimed object; throws what it says instead.
    func object(
        in response: FetchResponse,
        of claim: FetchClaim,
        from access: FetchSourceSettings
    ) throws(FetchProblem) -> FetchedObject

    /// Writes the body of the event that the object becomes.
    func event(of object: FetchedObject, _ claim: FetchClaim, from access: FetchSourceSettings) -> [UInt8]
}

/// What a vendor's API says of an object.
package enum FetchedObject: Sendable, Hashable {
    /// The object's JSON as received, without white space around it.
    case present([UInt8])
    /// There is no such object, or no more.
    case absent
}
